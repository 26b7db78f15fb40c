r"""What is on a tape, and how it stands in a file. Opens none; reading never trusts the file.

    {"tape": 1, "device": "printer", "protocol": "posnet", "url": "/dev/ttyUSB0",
     "settings": {"baud": 115200}, "saved": "2026-11-23T09:12:44.120000Z",
     "why": "InDoubt: no answer to trend", "program": "0.1.0", "lost": 0}
    {"t": 8123.456789, "at": "2026-11-23T09:12:40.001000Z", "do": ">", "data": "\u0002sid\t…"}

One JSON object a line, ASCII only. ``t`` is monotonic seconds, ``at`` the wall clock. ``do`` is
``>`` our bytes, ``<`` the device's, ``open``, ``close``, ``error``, ``note``; ``data`` holds one
character for each byte (Latin-1), the other kinds have a ``text``. Unknown fields and kinds are
passed over, a last line that was cut short is too. Emulator and driver share this file format as
they share the alphabet of a protocol.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from drivers.posnet.frame import ETX, STX, crc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

VERSION = 1
FILE_BYTES_MAX = 32 << 20
PASSAGES_MAX = 200_000
_TEXT_MAX = 2000
# The year 9999 less a day: later moments cannot be shown in another zone.
_WALL_MAX_S = 253_402_214_400
_NIP = re.compile(rb"(?<!\d)(?:\d{10}|\d{3}-\d{3}-\d\d-\d\d|\d{3}-\d\d-\d\d-\d{3})(?!\d)")
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
# What follows the two letters that name a field.
_POSNET_VALUE = re.compile(rb"(?<=\t[A-Za-z@][A-Za-z0-9@])[^\t\x02\x03#]+")
_ANYTHING = re.compile(rb".+", re.DOTALL)
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
_POSNET_FRAME = re.compile(STX + rb"([^\x02\x03]*)#([0-9A-Fa-f]{4})" + ETX)


class Kind(StrEnum):
    """What an entry of a tape is."""

    OUT = ">"
    IN = "<"
    OPEN = "open"
    CLOSE = "close"
    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry: ``at_s`` is monotonic time, ``wall_s`` seconds since 1970, ``data`` the bytes."""

    at_s: float
    wall_s: float
    kind: Kind
    data: bytes

    @property
    def is_ours(self) -> bool:
        """Whether these bytes went to the device."""
        return self.kind is Kind.OUT

    @property
    def text(self) -> str:
        """The bytes readable, what cannot be printed in angle brackets; or the sentence."""
        if self.kind not in {Kind.OUT, Kind.IN}:
            return self.data.decode("utf-8", errors="replace")
        return "".join(chr(byte) if 32 <= byte < 127 else f"<{byte:02x}>" for byte in self.data)  # noqa: PLR2004

    def line(self, zone: tzinfo = UTC) -> str:
        """One readable line: the clock of ``zone``, direction, bytes."""
        clock = datetime.fromtimestamp(self.wall_s, zone).strftime("%H:%M:%S.%f")[:12]
        return f"{clock} {self.kind} {self.text}".rstrip()


@dataclass(frozen=True, slots=True)
class Header:
    """What a tape is of, and why it was saved; ``lost`` entries had to make room for newer ones."""

    device: str
    protocol: str
    url: str = ""
    settings: dict[str, str | int] = field(default_factory=dict)
    saved: str = ""
    why: str = ""
    program: str = ""
    lost: int = 0


class NotATape(ValueError):
    """The file is no tape, or none this program can read; the text names the line."""


def dump(header: Header, passages: Iterable[Passage]) -> Iterator[str]:
    """The lines of a file."""
    yield _line({"tape": VERSION} | {name: getattr(header, name) for name in header.__slots__})
    for one in passages:
        is_bytes = one.kind in {Kind.OUT, Kind.IN}
        what = {"data": one.data.decode("latin-1")} if is_bytes else {"text": one.text}
        at = _moment(one.wall_s)
        yield _line({"t": round(one.at_s, 6), "at": at, "do": one.kind.value} | what)


def read(file: BinaryIO) -> tuple[Header, tuple[Passage, ...]]:
    """Read an open file; raises ``NotATape``, and ``OSError`` as the file does."""
    raw = file.read(FILE_BYTES_MAX + 1)
    if len(raw) > FILE_BYTES_MAX:
        msg = f"larger than {FILE_BYTES_MAX >> 20} MiB"
        raise NotATape(msg)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"no text ({error.reason} at byte {error.start})"
        raise NotATape(msg) from error
    return load(text)


