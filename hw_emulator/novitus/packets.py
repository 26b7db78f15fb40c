"""Packets of the older protocol, carried out for ``direct_io``.

What is asked is answered by a packet; what is ordered by nothing, or by an error of the document.
Source: docs/novitus.md, "Packets through direct_io".
"""

from __future__ import annotations

import base64
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from drivers.novitus.packet import Packet, decode, encode
from hw_emulator.novitus import layout
from hw_emulator.novitus.codes import Code, Failed
from hw_emulator.novitus.printouts import decimal
from hw_emulator.novitus.receipt import grosze
from hw_emulator.posnet.values import EXEMPT, INACTIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.novitus.device import Device

HEADER_END = "\u02d9"  # byte FF in the code page
_HEADER_MAX = 200
_AMOUNT = re.compile(r"(\d{1,9}\.\d\d)/", re.ASCII)
_RATE = re.compile(r"(\d{1,3}\.\d\d)/", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2});(\d{1,2});(\d{1,2});(\d{1,2});(\d{1,2});(\d{1,2})\Z", re.ASCII)
_CORRECTION_MAX = timedelta(hours=1)
_RATES = 7


def prints(direct_io: dict[str, Any]) -> bool:
    """Whether the packet needs paper."""
    packet = _read(direct_io)
    return packet is not None and packet.command in {"$c", "$p", "$f", "#i", "#d"}


def carry_out(device: Device, direct_io: dict[str, Any]) -> dict[str, Any]:
    """Carry a packet out and give the response; raises ``Failed``."""
    packet = _read(direct_io)
    if packet is None or packet.command not in _HANDLERS:
        raise Failed(Code.COMMAND)
    answer = _HANDLERS[packet.command](device, packet)
    if answer is None:
        return {}
    value = base64.b64encode(encode(answer)).decode("ascii")
    return {"packet": {"protocol": "NOVITUS", "value": value}}


def _read(direct_io: dict[str, Any]) -> Packet | None:
    command = direct_io.get("nov_cmd")
    return decode(base64.b64decode(command["base64"])) if command else None


def _version(device: Device, _packet: Packet) -> Packet:
    return Packet("#R", "1", f"{device.model}/{device.version}")


def _register(device: Device, packet: Packet) -> Packet:
    if packet.parameters != "23":
        raise Failed(Code.PARAMETER)
    books = device.books
    last = books.reports[-1]["at"] if books.reports else books.born_at
    flags = (
        0,
        int(books.is_fiscal),
        int(books.last.is_open),
        1,
        1,
        books.ram_resets,
        *(int(part) for part in (last[2:4], last[5:7], last[8:10])),
    )
    parts = [
        ";".join(str(flag) for flag in flags),
        *(f"{rate // 100:02d}.{rate % 100:02d}" for rate in books.rates_bp),
        str(device.number),
        *(decimal(total) for total in books.day.totals_gr),
        decimal(books.cash_gr),
        books.unique_no,
    ]
    return Packet("#X", "2", "/".join(parts))


def _clock(device: Device, _packet: Packet) -> Packet:
    return Packet("#C", "1", device.clock().strftime("%y;%m;%d;%H;%M;0"))


def _set_clock(device: Device, packet: Packet) -> None:
    found = _CLOCK.match(packet.parameters)
    now = device.clock()
    try:
        year, *rest = (int(part) for part in found.groups()) if found else (0,)
        wanted = datetime(2000 + year, *rest, tzinfo=now.tzinfo)  # type: ignore[arg-type,misc]
    except (ValueError, TypeError):
        raise Failed(Code.PARAMETER) from None
    if device.books.is_fiscal:
        if not device.books.totals_are_zero:
            raise Failed(Code.TOTALS_NOT_ZERO)
        if abs(wanted - now) > _CORRECTION_MAX:
            raise Failed(Code.DATE)
    offset_s = device.books.clock_offset_s + round((wanted - now).total_seconds())
    device.keep({"clock_offset_s": offset_s})
    device.print_document("PROGRAMOWANIE ZEGARA", layout.pair("ZEGAR", device.moment()[:16]))


def _set_rates(device: Device, packet: Packet) -> None:
    rates = [grosze(text) for text in _RATE.findall(packet.texts)]
    if packet.parameters != str(_RATES) or len(rates) != _RATES:
        raise Failed(Code.RATES)
    known = [rate for rate in rates if rate < EXEMPT]
    if any(rate > EXEMPT and rate != INACTIVE for rate in rates) or len(set(known)) != len(known):
        raise Failed(Code.RATES)
    if not device.books.totals_are_zero:
        raise Failed(Code.TOTALS_NOT_ZERO)
    device.memory.append("rates", {"rates_bp": rates})
    device.print_document("ZMIANA STAWEK PTU", layout.rate_table(rates), kind="printout")


def _header(device: Device, _packet: Packet) -> Packet:
    return Packet("#U", "1", device.books.header.replace("\n", "\r") + HEADER_END)


def _set_header(device: Device, packet: Packet) -> None:
    text, end, _ = packet.texts.partition(HEADER_END)
    if not end or not text or len(text) > _HEADER_MAX or packet.parameters != "0":
        raise Failed(Code.HEADER)
    device.keep({"header": text.replace("\r", "\n")})
    device.print_document("NAGŁÓWEK", [layout.centred(line) for line in text.split("\r")])


def _cash(device: Device, packet: Packet) -> None:
    found = _AMOUNT.match(packet.texts)
    amount_gr = grosze(found[1]) if found else 0
    if not amount_gr:
        raise Failed(Code.PARAMETER)
    change_gr = amount_gr if packet.command == "#i" else -amount_gr
    state_gr = device.books.cash_gr + change_gr
    if state_gr < 0:
        device.keep({"cash_gr": 0})
        raise Failed(Code.CASH_BELOW_ZERO)
    word = "WPŁATA" if change_gr > 0 else "WYPŁATA"
    lines = [
        *layout.pair("Kwota", layout.money(amount_gr)),
        *layout.pair("Stan kasy", layout.money(state_gr)),
    ]
    device.print_document(word, lines, cash_gr=change_gr)


def _drawer(device: Device, packet: Packet) -> None:
    if packet.parameters != "1":
        raise Failed(Code.PARAMETER)
    device.drawer_kicks += 1


def _cancel(_device: Device, _packet: Packet) -> None:
    # Receipts come as whole documents: between two of them none is open.
    raise Failed(Code.NO_RECEIPT)


_HANDLERS: dict[str, Callable[[Device, Packet], Packet | None]] = {
    "#v": _version,
    "#s": _register,
    "#c": _clock,
    "$c": _set_clock,
    "$p": _set_rates,
    "#u": _header,
    "$f": _set_header,
    "#i": _cash,
    "#d": _cash,
    "$d": _drawer,
    "$e": _cancel,
}
