"""The file with the secret that signs tokens."""

from pathlib import Path

import pytest

from gateways.data_directory import DataFileError
from gateways.identity.secret import read_or_make_secret


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "token-secret"
    made = read_or_make_secret(file)
    assert len(made) == 64
    assert read_or_make_secret(file) == made
    assert file.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["token-secret"]


def test_a_secret_of_ones_own_may_end_with_a_line_end(tmp_path: Path) -> None:
    file = tmp_path / "token-secret"
    file.write_text("s" * 32 + "\n")
    assert read_or_make_secret(file) == "s" * 32


def test_a_start_that_was_cut_short_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "token-secret.new").write_text("half")
    assert len(read_or_make_secret(tmp_path / "token-secret")) == 64


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"s" * 31, b"s" * 31 + b" ", b"\0" * 64, b"\xff" * 64, b"s" * 16 + b" " + b"s" * 16]
)
def test_what_is_no_secret_is_refused_with_the_file_and_the_remedy(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "token-secret"
    file.write_bytes(content)
    with pytest.raises(DataFileError, match=r"token-secret.* put a copy back, or remove the file"):
        read_or_make_secret(file)
    assert file.read_bytes() == content


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "token-secret"
    file.mkdir()
    with pytest.raises(DataFileError, match=r"token-secret.*Is a directory"):
        read_or_make_secret(file)
