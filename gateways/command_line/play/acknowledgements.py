"""The file of acknowledged messages, for tests that kill the server and then look what is left."""

from pathlib import Path
from typing import BinaryIO

import msgspec

from gateways.command_line.play.exceptions import PlayError
from gateways.command_line.play.ledger import Message

__all__ = ["Acknowledgements"]

_encoder = msgspec.json.Encoder()


class Acknowledgements:
    """Appends a line for each message as soon as it is acknowledged. Without a file it does nothing."""

    def __init__(self, file: Path | None) -> None:
        """Raises PlayError when the file cannot be written."""
        self._output: BinaryIO | None = None
        if file is not None:
            try:
                self._output = file.open("ab", buffering=0)
            except OSError as error:
                raise PlayError(f"cannot write {file}: {error.strerror}") from error

    def add(self, conversation_id: str, message: Message) -> None:
        """Writes the line in one unbuffered write, so that a reader of the file sees whole lines."""
        if self._output is None:
            return
        line = {
            "conversation_id": conversation_id,
            "message_id": message.message_id,
            "sequence": message.sequence,
            "speaker": message.speaker,
            "text": message.text,
            "version": message.version,
        }
        self._output.write(_encoder.encode(line) + b"\n")

    def close(self) -> None:
        if self._output is not None:
            self._output.close()
