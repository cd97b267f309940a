"""Editions of the pages' files: what names them, and when there is another."""

import gzip
from pathlib import Path

import pytest

from gateways.application.page_files import Edition, PageFiles

PAGE = b"""<link rel="stylesheet" href="pages/base/theme.css">
    <script type="module" src="pages/a/a.js"></script>
<a href="docs">pages/are text</a>"""
FILES = {
    "a/index.html": PAGE,
    "a/a.js": b'import "./b.js";\nimport {\n  c,\n} from "../base/c.js";\nconst later = import("./later.js");',
    "a/b.js": b'import { c } from "../base/c.js";\nexport { a } from "./a.js";',
    "a/later.js": b"",
    "base/c.js": b"",
    "base/theme.css": b"body {}",
}


def test_a_page_names_the_edition_and_preloads_what_its_script_imports() -> None:
    edition = Edition(FILES)
    root = f"pages/{edition.digest}"
    assert edition.pages["a"].content.decode() == (
        f'<link rel="stylesheet" href="{root}/base/theme.css">\n'
        f'    <script type="module" src="{root}/a/a.js"></script>\n'
        f'    <link rel="modulepreload" href="{root}/a/b.js">\n'
        f'    <link rel="modulepreload" href="{root}/base/c.js">\n'
        '<a href="docs">pages/are text</a>'
    )
    assert edition.addressed('<a href="../../pages/x.svg">') == f'<a href="../../{root}/x.svg">'


def test_files_are_compressed_and_pages_are_not_among_them() -> None:
    edition = Edition(FILES)
    assert edition.files.keys() == FILES.keys() - {"a/index.html"}
    file = edition.files["a/a.js"]
    assert (gzip.decompress(file.compressed), file.media_type) == (FILES["a/a.js"], "text/javascript; charset=utf-8")


@pytest.mark.parametrize(
    "changed",
    [
        {**FILES, "a/b.js": b"//"},
        {path: content for path, content in FILES.items() if path != "a/later.js"},
        {**FILES, "a/later.js": FILES["base/theme.css"], "base/theme.css": b""},
    ],
    ids=["contents", "one fewer", "places exchanged"],
)
def test_every_change_makes_another_edition(changed: dict[str, bytes]) -> None:
    assert Edition(changed).digest != Edition(FILES).digest
    assert Edition(dict(reversed(FILES.items()))).digest == Edition(FILES).digest


def test_a_changed_folder_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.js").write_text("1")
    (tmp_path / "a" / "notes.txt").write_text("no part of a page")
    files = PageFiles(tmp_path)
    before = files.edition()
    assert [*before.files] == ["a/a.js"]
    assert files.edition() is before
    (tmp_path / "a" / "a.js").write_text("22")
    assert files.edition().files["a/a.js"].content == b"22"
    (tmp_path / "a" / "a.js").unlink()
    assert files.edition().files == {}


@pytest.mark.asyncio
async def test_files_of_the_edition_that_was_read_last_need_no_look_at_the_folder(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text("1")
    files = PageFiles(tmp_path)
    assert (await files.named("0123456789abcdef")).files["a.js"].content == b"1"
    before = await files.named(None)
    script.write_text("22")
    assert await files.named(before.digest) is before
    after = await files.named(None)
    assert after.files["a.js"].content == b"22"
    assert await files.named(after.digest) is after
    assert await files.named(before.digest) is after
