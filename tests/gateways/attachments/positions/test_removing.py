"""Pictures and recordings are kept without the position where they were taken, and otherwise as they were."""

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.attachments.positions import holds_positions, remove_positions
from tests.gateways.attachments.positions.pictures import LATITUDE, XMP, box, exif, heic, jpeg, mp4, png, webp
from tests.gateways.uploads import PDF, PNG

EXIF = b"Exif\0\0"
MAKER = b"Telecam\0"
APPLE = b"com.apple.quicktime.location.ISO6709"
POSITION = b"+48.2082+016.3738+183.000/"
LOCI = bytes(4) + b"\0\0Home\0\0" + b"\0\x10\x5f\xb2\0\x30\x35\x4c" + bytes(4) + b"earth\0\0"
PICTURES = {
    "JPEG": jpeg(EXIF + exif()),
    "JPEG of a big-endian camera": jpeg(EXIF + exif(">")),
    "JPEG behind another segment": jpeg(b"Other\0", EXIF + exif()),
    "PNG": png((b"eXIf", exif())),
    "WebP": webp(exif()),
    "WebP with the prefix of JPEG": webp(EXIF + exif()),
    "HEIC": heic(exif()),
    "TIFF": exif(),
}
RECORDINGS = {
    "MP4 of Android": mp4(box(b"\xa9xyz", b"\0\x1a\x15\xc7" + POSITION)),
    "MP4 without a slash": mp4(box(b"\xa9xyz", b"\0\x12\x15\xc7+48.2082+016.3738")),
    "MOV of an iPhone": mp4(box(b"keys", APPLE), box(b"ilst", box(b"data", bytes(8) + POSITION))),
}


def removed(tmp_path: Path, content: bytes) -> bytes:
    """The file after its positions were removed."""
    file = tmp_path / "file"
    file.write_bytes(content)
    remove_positions(file)
    return file.read_bytes()


def big(latitude: bytes) -> bytes:
    return b"".join(latitude[at : at + 4][::-1] for at in range(0, len(latitude), 4))


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_tells_no_position(kind: str, tmp_path: Path) -> None:
    before = PICTURES[kind]
    after = removed(tmp_path, before)
    assert len(after) == len(before)
    assert LATITUDE in before or big(LATITUDE) in before
    assert LATITUDE not in after
    assert big(LATITUDE) not in after
    assert b"\x25\x88\4\0" not in after
    assert b"\x88\x25\0\4" not in after


@pytest.mark.parametrize("order", ["<", ">"])
def test_what_else_a_picture_says_stays(order: str, tmp_path: Path) -> None:
    """The directory reads as one that never named a position: the maker, and how the picture is turned."""
    after = removed(tmp_path, exif(order))
    bare = exif(order, position=False)
    moved = int.from_bytes(after[18:22], "little" if order == "<" else "big")
    assert after[moved : moved + len(MAKER)] == MAKER
    assert after[:18] == bare[:18]
    assert after[22:38] == bare[22:38]


@pytest.mark.parametrize("kind", RECORDINGS)
def test_a_recording_tells_no_position(kind: str, tmp_path: Path) -> None:
    after = removed(tmp_path, RECORDINGS[kind])
    assert len(after) == len(RECORDINGS[kind])
    assert b"48.2082" not in after
    assert b"016.3738" not in after


def test_a_box_of_a_position_becomes_free_space(tmp_path: Path) -> None:
    before = mp4(box(b"loci", LOCI), box(b"name", b"Holidays"))
    assert removed(tmp_path, before) == mp4(box(b"free", bytes(len(LOCI))), box(b"name", b"Holidays"))


@pytest.mark.parametrize("wrap", [jpeg, lambda xmp: png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))])
def test_xmp_tells_no_position(wrap: object, tmp_path: Path) -> None:
    assert callable(wrap)
    after = removed(tmp_path, wrap(XMP))
    for said in (b"48,12.49N", b"16.3738", b"183/1"):
        assert said not in after
    assert b"tiff:Make='Cam'" in after
    assert b"</rdf:Description></x:xmpmeta>" in after


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(exif().hex().encode())),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)),
    ],
)
def test_compressed_profiles_of_png_are_emptied(name: bytes, content: bytes, tmp_path: Path) -> None:
    after = removed(tmp_path, png((name, content), (b"tEXt", b"Title\0Dog")))
    assert after == png((b"skIp", bytes(len(content))), (b"tEXt", b"Title\0Dog"))


def test_the_checksums_of_png_stay_right(tmp_path: Path) -> None:
    after = removed(tmp_path, png((b"eXIf", exif())))
    assert after[33:] == png((b"eXIf", after[41 : 41 + len(exif())]))[33:]


@pytest.mark.parametrize(
    "content", [PNG, PDF, jpeg(EXIF + exif(position=False)), b"II*\0", mp4(), b"loci\0\0\0\0", b"x"]
)
def test_a_file_that_tells_no_position_stays_as_it_is(content: bytes, tmp_path: Path) -> None:
    assert removed(tmp_path, content) == content


def test_only_pictures_and_recordings_hold_positions() -> None:
    assert all(holds_positions(PICTURES[kind]) for kind in PICTURES)
    assert all(holds_positions(RECORDINGS[kind]) for kind in RECORDINGS)
    assert not holds_positions(PDF)
    assert not holds_positions(b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M10-12.5-123.4/'/></svg>")
    assert not holds_positions(b"exif:GPSLatitude='48'")


@given(
    st.sampled_from([*PICTURES.values(), *RECORDINGS.values(), png((b"zTXt", b"Raw profile type exif\0\0x"))]),
    st.lists(st.tuples(st.integers(0, 400), st.binary(min_size=1, max_size=4)), max_size=6),
    st.integers(0, 400),
)
def test_a_malformed_file_neither_fails_nor_changes_its_size(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    broken = bytearray(content)
    for place, written in changes:
        broken[place : place + len(written)] = written
    broken = broken[: max(len(broken) - cut, 1)]
    after = removed(tmp_path_factory.getbasetemp(), bytes(broken))
    assert len(after) == len(broken)


@pytest.mark.parametrize("repeated", [b"II*\0\x08\0\0\0", b":GPS<a:GPS>", b"\xa9xyz+10+100", b"loci\0\0\0\0"])
def test_a_file_made_of_beginnings_takes_no_longer_than_others(repeated: bytes, tmp_path: Path) -> None:
    """If the time grew with the number of beginnings times what may follow, this test would not end."""
    content = repeated * (10_000_000 // len(repeated))
    assert len(removed(tmp_path, content)) == len(content)
