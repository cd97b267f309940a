"""Pictures and recordings with and without the position where they were taken."""

import struct
import zlib

from tests.gateways.uploads import PNG

__all__ = ["LATITUDE", "XMP", "box", "exif", "heic", "jpeg", "mp4", "png", "webp"]

LATITUDE = struct.pack("<6I", 48, 1, 12, 1, 2952, 100)
"""48 degrees, 12 minutes, 29.52 seconds, in the byte order of most telephones."""
XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description exif:GPSLatitude=\"48,12.49N\" tiff:Make='Cam' "
    b'drone-dji:GpsLongitude="+16.3738"><exif:GPSAltitude>183/1</exif:GPSAltitude></rdf:Description></x:xmpmeta>'
)


def exif(order: str = "<", position: bool = True) -> bytes:
    """A block of TIFF: how the picture is turned (6), its maker, and, if wanted, the position."""
    latitude = struct.pack(f"{order}6I", 48, 1, 12, 1, 2952, 100)
    count = 3 if position else 2
    behind = 8 + 2 + 12 * count + 4
    entries = struct.pack(f"{order}HHI", 0x010F, 2, 8) + struct.pack(f"{order}I", behind)
    entries += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, 6, 0)
    if position:
        entries += struct.pack(f"{order}HHII", 0x8825, 4, 1, behind + 8)
    directory = struct.pack(f"{order}H", count) + entries + struct.pack(f"{order}I", 0)
    gps_behind = behind + 8 + 2 + 24 + 4
    gps = struct.pack(f"{order}H", 2) + struct.pack(f"{order}HHI", 1, 2, 2) + b"N\0\0\0"
    gps += struct.pack(f"{order}HHII", 2, 5, 3, gps_behind) + struct.pack(f"{order}I", 0)
    begin = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return begin + directory + b"Telecam\0" + (gps + latitude if position else b"")


def jpeg(*applications: bytes) -> bytes:
    segments = b"".join(b"\xff\xe1" + (len(each) + 2).to_bytes(2, "big") + each for each in applications)
    return b"\xff\xd8" + segments + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + bytes(range(256)) + b"\xff\xd9"


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    return PNG[:33] + b"".join(chunk(name, content) for name, content in chunks) + PNG[33:]


def webp(block: bytes) -> bytes:
    chunks = b"VP8X\x0a\0\0\0\x08" + bytes(9) + b"EXIF" + len(block).to_bytes(4, "little") + block
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def heic(block: bytes) -> bytes:
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mdat", bytes(50) + b"\0\0\0\6Exif\0\0" + block + bytes(50))


def mp4(*user_data: bytes) -> bytes:
    movie = box(b"moov", box(b"mvhd", bytes(100)) + box(b"udta", b"".join(user_data)))
    return box(b"ftyp", b"isom\0\0\2\0isommp42") + movie + box(b"mdat", bytes(200))
