"""Files are fetched from Meta's servers, and from no others."""

import pytest

from gateways.connectors.channels.graph.media import is_metas

_BASE = "https://graph.facebook.com"


@pytest.mark.parametrize(
    "url",
    [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=3",
        "https://scontent.xx.fbcdn.net/v/t1/photo.jpg?oh=1",
        "https://cdn.fbsbx.com:443/file",
        "https://scontent.cdninstagram.com/v/1.mp4",
        "https://graph.facebook.com/v25.0/file",
    ],
)
def test_files_come_from_metas_servers(url: str) -> None:
    assert is_metas(url, _BASE)


@pytest.mark.parametrize(
    "url",
    [
        "http://lookaside.fbsbx.com/file",
        "https://lookaside.fbsbx.com.example.org/file",
        "https://notfbsbx.com/file",
        "https://lookaside.fbsbx.com@example.org/file",
        "https://fbcdn.net:8443/file",
        "http://graph.facebook.com/file",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "https://[::1/file",
        "https://fbsbx.com:port/file",
        "",
    ],
)
def test_files_come_from_nowhere_else(url: str) -> None:
    assert not is_metas(url, _BASE)


def test_a_proxy_may_serve_the_files_too() -> None:
    assert is_metas("http://127.0.0.1:8080/file", "http://127.0.0.1:8080/meta")
    assert not is_metas("http://127.0.0.1:8081/file", "http://127.0.0.1:8080/meta")
