"""The guides, which are the Markdown files of ``docs/``, as pages for a browser."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Guides", "ListedGuide"]

_PACKAGE = Path(__file__).parents[1]
_INSTALLED, _CHECKED_OUT = _PACKAGE / "guides", _PACKAGE.parent / "docs"
_FOLDER = _INSTALLED if _INSTALLED.is_dir() else _CHECKED_OUT
_WORD = re.compile(r"[\w.-]*\w")
_PAGE = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{title} · Hybrid Chat</title>
    <link rel="icon" href="{root}pages/base/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="{root}pages/base/theme.css">
    <link rel="stylesheet" href="{root}pages/docs/guide.css">
  </head>
  <body>
    <a class="skip-link" href="#content">Skip to the content</a>
    <header><nav aria-label="Documentation"><a href="{root}docs">Hybrid Chat API, events and guides</a></nav></header>
    <main id="content" tabindex="-1">
{content}
    </main>
  </body>
</html>
"""


class ListedGuide(NamedTuple):
    """A guide as the search finds it. ``words`` are the different words in it, in lower case."""

    path: str
    title: str
    words: str


class Guides:
    """All guides by their paths, such as ``events/README.md``. They are read at the first request."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._folder = folder

    def page(self, path: str) -> str | None:
        """The page of the guide, or None where there is no such guide."""
        if (text := self._texts.get(path)) is None:
            return None
        tokens = self._markdown.parse(text)
        self._mark(tokens, path)
        content = self._markdown.renderer.render(tokens, self._markdown.options, {})
        root = "../" * (path.count("/") + 2)
        return _PAGE.format(title=escape(_title(text)), root=root, content=content)

    def picture(self, path: str) -> bytes | None:
        """The picture in the guides, in PNG, or None where there is no such picture."""
        return self._pictures.get(path)

    def listed(self) -> list[ListedGuide]:
        return [
            ListedGuide(path, _title(text), " ".join(sorted(set(_WORD.findall(text.lower())))))
            for path, text in self._texts.items()
        ]

    @cached_property
    def _texts(self) -> dict[str, str]:
        files = {file.relative_to(self._folder).as_posix(): file for file in self._folder.rglob("*.md")}
        ordered = sorted(files, key=lambda path: (path.count("/"), path))
        return {path: files[path].read_text(encoding="utf-8") for path in ordered}

    @cached_property
    def _pictures(self) -> dict[str, bytes]:
        return {file.relative_to(self._folder).as_posix(): file.read_bytes() for file in self._folder.rglob("*.png")}

    @cached_property
    def _markdown(self) -> "MarkdownIt":
        """Markup in a guide is text for it, and so is a link that runs a script."""
        from markdown_it import MarkdownIt  # a start need not wait for it

        markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
        scrolled = '<div class="scrolled" role="group" aria-label="Table" tabindex="0">'
        markdown.add_render_rule("table_open", lambda *_: f"{scrolled}<table>")
        markdown.add_render_rule("table_close", lambda *_: "</table></div>")
        markdown.add_render_rule("fence", lambda _, tokens, index, *__: _code(tokens[index]))
        markdown.add_render_rule("code_block", lambda _, tokens, index, *__: _code(tokens[index]))
        return markdown

    def _mark(self, tokens: "Sequence[Token]", path: str) -> None:
        """Headings get the anchors that links name. A link to a file that is not served becomes text, and a
        header without text a plain cell."""
        for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if opening.type == "heading_open":
                opening.attrSet("id", re.sub(r"[^\w\- ]", "", inline.content.lower()).replace(" ", "-"))
            elif opening.type == "th_open" and not inline.content:
                opening.tag = closing.tag = "td"
        for link in _links(tokens):
            if not self._leads(str(link[0].attrGet("href")), path):
                for token in link:
                    token.tag, token.attrs = "span", {}

    def _leads(self, address: str, path: str) -> bool:
        target = address.partition("#")[0]
        return (
            not target
            or re.match(r"https?:", target) is not None
            or normpath(join(dirname(path), target)) in self._texts
        )


def _links(tokens: "Sequence[Token]") -> "Iterator[tuple[Token, Token]]":
    """The beginning and the end of each link. A link has no link inside it."""
    parts = [part for token in tokens for part in token.children or () if part.type in ("link_open", "link_close")]
    return zip(parts[::2], parts[1::2], strict=True)


def _code(token: "Token") -> str:
    return f'<pre tabindex="0"><code>{escape(token.content)}</code></pre>\n'


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")
