"""Commands of the technician: inspections, keys, authorisation codes. And the user's own memory.

Real authorisation codes are secret. Here a code is 14 digits: the first three are days (000 is for
good), the last is the sum of all others modulo ten.
Source: protocol.md appendix A, "Clock, VAT, header, footer, service data".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hw_emulator.posnet.clock import check_today
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.hexadecimal import read_hex, show_hex
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.outside import Server, need_jumper
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import DEFAULTS, keep, text
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import NO_DATE

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

MEMORY_BYTES = 128
_CODE = re.compile(r"\d{14}\Z", re.ASCII)
_CODE_LENGTH = 14
_WRONG_CODES_MAX = 3
_DAYS_AFTER_RESET = 30
_TLS, _JSON = 0, 1

DEFAULTS.update(
    {
        "flash.authorised_until": "",
        "flash.next_maintenance": NO_DATE[:10],
        "user.memory": "00" * MEMORY_BYTES,
    }
)


def _code(device: Device, args: Args) -> str:
    code = args.text("co")
    if len(code) != _CODE_LENGTH:
        raise BadField(Code.BAD_LENGTH, "co")
    if device.ram.wrong_codes >= _WRONG_CODES_MAX:
        raise Refused(SetupCode.AUTHORISATION_LOCKED)
    if not _CODE.match(code) or sum(map(int, code[:-1])) % 10 != int(code[-1]):
        device.ram.wrong_codes += 1
        raise Refused(SetupCode.AUTHORISATION_WRONG)
    return code


@command("auth", table="co!s")
def auth(device: Device, args: Args) -> None:
    """Enter an authorisation code."""
    if not text(device.books, "flash.authorised_until"):
        raise Refused(SetupCode.AUTHORISED_FOR_GOOD)
    code = _code(device, args)
    used = device.books.settings.get("flash.authorisation_codes", [])
    if code in used:
        raise Refused(SetupCode.AUTHORISATION_KNOWN)
    days = int(code[:3])
    until = _day_after(device, days) if days else ""
    keep(device, {"flash.authorised_until": until, "flash.authorisation_codes": [*used, code]})


@command("authcodereset", table="co!s")
def authcodereset(device: Device, args: Args) -> None:
    """Cancel the authorisation code; thirty days are left."""
    if device.books.is_fiscal and not text(device.books, "flash.authorised_until"):
        raise Refused(SetupCode.AUTHORISED_FOR_GOOD)
    _code(device, args)
    keep(device, {"flash.authorised_until": _day_after(device, _DAYS_AFTER_RESET)})


@command("authstateget")
def authstateget(device: Device, _args: Args) -> Fields:
    """Days until the authorisation is over."""
    until = text(device.books, "flash.authorised_until")
    if not until:
        raise Refused(SetupCode.AUTHORISED_FOR_GOOD)
    left = date.fromisoformat(until) - device.clock().date()
    return [("il", str(max(0, left.days)))]


def _day_after(device: Device, days: int) -> str:
    return (device.clock().date() + timedelta(days=days)).isoformat()


def _need_future(device: Device, day: date) -> str:
    if day < device.clock().date():
        raise Refused(SetupCode.MAINTENANCE_DATE)
    return day.isoformat()


@command("maintenance", table="te!s20 da!d dc:d ek:b", row="idle", key_without="dc")
def maintenance(device: Device, args: Args) -> None:
    """Register a technical inspection and the day of the next one."""
    if not args.text("te"):
        raise Refused(SetupCode.TECHNICIAN)
    day = _need_future(device, args.day("da"))
    if args.has("dc") and args.day("dc") != device.clock().date():
        raise Refused(Code.DATE_DIFFERS)
    need_jumper(device)
    if args.flag("ek"):
        _change_keys(device)
    keep(device, {"flash.next_maintenance": day})
    device.note_event(Kind.INSPECTION, si=args.text("te"))


@command("nextmaintenanceset", table="da!d")
def nextmaintenanceset(device: Device, args: Args) -> None:
    """Set the day of the next inspection."""
    keep(device, {"flash.next_maintenance": _need_future(device, args.day("da"))})


@command("nextmaintenanceget")
def nextmaintenanceget(device: Device, _args: Args) -> Fields:
    """Day of the next inspection."""
    return [("da", text(device.books, "flash.next_maintenance"))]


@command("serviceintervention", table="da!d", row="idle")
def serviceintervention(device: Device, args: Args) -> None:
    """Register a technician's work: in and out of the service mode."""
    check_today(device, args)
    need_jumper(device)
    device.note_event(Kind.SERVICE_MODE, en=True)
    device.note_event(Kind.SERVICE_MODE, en=False)


@command("changekeys", table="da!d", row="idle")
def changekeys(device: Device, args: Args) -> None:
    """Exchange the keys of the crypto module."""
    check_today(device, args)
    need_jumper(device)
    _change_keys(device)


def _change_keys(device: Device) -> None:
    if device.outside.repository is not Server.OK:
        raise Refused(SetupCode.CERTIFICATES_NOT_CHANGED)
    changes = len(device.books.ledger.of(Kind.KEY))
    for kind in (_TLS, _JSON):
        device.note_event(Kind.KEY, fo=2048 * (changes + kind), ty=kind)
    device.note("certificate", {})
    device.note("certificate_sent", {})


@command("memwrite", table="ad!i dt!s")
def memwrite(device: Device, args: Args) -> None:
    """Write some of the 128 bytes that are the user's own."""
    start, data = args.number("ad"), read_hex(args.text("dt"))
    if start >= MEMORY_BYTES:
        raise BadField(Code.BAD_VALUE, "ad")
    if start + len(data) > MEMORY_BYTES:
        raise BadField(Code.BAD_LENGTH, "dt")
    memory = bytearray.fromhex(text(device.books, "user.memory"))
    memory[start : start + len(data)] = data
    keep(device, {"user.memory": show_hex(bytes(memory))})


@command("memread", table="ad:i si:i")
def memread(device: Device, args: Args) -> Fields:
    """Read some of the 128 bytes, to the end unless told otherwise."""
    start = args.number("ad")
    size = args.number("si", MEMORY_BYTES - start)
    if start >= MEMORY_BYTES:
        raise BadField(Code.BAD_VALUE, "ad")
    if start + size > MEMORY_BYTES:
        raise BadField(Code.BAD_VALUE, "si")
    memory = bytes.fromhex(text(device.books, "user.memory"))
    return [("dt", show_hex(memory[start : start + size]))]
