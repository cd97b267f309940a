"""The names of files that others have chosen."""

import pytest

from gateways.attachments.naming import clean_name, content_disposition

PNG = "image/png"
TEXT = "text/plain"


@pytest.mark.parametrize(
    ("given", "media_type", "expected"),
    [
        ("photo.png", PNG, "photo.png"),
        ("Grüße 😀.PNG", PNG, "Grüße 😀.PNG"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("C:\\Windows\\system.ini", TEXT, "system.ini.txt"),
        ("..", PNG, "file.png"),
        ("", PNG, "file.png"),
        (".htaccess", TEXT, "htaccess.txt"),
        ("page.html", TEXT, "page.html.txt"),
        ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
        ("a\x00b\r\nSet-Cookie: x.png", PNG, "abSet-Cookie_ x.png"),
        ("invoice\u202efdp.png", PNG, "invoicefdp.png"),
        ("\u2066\u200f\ufeff.png", PNG, "png.png"),
        ("<b>|?*.png", PNG, "_b____.png"),
        ("a . . ", PNG, "a.png"),
        ("x" * 500 + ".png", PNG, "x" * 116 + ".png"),
        ("a." + "y" * 500, "application/unheard-of", "a." + "y" * 20),
        ("क्\u200dष.png", PNG, "क्\u200dष.png"),
    ],
)
def test_names_are_cleaned(given: str, media_type: str, expected: str) -> None:
    assert clean_name(given, media_type) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("photo.png", 'attachment; filename="photo.png"'),
        ("Grüße.png", 'attachment; filename="Gruße.png"'.replace("ß", "") + "; filename*=UTF-8''Gr%C3%BC%C3%9Fe.png"),
        ('a"b\\.png', "attachment; filename=\"a_b_.png\"; filename*=UTF-8''a%22b%5C.png"),
        ("写真", "attachment; filename=\"file\"; filename*=UTF-8''%E5%86%99%E7%9C%9F"),
    ],
)
def test_content_disposition(name: str, expected: str) -> None:
    assert content_disposition(name) == expected
