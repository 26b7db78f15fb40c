"""Every document and packet the driver sends, but the receipt. No I/O.

Source: docs/novitus.md, the tables of documents and of packets.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from drivers.errors import InDoubt
from drivers.fiscal import VAT_LETTERS
from drivers.novitus.codes import refusal
from drivers.novitus.packet import Packet, decode, encode
from drivers.novitus.receipt import WIDTH, money
from drivers.novitus.text import HEADER_END, header_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from drivers.fiscal import Header, Seven
    from drivers.novitus.frame import Document

REGISTER = Packet("#s", "23")
CLOCK = Packet("#c", "0")
HEADER = Packet("#u")
DRAWER = Packet("$d", "1")
CANCEL = Packet("$e", "0")
_FORM_LINES_MAX = 1000


def status(kind: str) -> Document:
    """Ask for one of the three statuses."""
    return {"status": {"type": kind}}


def daily_report(today: date) -> Document:
    """Make the daily report of ``today``, which the printer holds against its clock."""
    return {"daily_report": {"date": today.strftime("%d/%m/%Y")}}


def printout(lines: tuple[str, ...]) -> Document:
    """A non-fiscal document; the first line is its title, longer lines go on in the next."""
    title, *rest = lines or ("",)
    shown = [_text_line(plain(title, WIDTH), center=True)]
    shown += [each for line in rest for each in _lines(line)]
    return {"printout": {"lines": shown[:_FORM_LINES_MAX]}}


def _lines(line: str) -> Iterator[Document]:
    text = plain(line, len(line))
    if not text:
        yield {"special_line": {"type": "emptyline"}}
    for start in range(0, len(text), WIDTH):
        yield _text_line(text[start : start + WIDTH])


def _text_line(text: str, *, center: bool = False) -> Document:
    line: Document = {"text": text or " ", "masked": False}
    return {"textline": line | ({"center": True} if center else {})}


def set_clock(now: datetime) -> Packet:
    """Set the clock."""
    return Packet("$c", now.strftime("%y;%m;%d;%H;%M;%S"))


def set_rates(rates: Seven) -> Packet:
    """Program seven VAT rates; our markers for exempt and inactive are the printer's own."""
    return Packet("$p", str(len(VAT_LETTERS)), "".join(f"{money(rate)}/" for rate in rates))


def set_header(header: Header) -> Packet:
    """Program the header."""
    return Packet("$f", "0", header_text(header) + HEADER_END)


def cash(amount_gr: int) -> Packet:
    """Cash put in (positive) or taken out (negative)."""
    return Packet("#i" if amount_gr > 0 else "#d", "0", f"{money(abs(amount_gr))}/")


def direct_io(packet: Packet, *, is_checked: bool = True) -> Document:
    """The packet as a document."""
    data = encode(packet, is_checked=is_checked)
    return {"direct_io": {"nov_cmd": {"base64": base64.b64encode(data).decode("ascii")}}}


def answer_of(packet: Packet, response: Document) -> Packet | None:
    """The packet that answered ``packet``; None when none did.

    Raises ``Refused`` for an answer that is an error number, ``InDoubt`` for one that is no packet.
    """
    carried = response.get("packet")
    if not isinstance(carried, dict) or not carried.get("value"):
        return None
    try:
        found = decode(base64.b64decode(str(carried["value"]), validate=True))
    except (binascii.Error, ValueError):
        found = None
    if found is None:
        msg = f"unreadable answer to {packet.command}"
        raise InDoubt(msg)
    if found.command in {"#Z", "#E"} and (code := _error_number(found)):
        raise refusal(code, "", packet.command)
    return found


def _error_number(found: Packet) -> int:
    """``n#Z`` has the number before the command, ``1#En`` after it."""
    text = found.parameters if found.command == "#Z" else found.texts
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004
