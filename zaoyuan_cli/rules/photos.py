"""What a photo of a voucher tells besides the picture: taken out before it is kept. A phone writes into it where and
when it was taken, and by which phone; the book keeps the picture, its colours and which side is up.

JPEG: ITU-T T.81 markers, Exif 2.32; PNG: chunks of ISO/IEC 15948; WebP: chunks of RIFF. Formats whose places cannot be
taken out so simply (HEIC, TIFF, films) are refused by the caller.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_KEPT_PNG = b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT".split()
_TIFF = (b"II*\x00", b"MM\x00*")


def kind(data: bytes) -> str:
    """What a file is by its first bytes: jpeg, png, webp, pdf, or "" for anything else; "place" for a format that may
    hold a place which `without_place` cannot take out."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(_PNG):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "place" if data[4:8] == b"ftyp" or data[:4] in _TIFF else ""


def without_place(data: bytes) -> bytes:
    """The same picture without what a camera wrote beside it; a file that is no JPEG, PNG or WebP as it is.
    Raises ValueError for a picture that is cut short."""
    strip = {"jpeg": _jpeg, "png": _png, "webp": _webp}.get(kind(data))
    try:
        return strip(data) if strip else data
    except (struct.error, IndexError):
        raise ValueError("a picture cut short") from None


def _jpeg(data: bytes) -> bytes:
    """Without APP1 to APP15 and comments, but for the colour profile; of Exif only the orientation is written anew."""
    kept = [data[:2]]
    side = 1
    for marker, segment in _segments(data):
        if marker == 0xE1 and segment[4:].startswith(_EXIF):
            side = _orientation(segment[10:]) or side
        elif _is_picture(marker) or (marker == 0xE2 and segment[4:].startswith(b"ICC_PROFILE\x00")):
            kept.append(segment)
    if side != 1:
        kept.insert(2 if kept[1][1] == 0xE0 else 1, _only_orientation(side))
    return b"".join(kept)


def _is_picture(marker: int) -> bool:
    """JFIF (APP0), Adobe's colour transform (APP14) and all that is neither an application's nor a comment."""
    return marker in (0xE0, 0xEE) or not (0xE1 <= marker <= 0xEF or marker == 0xFE)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, bytes) of each segment after SOI; from a scan on, its entropy-coded data belongs to it. What follows the
    end of the picture (a second one, a film) is left out."""
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise IndexError
        marker, start = data[at + 1], at
        if marker == 0xD9:
            yield marker, data[start : start + 2]
            return
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            at = _scan_end(data, at)
        if at > len(data):
            raise IndexError
        yield marker, data[start:at]


def _scan_end(data: bytes, at: int) -> int:
    """Where the next marker after a scan is: 0xFF followed by neither a stuffed zero nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise IndexError
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _orientation(tiff: bytes) -> int:
    """Which side of a picture is up, 1 to 8, from its Exif; 0 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    (first,) = struct.unpack_from(order + "L", tiff, 4)
    try:
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for n in range(count):
            tag, _type, _count, value = struct.unpack_from(order + "HHLH", tiff, first + 2 + 12 * n)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_orientation(side: int) -> bytes:
    """An APP1 segment that says which side is up and nothing else."""
    tiff = b"MM\x00*" + struct.pack(">LHHHLHHL", 8, 1, _ORIENTATION, 3, 1, side, 0, 0)
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> bytes:
    """The chunks that make the picture; texts, times and Exif fall out. Raises ValueError where a checksum is wrong."""
    kept, at = [_PNG], len(_PNG)
    while True:
        (length,) = struct.unpack_from(">L", data, at)
        chunk = data[at : at + 12 + length]
        (checksum,) = struct.unpack_from(">L", chunk, 8 + length)
        if zlib.crc32(chunk[4:-4]) != checksum:
            raise ValueError("a chunk of the picture is damaged")
        if chunk[4:8] in _KEPT_PNG:
            kept.append(chunk)
        if chunk[4:8] == b"IEND":
            return b"".join(kept)
        at += 12 + length


def _webp(data: bytes) -> bytes:
    """Without the chunks EXIF and XMP, and without the flags that announce them."""
    kept, at = [], 12
    while at < len(data):
        (length,) = struct.unpack_from("<L", data, at + 4)
        chunk = data[at : at + 8 + length + length % 2]
        if len(chunk) < 8 + length:
            raise IndexError
        if chunk[:4] == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if chunk[:4] not in (b"EXIF", b"XMP "):
            kept.append(chunk)
        at += len(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<L", len(body)) + body
