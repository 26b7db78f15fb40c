"""What readers of files give, and how bytes become text: UTF-8, or the usual one of Windows."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterator

# A record beyond it is no record.
RECORD_BYTES_MAX = 1024 * 1024
PIECE = 64 * 1024
DEPTH_MAX = 12
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as it stands in a file, ``place`` being its line or number; or why it is none."""

    place: str
    fields: Any = None
    fault: str = ""


class UnreadableText(Exception):
    """A file of text whose encoding is not one of ours."""


def opened(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """The text of a file from its beginning; ``encoding`` may be ``auto``.

    Bytes that stand for nothing become a mark that no value may hold. Raises ``UnreadableText``.
    """
    if encoding == "auto":
        encoding = "utf-8-sig" if _is_utf8(file) else "cp1250"
    file.seek(0)
    if file.read(2) in _WIDE:
        raise UnreadableText(Reason(_("the file is in UTF-16; UTF-8 is expected")))
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def lines(text: IO[str]) -> Iterator[str]:
    """The lines of a text, none longer than a record may be; what is over is a line of its own."""
    while line := text.readline(RECORD_BYTES_MAX):
        yield line


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
