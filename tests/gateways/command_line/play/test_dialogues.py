"""Reading files of dialogues."""

import gzip
from pathlib import Path

import pytest

from gateways.command_line.play.dialogues import Dialogue, Turn, read_dialogues
from gateways.command_line.play.exceptions import DialogueFileError
from tests.gateways.command_line.play.servers import SAMPLE

GREETING = b'{"id": "1", "topics": ["greeting"], "turns": [{"speaker": "customer", "text": "Hello"}]}\n'


def written(folder: Path, content: bytes, name: str = "dialogues.jsonl") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_each_line_is_a_dialogue(tmp_path: Path) -> None:
    file = written(tmp_path, GREETING + b"\n" + GREETING.replace(b'"1"', b'"2"'))
    assert [dialogue.id for dialogue in read_dialogues(file)] == ["1", "2"]
    assert read_dialogues(file)[0] == Dialogue("1", [Turn("customer", "Hello")], ["greeting"])


@pytest.mark.parametrize("name", ["dialogues.jsonl.gz", "dialogues.jsonl"])
def test_a_gzipped_file_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert len(read_dialogues(written(tmp_path, gzip.compress(GREETING * 3), name))) == 3


def test_lines_after_the_limit_are_not_read(tmp_path: Path) -> None:
    assert len(read_dialogues(written(tmp_path, GREETING * 2 + b"nonsense\n"), limit=2)) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"nonsense", "line 2 is not JSON in UTF-8"),
        (b'{"id": "\xff"}', "line 2 is not JSON in UTF-8"),
        (b'{"id": "1"}', "line 2: Object missing required field `turns`"),
        (b'{"id": "1", "turns": []}', "line 2, turns: Expected `array` of length >= 1"),
        (b'{"id": 1, "turns": []}', "line 2, id: Expected `str`, got `int`"),
        (
            b'{"id": "1", "turns": [{"speaker": "agent", "text": "a"}, {"speaker": "bot", "text": "b"}]}',
            "line 2, turns[1].speaker: Invalid enum value 'bot'",
        ),
        (b'{"id": "1", "turns": [{"speaker": "agent"}]}', "line 2, turns[0]: Object missing required field `text`"),
        (
            b'{"id": "1", "turns": [{"speaker": "agent", "text": ""}]}',
            "line 2, turns[0].text: Expected `str` of length",
        ),
        (
            b'{"id": "1", "turns": [{"speaker": "agent", "text": "' + b"a" * 4097 + b'"}]}',
            "line 2, turns[0].text: Expected `str` of length <= 4096",
        ),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_field(tmp_path: Path, line: bytes, message: str) -> None:
    file = written(tmp_path, GREETING + line)
    with pytest.raises(DialogueFileError) as raised:
        read_dialogues(file)
    assert f"{file}, {message}" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_a_file_without_dialogues_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DialogueFileError, match="holds no dialogues"):
        read_dialogues(written(tmp_path, content))


def test_a_file_named_gz_that_is_not_gzipped_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DialogueFileError, match="is not gzip"):
        read_dialogues(written(tmp_path, GREETING, "dialogues.jsonl.gz"))


def test_a_gzip_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DialogueFileError, match="cut off"):
        read_dialogues(written(tmp_path, gzip.compress(GREETING)[:-9]))


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DialogueFileError, match="No such file"):
        read_dialogues(tmp_path / "missing.jsonl")


def test_the_sample_is_short_and_varied() -> None:
    dialogues = read_dialogues(SAMPLE)
    turns = [turn for dialogue in dialogues for turn in dialogue.turns]
    assert len(dialogues) == 12
    assert all(4 <= len(dialogue.turns) <= 12 for dialogue in dialogues)
    assert len({topic for dialogue in dialogues for topic in dialogue.topics}) == 12
    assert {dialogue.turns[0].speaker for dialogue in dialogues} == {"customer", "agent"}
    assert any("🎉" in turn.text for turn in turns)
    assert any("こんにちは" in turn.text for turn in turns)
    assert any(
        one.speaker == other.speaker
        for dialogue in dialogues
        for one, other in zip(dialogue.turns, dialogue.turns[1:], strict=False)
    )
