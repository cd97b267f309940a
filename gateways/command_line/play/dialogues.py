"""Recorded dialogues: a file of JSON lines, gzipped or not."""

import gzip
import itertools
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Literal, cast

import msgspec

from gateways.command_line.play.exceptions import DialogueFileError
from schemas.content import MessageText

__all__ = ["Dialogue", "Speaker", "Turn", "read_dialogues"]

Speaker = Literal["customer", "agent"]

_GZIP_MAGIC = b"\x1f\x8b"


class Turn(msgspec.Struct, frozen=True):
    speaker: Speaker
    text: MessageText


class Dialogue(msgspec.Struct, frozen=True):
    id: str
    turns: Annotated[list[Turn], msgspec.Meta(min_length=1)]
    topics: list[str] = []


_decoder = msgspec.json.Decoder(Dialogue)


def read_dialogues(file: Path, limit: int | None = None) -> list[Dialogue]:
    """Returns the dialogues, or the first ``limit`` of them; the lines after those are not read. Raises
    DialogueFileError."""
    try:
        dialogues = list(itertools.islice(_read(file), limit))
    except gzip.BadGzipFile as error:
        raise DialogueFileError(f"{file} is not gzip, as its name says: {error}") from error
    except (EOFError, zlib.error) as error:
        raise DialogueFileError(f"{file} is damaged or cut off: {error}") from error
    except OSError as error:
        raise DialogueFileError(f"cannot read {file}: {error.strerror}") from error
    if not dialogues:
        raise DialogueFileError(f'{file} holds no dialogues; write one a line: {{"id": "1", "turns": [...]}}')
    return dialogues


def _read(file: Path) -> Iterator[Dialogue]:
    with _open(file) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _decode(file, number, line)


def _open(file: Path) -> IO[bytes]:
    with file.open("rb") as start:
        gzipped = start.read(2) == _GZIP_MAGIC or file.suffix == ".gz"
    return cast("IO[bytes]", gzip.open(file, "rb")) if gzipped else file.open("rb")


def _decode(file: Path, number: int, line: bytes) -> Dialogue:
    """Reads one line. msgspec names the place of an error: ``Invalid enum value 'bot' - at `$.turns[2].speaker```."""
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        field = place.removesuffix("`").removeprefix(".")
        where = f"{file}, line {number}, {field}" if field else f"{file}, line {number}"
        raise DialogueFileError(f"{where}: {message}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DialogueFileError(f"{file}, line {number} is not JSON in UTF-8: {error}") from error