def load(text: str) -> tuple[Header, tuple[Passage, ...]]:
    """Read a file's text; raises ``NotATape``."""
    lines = text.split("\n")
    header = _header(_object(lines[0], 1))
    last = max((no for no, line in enumerate(lines) if line.strip()), default=0)
    found = []
    for no, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            passage = _passage(_object(line, no), no)
        except NotATape:
            if no == last + 1 and not text.endswith("\n"):
                break  # the last line was cut short with the power
            raise
        if passage is not None:
            found.append(passage)
        if len(found) > PASSAGES_MAX:
            msg = f"line {no}: more than {PASSAGES_MAX} entries"
            raise NotATape(msg)
    return header, tuple(found)


def masked(
    header: Header, passages: Iterable[Passage], *, words: bool = False
) -> tuple[Passage, ...]:
    """The same tape with every tax number (NIP) zeroed; checksums of POSNET frames fit again.

    With ``words`` no word is left that somebody wrote: names of goods, of buyers, addresses. A
    number that was sliced by the line is found all the same.
    """
    kept = list(passages)
    for kind in (Kind.OUT, Kind.IN):
        places = [no for no, one in enumerate(kept) if one.kind is kind]
        whole = b"".join(kept[no].data for no in places)
        hidden = _NIP.sub(_hide, whole)
        if words:
            written = _POSNET_VALUE if header.protocol == "posnet" else _ANYTHING
            hidden = written.sub(lambda found: _LETTER.sub(b"x", found[0]), hidden)
        if header.protocol == "posnet" and hidden != whole:
            hidden = _POSNET_FRAME.sub(_sign, hidden)
        start = 0
        for no in places:
            end = start + len(kept[no].data)
            kept[no] = replace(kept[no], data=hidden[start:end])
            start = end
    return tuple(kept)


def _hide(found: re.Match[bytes]) -> bytes:
    digits = [byte - 48 for byte in found[0] if byte != ord("-")]
    total = sum(weight * digit for weight, digit in zip(_NIP_WEIGHTS, digits, strict=False))
    return re.sub(rb"\d", b"0", found[0]) if total % 11 == digits[-1] else found[0]


def _sign(found: re.Match[bytes]) -> bytes:
    return STX + found[1] + b"#%04X" % crc(found[1]) + ETX


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":")) + "\n"


def _moment(wall_s: float) -> str:
    return datetime.fromtimestamp(wall_s, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _object(line: str, no: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        msg = f"line {no}: no JSON ({error})"
        raise NotATape(msg) from error
    if not isinstance(value, dict):
        msg = f"line {no}: no JSON object"
        raise NotATape(msg)
    return value


def _header(value: dict[str, Any]) -> Header:
    version = value.get("tape")
    if version != VERSION:
        msg = f"line 1: not a tape of version {VERSION} (it says {version!r:.40})"
        raise NotATape(msg)
    settings = value.get("settings")
    kept = settings.items() if isinstance(settings, dict) else ()
    lost = value.get("lost")
    return Header(
        settings={str(name): one for name, one in kept if isinstance(one, str | int)},
        lost=lost if isinstance(lost, int) else 0,
        **{
            name: _text(value.get(name))
            for name in ("device", "protocol", "url", "saved", "why", "program")
        },
    )


def _text(value: object) -> str:
    return value[:_TEXT_MAX] if isinstance(value, str) else ""


def _passage(value: dict[str, Any], no: int) -> Passage | None:
    if value.get("do") not in list(Kind):
        return None
    kind = Kind(value["do"])
    try:
        at_s, wall_s = float(value["t"]), datetime.fromisoformat(value["at"]).timestamp()
        if not (math.isfinite(at_s) and 0 <= wall_s < _WALL_MAX_S):
            raise ValueError(value["at"])  # noqa: TRY301 - told below with its line, as others are
        is_bytes = kind in {Kind.OUT, Kind.IN}
        data = value["data"].encode("latin-1") if is_bytes else value["text"].encode()
    except (ValueError, TypeError, OverflowError, KeyError, OSError, AttributeError) as error:
        msg = f"line {no}: {type(error).__name__} {error!s:.80}"
        raise NotATape(msg) from error
    return Passage(at_s, wall_s, kind, data)
