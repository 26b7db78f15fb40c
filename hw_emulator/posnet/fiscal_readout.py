"""Commands that read the fiscal memory record by record; daily reports are in ``status``.

Source: protocol.md appendix A, "Fiscal memory readout".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.ledger import Entry, Kind
from hw_emulator.posnet.registry import Handler, command
from hw_emulator.posnet.values import show_flag, show_iso, show_moment, show_rates

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

# Command → kind of record and the fields it has besides date and number: n number, s text, b
# boolean, t date-time.
_READOUTS = {
    "fmrecclr": (Kind.RAM_RESET, "r1:n r2:n"),
    "fmrecend": (Kind.READ_ONLY, "re:n"),
    "fmreccurrency": (Kind.CURRENCY, "na:s"),
    "fmrecconnectionconfig": (Kind.CONNECTION, "ad:s"),
    "fmrecfirmwareupdate": (Kind.FIRMWARE, "fn:s ch:s"),
    "fmrecfirmwareupdatefail": (Kind.FIRMWARE_FAILED, "ec:n"),
    "fmrecservicemode": (Kind.SERVICE_MODE, "en:b"),
    "fmrecmemorychange": (Kind.MEMORY_CHANGE, "lr:n ld:n"),
    "fmrecalgorithmerase": (Kind.ALGORITHM_ERASED, ""),
    "fmrecupdatesourcechange": (Kind.UPDATE_SOURCE, "ad:s"),
    "fmrecdatetime": (Kind.CLOCK, "nt:t ni:t ot:t oi:t"),
    "fmreckeychange": (Kind.KEY, "fo:n ty:n"),
    "fmrecservice": (Kind.INSPECTION, "si:s"),
    "fmrecmemoryverification": (Kind.MEMORY_VERIFICATION, ""),
    "fmrecpowerfail": (Kind.POWER_FAILURE, ""),
    "fmrecenumfail": (Kind.NUMBERING, ""),
    "fmrecdataverification": (Kind.DATA_VERIFICATION, ""),
    "fmrecprotmemoryfull": (Kind.PROTECTED_MEMORY_FULL, ""),
    "fmrecfmmemoryfull": (Kind.FISCAL_MEMORY_FULL, ""),
    "fmrecprinterdisconnected": (Kind.PRINTER_UNPLUGGED, ""),
    "fmreclcddisconnected": (Kind.DISPLAY_UNPLUGGED, ""),
    "fmreckeysend": (Kind.KEY_NOT_DELIVERED, ""),
    "fmrecaddress": (Kind.ADDRESS, "pc:s ci:s po:s st:s nu:s sn:s"),
}
# What the records of the file call some of these.
_OWN_NAMES = {"re": "reason"}
# Commands by the kind of record they read.
READOUTS = {name: kind for name, (kind, _) in _READOUTS.items()}
# Events, and the details each of them takes with their kinds, for whoever injects one.
DETAILS: dict[Kind, dict[str, str]] = {
    kind: dict(cell.split(":") for cell in cells.split()) for kind, cells in _READOUTS.values()
}


def _entry(device: Device, kind: Kind, args: Args) -> Entry:
    """The record ``args`` asks for, the last one by default; raises Refused without one."""
    entries = device.books.ledger.of(kind)
    wanted = args.number("no", len(entries))
    if not 1 <= wanted <= len(entries):
        raise Refused(Code.NO_RECORD)
    return entries[wanted - 1]


def _dated(entry: Entry) -> Fields:
    return [
        ("da", show_moment(entry.at)),
        ("tm", show_iso(entry.at)),
        ("no", str(entry.number)),
    ]


def _detail(entry: Entry, cell: str) -> tuple[str, str]:
    name, kind = cell.split(":")
    own_name = _OWN_NAMES.get(name, name)
    value = entry.details.get(name) or entry.details.get(own_name) or ""
    if kind == "b":
        return name, show_flag(bool(value))
    if kind == "t":
        return name, show_iso(value) if name in {"ni", "oi"} else show_moment(value)
    return name, str(value or 0) if kind == "n" else str(value)


def _readout(kind: Kind, cells: str) -> Handler:
    def read(device: Device, args: Args) -> Fields:
        entry = _entry(device, kind, args)
        return [*_dated(entry), *(_detail(entry, cell) for cell in cells.split())]

    return read


for _name, (_kind, _cells) in _READOUTS.items():
    command(_name, table="no:i")(_readout(_kind, _cells))


@command("fmrecvat", table="no:i")
def fmrecvat(device: Device, args: Args) -> Fields:
    """A change of the VAT rates."""
    entry = _entry(device, Kind.RATES, args)
    return [*_dated(entry), *show_rates(entry.details["rates_bp"])]


@command("fmrecfisc", table="no:i")
def fmrecfisc(device: Device, args: Args) -> Fields:
    """The fiscalisation."""
    entry = _entry(device, Kind.FISCALISATION, args)
    details = entry.details
    date, iso, number = _dated(entry)
    return [
        date,
        iso,
        ("ni", details["nip"]),
        number,
        ("am", "0"),
        ("rn", details.get("registration_no", "")),
        ("fn", details.get("factory_no", "")),
        ("bc", show_flag(details.get("daily_counter", True))),
        ("na", details.get("currency", "PLN")),
        *show_rates(details["rates_bp"]),
    ]


@command("fmrectypeget", table="no!i")
def fmrectypeget(device: Device, args: Args) -> Fields:
    """Kind of a record, by its number among all."""
    entries = device.books.ledger.entries
    if args.number("no") >= len(entries):
        raise Refused(Code.NO_RECORD)
    entry = entries[args.number("no")]
    return [("ty", str(int(entry.kind))), ("no", str(entry.number))]


@command("fmrecfindbydate", table="da!t")
def fmrecfindbydate(device: Device, args: Args) -> Fields:
    """Number of the first record at or after a moment."""
    wanted = args.moment("da").isoformat(timespec="minutes")
    for number, entry in enumerate(device.books.ledger.entries):
        if entry.at[:16] >= wanted:
            return [("no", str(number))]
    raise Refused(Code.NO_RECORD)
