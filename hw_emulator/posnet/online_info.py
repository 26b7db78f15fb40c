"""Commands that tell what an online register holds: certificates, addresses, tokens, checksums.

All of it is made up, and made up the same each time. Source: protocol.md appendix A.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.hexadecimal import read_hex
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.repository import FIRMWARE_SOURCE
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import NO_DATE, show_flag, show_iso

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

_CERTIFICATES = range(7)
_AZURE_CERTIFICATES, _AZURE_MAX = 2, 10
_ADDRESSES = {
    1: "https://repozytorium.example.pl/api/SerwerCPD/Command",
    2: "https://webapi.example.pl",
    3: FIRMWARE_SOURCE,
}
_WARNING = timedelta(days=4)
_TOKEN_LIFE = timedelta(days=1)
_FSP = "1"
_ONE_PACKET = "3"
_PACKET_MAX = 256


def _digest(device: Device, name: str, digits: int) -> str:
    seed = f"{device.books.unique_no}/{name}".encode()
    return hashlib.shake_256(seed).hexdigest(digits // 2).upper()


def _colons(text: str) -> str:
    return ":".join(text[start : start + 2] for start in range(0, len(text), 2))


def _certificate(device: Device, name: str, *, is_there: bool = True) -> Fields:
    until = device.outside.certificates_until
    is_valid = is_there and until >= device.clock().date()
    return [
        ("ok", show_flag(is_valid)),
        ("da", until.isoformat() if is_there else NO_DATE[:10]),
        ("fp", _colons(_digest(device, name, 40)) if is_there else ""),
        ("sn", _colons(_digest(device, name + " number", 38)) if is_there else ""),
    ]


@command("certinfoget", table="id!i")
def certinfoget(device: Device, args: Args) -> Fields:
    """One of the printer's certificates."""
    which = args.number("id")
    if which not in _CERTIFICATES:
        raise BadField(Code.BAD_VALUE, "id")
    return [("id", str(which)), *_certificate(device, f"certificate {which}")]


@command("eventhubcertinfoget", table="nr!i")
def eventhubcertinfoget(device: Device, args: Args) -> Fields:
    """One of the certificates of the ministry's cloud; after the last one comes okN."""
    which = args.number("nr")
    if which > _AZURE_MAX:
        raise BadField(Code.BAD_VALUE, "nr")
    is_there = which < _AZURE_CERTIFICATES
    return [("nr", str(which)), *_certificate(device, f"cloud {which}", is_there=is_there)]


@command("onlineaddressesget", table="id!i")
def onlineaddressesget(_device: Device, args: Args) -> Fields:
    """Address of a server."""
    address = _ADDRESSES.get(args.number("id"), "")
    return [("id", str(args.number("id"))), ("ok", show_flag(bool(address))), ("ad", address)]


@command("billlotteryconfigget")
def billlotteryconfigget(_device: Device, _args: Args) -> Fields:
    """There is no receipt lottery."""
    return [("en", "N"), ("wa", "0")]


@command("sastokeninfoget")
def sastokeninfoget(device: Device, _args: Args) -> Fields:
    """The token for sending documents, valid from its last connection for a day."""
    at = device.books.settings.get("flash.crk.wa.ds", "")
    if not at:
        return [("ok", "N"), ("da", show_iso("")), ("st", "")]
    until = datetime.fromisoformat(at) + _TOKEN_LIFE
    token = f"SharedAccessSignature sr={_digest(device, at, 64)}"
    is_valid = until > device.clock()
    return [("ok", show_flag(is_valid)), ("da", until.isoformat()), ("st", token)]


@command("checksumsget")
def checksumsget(device: Device, _args: Args) -> Fields:
    """Checksums of the programs."""
    names = (("ap", 64), ("fm", 64), ("ld", 8))
    return [(name, _digest(device, name, digits)) for name, digits in names]


@command("subgettime")
def subgettime(device: Device, _args: Args) -> Fields:
    """When the subscription is over, and when the printer begins to warn of it."""
    until = device.outside.subscription_until
    days = (("wt", until - _WARNING), ("lt", until))
    return [(name, _midnight(device, day)) for name, day in days]


def _midnight(device: Device, day: date) -> str:
    return datetime.combine(day, time(), device.clock().tzinfo).isoformat()


@command("ecpubkeyget")
def ecpubkeyget(device: Device, _args: Args) -> Fields:
    """Public key of protected memory."""
    return [("rn", _digest(device, "modulus", 512)), ("re", "010001")]


@command("appmodeget")
def appmodeget(_device: Device, _args: Args) -> Fields:
    """It is an ordinary fiscal printer."""
    return [("md", "0")]


@command("svc", table="id!s fl:s da:s")
def svc(_device: Device, args: Args) -> Fields:
    """Take a packet for the service of protected memory (1), which has nothing to say."""
    if args.text("id") != _FSP:
        raise Refused(SetupCode.NO_SUCH_PROGRAM)
    if len(args.text("da")) > _PACKET_MAX:
        raise BadField(Code.BAD_LENGTH, "da")
    read_hex(args.text("da"))
    return [("id", _FSP), ("fl", _ONE_PACKET), ("da", "")]
