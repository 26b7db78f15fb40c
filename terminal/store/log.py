"""Tells whether a write-ahead log has lost what was committed to it. Reads, never writes.

SQLite takes a log up to the first frame whose checksum is wrong and forgets the rest without a
word. After a power cut that is right: what was being written was never promised. When whole
transactions stand behind that frame, they were promised, and something has damaged the log.
Source: sqlite.org/walformat.html; frames and checksums as there.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from terminal.errors import Blocked, Code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGICS = {0x377F0682: "<", 0x377F0683: ">"}
_PAGE_SIZES = {1 << bits for bits in range(9, 17)}
_WORD = 0xFFFF_FFFF

Sums = tuple[int, int]


def check_log(db_path: Path) -> None:
    """Look at the log beside ``db_path``, which nobody may have open.

    Raises ``Blocked`` E-40 when transactions in it can no longer be read. One that was cut off
    while it was being written is none of them.
    """
    log = db_path.with_name(db_path.name + "-wal")
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise Blocked(Code.DATABASE_DAMAGED, path=log, detail=error) from error
    if len(content) <= _HEADER.size:
        return
    page_bytes, order, salts, sums = _read_header(log, content)
    lost, is_broken = 0, False
    for is_end, is_good in _frames(content, page_bytes, order, salts, sums):
        is_broken = is_broken or not is_good
        lost += is_broken and is_end
    if lost > 1:
        detail = f"{lost} transactions stand behind a damaged place"
        raise Blocked(Code.DATABASE_DAMAGED, path=log, detail=detail)


def _read_header(log: Path, content: bytes) -> tuple[int, str, tuple[int, int], Sums]:
    magic, _version, page_bytes, _checkpoint, *salts, one, two = _HEADER.unpack_from(content)
    order = _MAGICS.get(magic, "<")
    # It was on disk before the first frame was.
    if (
        magic not in _MAGICS
        or page_bytes not in _PAGE_SIZES
        or _sum(content[: _HEADER.size - 8], order, (0, 0)) != (one, two)
    ):
        raise Blocked(Code.DATABASE_DAMAGED, path=log, detail="its beginning is damaged")
    return page_bytes, order, (salts[0], salts[1]), (one, two)


def _frames(
    content: bytes, page_bytes: int, order: str, salts: tuple[int, int], sums: Sums
) -> Iterator[tuple[bool, bool]]:
    """Whether a transaction ends in a frame, and whether the frame is whole.

    Each is summed from what the frame before tells, so that those behind a damaged one are known.
    What an earlier use of the file has left has other salts.
    """
    size = _FRAME.size + page_bytes
    for at in range(_HEADER.size, len(content) - size + 1, size):
        _page, commits, salt_1, salt_2, *told = _FRAME.unpack_from(content, at)
        if (salt_1, salt_2) != salts:
            yield False, False
        else:
            own = _sum(content[at : at + 8], order, sums)
            own = _sum(content[at + _FRAME.size : at + size], order, own)
            yield bool(commits), own == tuple(told)
        sums = (told[0], told[1])


def _sum(piece: bytes, order: str, sums: Sums) -> Sums:
    one, two = sums
    words = struct.unpack(f"{order}{len(piece) // 4}I", piece)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & _WORD
        two = (two + second + one) & _WORD
    return one, two
