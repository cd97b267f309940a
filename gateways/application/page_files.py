"""The files of the pages, read and compressed once. Each edition of them has addresses of its own, so that a browser
keeps them for good and asks for none of them twice."""

import asyncio
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, reduce
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

from gateways.application.script_comments import without_comments, without_indentation
from gateways.application.script_joining import joined_scripts

__all__ = ["Edition", "PageFile", "PageFiles"]

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_DIGEST_DIGITS = 16
_FOR_OTHERS = "loader.js"
"""The script that pages of others load."""
_JOINED = ("widget/frame.js", "desk/desk.js", "floor/floor.js", "admin/admin.js")
"""The scripts of the pages that have many of them, or are loaded most often by those who wait."""
_ADDRESS = re.compile(r'(?<=")((?:\.\./)*)pages/')
_ENTRY = re.compile(
    r'(?P<indent>[ ]*)<script type="module" src="(?P<root>(?:\.\./)*)pages/(?P<script>[^"]+)"></script>'
)
_IMPORTED = re.compile(r'\b(?:from|import)\s*"(\.[^"]+)"')


class PageFile(NamedTuple):
    """A file as it is sent. ``compressed`` is its content for a client that takes gzip."""

    content: bytes
    compressed: bytes
    media_type: str

    @classmethod
    def of(cls, content: bytes, suffix: str) -> "PageFile":
        return cls(content, gzip.compress(content, mtime=0), _MEDIA_TYPES[suffix])


class Edition:
    """The files as they are at one time. ``digest`` names their contents and stands in their addresses."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        """``contents`` are the files' by their paths, such as ``docs/docs.js``."""
        self._contents = contents
        named = b"".join(
            b"%b\0%d\0%b" % (path.encode(), len(contents[path]), contents[path]) for path in sorted(contents)
        )
        self.digest = sha256(named).hexdigest()[:_DIGEST_DIGITS]

    @cached_property
    def files(self) -> Mapping[str, PageFile]:
        """The files that pages load, by their paths."""
        return {
            path: PageFile.of(content, _suffix(path)) for path, content in self._contents.items() if not _is_page(path)
        }

    @cached_property
    def pages(self) -> Mapping[str, PageFile]:
        """The pages by their folders, such as ``docs``. They name this edition's files, and have a browser load all
        scripts at once."""
        return {
            dirname(path): PageFile.of(self.addressed(self._preloading(content.decode())).encode(), ".html")
            for path, content in self._contents.items()
            if _is_page(path)
        }

    def addressed(self, page: str) -> str:
        """The page with the addresses of this edition instead of those that begin with ``pages/``."""
        return _ADDRESS.sub(rf"\1pages/{self.digest}/", page)

    def scripts(self, entry: str) -> list[str]:
        """The script and all scripts that it imports, directly or not."""
        found = [entry]
        for path in found:
            found += [imported for imported in self._imports(path) if imported not in found]
        return found

    def _imports(self, path: str) -> Iterator[str]:
        for name in dict.fromkeys(_IMPORTED.findall(self._contents[path].decode())):
            yield normpath(join(dirname(path), name))

    def _preloading(self, page: str) -> str:
        def preloaded(entry: re.Match[str]) -> str:
            links = [
                f'<link rel="modulepreload" href="{entry["root"]}pages/{path}">'
                for path in self.scripts(entry["script"])[1:]
            ]
            return "\n".join([entry[0], *(entry["indent"] + link for link in links)])

        return _ENTRY.sub(preloaded, page)


class PageFiles:
    """The present edition of the files in a folder. A change of a file makes another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._edition: Edition | None = None
        self._seen: object = None

    def edition(self) -> Edition:
        """Looks at the folder, and reads it if it has changed. It is slow when it has."""
        seen = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in self._listed()]
        if self._edition is None or seen != self._seen:
            files = {path.relative_to(self._folder).as_posix(): _read(path) for path, *_ in seen}
            self._edition, self._seen = Edition(reduce(joined_scripts, _JOINED, files)), seen
        return self._edition

    async def present(self) -> Edition:
        """The present edition, for the event loop, which does not wait while it is read."""
        return await asyncio.to_thread(self.edition)

    async def named(self, digest: str | None) -> Edition:
        """The edition of this digest if it was read last, without a look at the folder: its files stay what they are.
        Otherwise the present one."""
        last = self._edition
        return last if last is not None and last.digest == digest else await self.present()

    def _listed(self) -> Iterable[Path]:
        return sorted(path for path in self._folder.rglob("*") if path.suffix in _MEDIA_TYPES)


def _read(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix != ".js":
        return content
    script = without_comments(content)
    return without_indentation(script) if path.name == _FOR_OTHERS else script


def _suffix(path: str) -> str:
    return path[path.rindex(".") :]


def _is_page(path: str) -> bool:
    return path.endswith(".html")
