"""Bytes ↔ frames of the POSNET protocol. No I/O, no meaning of commands.

    frame    = STX payload "#" crc ETX
    payload  = ["!"] mnemonic TAB *( field TAB )
    field    = two-character name and its value | "@" token | "?" error number

The checksum is CRC-16/XMODEM over the payload, four upper-case hex digits; what arrives may have
one to four digits of either case, because real clients send them so. There is no escaping: TAB,
STX and ETX never occur in a value, while ``#`` may, so the checksum is looked for from the right.

Driver and emulator share this module and nothing else. Source: POT-I-DEV-37, chapters on frames and
checksums.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

STX, ETX, TAB = b"\x02", b"\x03", b"\x09"
CODE_PAGE = "cp1250"
FRAME_MAX = 8192

# Numbers of the frame errors a scanner can find by itself.
BAD_CRC, BAD_FIELD, TOO_LONG, NO_CHECKSUM, BAD_TOKEN = 5, 6, 11, 15, 4

_CHECKSUM = re.compile(rb"#([0-9A-Fa-f]{1,4})\Z")
_STRICT_CHECKSUM = re.compile(rb"#([0-9A-F]{4})\Z")
_ERROR = re.compile(r"\?(\d{1,5})\Z")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_MARK = re.compile(rb"[\x02\x03]")
_NAME_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """One command or one answer.

    ``fields`` are (two-character name, value) in wire order. ``token`` is one to four digits.
    ``error`` is the number of a refusal. ``immediate`` marks the ``!`` form.
    """

    mnemonic: str
    fields: tuple[tuple[str, str], ...] = ()
    token: str | None = None
    error: int | None = None
    immediate: bool = False

    def get(self, name: str, default: str = "") -> str:
        """Value of the first field called ``name``."""
        return next((value for key, value in self.fields if key == name), default)

    def has(self, name: str) -> bool:
        """Whether a field called ``name`` was sent."""
        return any(key == name for key, _ in self.fields)


@dataclass(frozen=True, slots=True)
class Malformed:
    """Bytes between STX and ETX that are no frame; ``code`` is the frame error to answer with."""

    code: int
    mnemonic: str = ""
    field: str = ""
    token: str | None = None


def crc(payload: bytes) -> int:
    """CRC-16/XMODEM: polynomial 1021h, initial value 0, check value 31C3h for ``123456789``."""
    return binascii.crc_hqx(payload, 0)


def encode(frame: Frame, code_page: str = CODE_PAGE) -> bytes:
    """Bytes of ``frame`` from STX to ETX.

    Characters the code page lacks become ``?``. Raises ValueError when a value holds a control
    character other than line feed, for such a frame could not be read back.
    """
    parts = [("!" if frame.immediate else "") + frame.mnemonic]
    if frame.token is not None:
        parts.append("@" + frame.token)
    if frame.error is not None:
        parts.append(f"?{frame.error}")
    parts.extend(name + value for name, value in frame.fields)
    for part in parts:
        if _CONTROL.search(part):
            msg = f"control character in {part!r}"
            raise ValueError(msg)
    payload = "".join(part + "\t" for part in parts).encode(code_page, errors="replace")
    return STX + payload + b"#%04X" % crc(payload) + ETX


def decode(body: bytes, code_page: str = CODE_PAGE, *, strict: bool = False) -> Frame | Malformed:
    """Read what stood between STX and ETX; never raises.

    ``strict`` asks for what the specification asks for: four upper-case digits of checksum, and a
    TAB after every field, the last one too.
    """
    found = (_STRICT_CHECKSUM if strict else _CHECKSUM).search(body)
    payload = body[: found.start()] if found else body
    text = payload.decode(code_page, errors="replace")
    mnemonic, *rest = text.split("\t")
    immediate = mnemonic.startswith("!")
    mnemonic = mnemonic.removeprefix("!")
    token = next((part[1:] for part in rest if part.startswith("@")), None)
    if not found:
        return Malformed(NO_CHECKSUM, mnemonic, token=token)
    if int(found.group(1), 16) != crc(payload):
        # Nothing in a frame with a wrong checksum can be believed, not even its token.
        return Malformed(BAD_CRC)
    if rest and rest[-1] == "":
        rest.pop()
    elif strict:
        return Malformed(BAD_FIELD, mnemonic, rest[-1] if rest else "", token)
    return _read_fields(mnemonic, rest, immediate=immediate)


def _read_fields(mnemonic: str, parts: list[str], *, immediate: bool) -> Frame | Malformed:
    fields: list[tuple[str, str]] = []
    token: str | None = None
    error: int | None = None
    for part in parts:
        if part.startswith("@"):
            token = part[1:]
            if not (token.isascii() and token.isdigit() and len(token) <= 4):  # noqa: PLR2004
                return Malformed(BAD_TOKEN, mnemonic)
        elif match := _ERROR.match(part):
            error = int(match.group(1))
        elif len(part) < _NAME_LENGTH:
            return Malformed(BAD_FIELD, mnemonic, part, token)
        else:
            fields.append((part[:2], part[2:]))
    if not mnemonic:
        return Malformed(BAD_FIELD, token=token)
    return Frame(mnemonic, tuple(fields), token, error, immediate)


@dataclass(slots=True)
class Scanner:
    """Cuts a stream of bytes into frames, however it was sliced.

    Bytes outside STX…ETX are dropped, a new STX restarts an unfinished frame, and a frame longer
    than ``FRAME_MAX`` is reported once and skipped. At most ``FRAME_MAX`` bytes are kept.
    """

    code_page: str = CODE_PAGE
    strict: bool = False
    _pending: bytearray = field(default_factory=bytearray)
    _skipping: bool = True

    def feed(self, data: bytes) -> list[Frame | Malformed]:
        """Take ``data``; give every frame that it completes."""
        return [self._read(raw) for raw in self.cut(data)]

    def cut(self, data: bytes) -> list[bytes]:
        """As ``feed``, but unread: from STX to ETX.

        What is too long ends with the byte that made it so.
        """
        found: list[bytes] = []
        at = 0
        while at < len(data):
            if self._skipping:
                start = data.find(STX, at)
                if start < 0:
                    break
                self._skipping = False
                at = start + 1
                continue
            mark = _MARK.search(data, at)
            stop = mark.start() if mark else len(data)
            room = FRAME_MAX - len(self._pending)
            is_too_long = stop - at > room
            self._pending += data[at : at + room + 1 if is_too_long else stop]
            at = at + room + 1 if is_too_long else stop + 1
            if is_too_long or (mark and mark.group() == ETX):
                found.append(STX + self._pending + (b"" if is_too_long else ETX))
                self.reset()
            elif mark:
                self._pending.clear()
        return found

    def reset(self) -> None:
        """Forget an unfinished frame."""
        self._pending.clear()
        self._skipping = True

    def _read(self, raw: bytes) -> Frame | Malformed:
        if not raw.endswith(ETX):
            return Malformed(TOO_LONG)
        return decode(raw[1:-1], self.code_page, strict=self.strict)
