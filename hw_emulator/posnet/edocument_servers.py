"""Commands of the eDocument servers: where electronic receipts go, and when it is tried again.

Source: protocol.md §15 and appendix A, "eDocument"; errors 4255 to 4275.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.hexadecimal import read_hex
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import (
    enter,
    family,
    flag,
    keep,
    number,
    read_fields,
    show,
    value_of,
)
from hw_emulator.posnet.setup_codes import SetupCode

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books, Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.settings import New
    from hw_emulator.posnet.values import Args, Fields

RECORDS_MAX = 10
RETRIES = ("sa", "sb", "sc", "sd", "se")
_PREFIX = "https://"
_ADDRESS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+\Z")
_ADDRESS_MAX = 80
_RETRY_MIN, _RETRY_MAX = 5, 300
_BY_NUMBER, _BY_ADDRESS = 0, 1
_THUMBPRINT = 2
_THUMBPRINT_LENGTH = 40
_DEFAULT = "flash.eparagon.default"
_CELLS = read_fields(
    "ad:s= ct:i<0-2>?4260=1 tp:s= gi:b=T ft:b=T td:b=T hd:b=T ex:b=N gb:b=N"
    " ts:i<0-120>?2712=15 tt:i<0-120>?2712=30"
)
_TABLE = " ".join(cell.param for cell in _CELLS)


def _check_schedule(_device: Device, _args: Args, new: New) -> None:
    # The first 0 ends the list of retries; what is not sent is 0.
    has_ended = False
    for name in RETRIES[1:]:
        seconds = int(new.setdefault(name, 0))
        is_bad = seconds and (has_ended or not _RETRY_MIN <= seconds <= _RETRY_MAX)
        if is_bad:
            raise Refused(SetupCode.TIME_VALUE)
        has_ended = has_ended or not seconds


FAMILIES = (
    family("flash.eparagonstatus", "st!b=N"),
    family("flash.eparagonbufferoverride", "ov!b=N"),
    family(
        "flash.eparagonschedule",
        "sa!i<5-300>?2712=20 sb:i=25 sc:i=30 sd:i=0 se:i=0 op!i<600-86400>?2712=3600"
        " tl!i<5-2592000>?2712=604800",
        check=_check_schedule,
    ),
)
for _row in FAMILIES:
    enter(_row)


def read_address(text: str) -> str:
    """An address as it is kept, with https:// before it; raises Refused for a bad one."""
    if not text:
        raise Refused(SetupCode.EDOCUMENT_URL_EMPTY)
    rest = text[len(_PREFIX) :] if text[: len(_PREFIX)].lower() == _PREFIX else text
    if len(rest) > _ADDRESS_MAX - len(_PREFIX):
        raise Refused(SetupCode.EDOCUMENT_URL_LENGTH)
    if not _ADDRESS.match(rest) or "://" in rest:
        raise Refused(SetupCode.EDOCUMENT_URL)
    return _PREFIX + rest


def _updated(args: Args, old: Record) -> Record:
    """``old`` with what was sent; raises Refused for what cannot be."""
    new = {cell.name: cell.fit(value_of(args, cell)) for cell in _CELLS if args.has(cell.name)}
    if "ad" in new:
        new["ad"] = read_address(str(new["ad"]))
    server = {**{cell.name: cell.default for cell in _CELLS}, **old, **new}
    if server["tp"] or server["ct"] == _THUMBPRINT:
        if len(server["tp"]) != _THUMBPRINT_LENGTH:
            raise Refused(SetupCode.EDOCUMENT_THUMBPRINT)
        read_hex(server["tp"])
    if not server["ad"]:
        raise BadField(Code.MISSING_FIELD, "ad")
    return server


def _shown(server: Record) -> Fields:
    return [(cell.name, show(server.get(cell.name, cell.default))) for cell in _CELLS]


def default_server(books: Books) -> Record:
    """The default server; {} before it is set."""
    found: Record = books.settings.get(_DEFAULT, {})
    return found


def server_records(books: Books) -> dict[int, Record]:
    """The additional servers by their numbers."""
    found = ((number, books.settings.get(_name(number))) for number in range(RECORDS_MAX))
    return {number: server for number, server in found if server}


def server_for(books: Books, address: str) -> Record:
    """The server at ``address``, or the default one; raises Refused for one not configured."""
    default = default_server(books)
    wanted = read_address(address) if address else default.get("ad")
    servers = [default, *server_records(books).values()]
    found = next((one for one in servers if one and one["ad"] == wanted), None)
    if not found:
        raise Refused(SetupCode.EDOCUMENT_NO_SERVER)
    return found


def _name(record: int) -> str:
    return f"flash.eparagon.server.{record}"


@command("eparagondefaultset", table=_TABLE)
def eparagondefaultset(device: Device, args: Args) -> None:
    """Configure the default server."""
    keep(device, {_DEFAULT: _updated(args, default_server(device.books))})


@command("eparagondefaultget")
def eparagondefaultget(device: Device, _args: Args) -> Fields:
    """Read the default server."""
    return _shown(default_server(device.books))


def _record_number(args: Args) -> int:
    if args.number("rn") >= RECORDS_MAX:
        raise BadField(Code.BAD_VALUE, "rn")
    return args.number("rn")


@command("eparagonserverins", table=f"rn!i {_TABLE} ov:b")
def eparagonserverins(device: Device, args: Args) -> None:
    """Configure an additional server; an existing one only when told to overwrite it."""
    wanted, servers = _record_number(args), server_records(device.books)
    if wanted in servers and not args.flag("ov"):
        raise Refused(SetupCode.RECORD_EXISTS)
    server = _updated(args, servers.pop(wanted, {}))
    if server["ad"] in {other["ad"] for other in servers.values()}:
        raise Refused(SetupCode.NOT_UNIQUE)
    keep(device, {_name(wanted): server})


@command("eparagonserverget", table="rn:i")
def eparagonserverget(device: Device, args: Args) -> Fields:
    """Read an additional server: by its number, or the next one of a contextual reading."""
    servers = server_records(device.books)
    if args.has("rn"):
        wanted = _record_number(args)
    elif device.ram.servers_to_read is None:
        raise Refused(SetupCode.BAD_CONTEXT)
    elif not device.ram.servers_to_read:
        raise Refused(SetupCode.CONTEXT_END)
    else:
        wanted = device.ram.servers_to_read.pop(0)
    if wanted not in servers:
        raise Refused(SetupCode.NO_RECORD)
    return [("rn", str(wanted)), *_shown(servers[wanted])]


@command("eparagonserverdel", table="rn!i")
def eparagonserverdel(device: Device, args: Args) -> None:
    """Delete an additional server."""
    if _record_number(args) not in server_records(device.books):
        raise Refused(SetupCode.NO_RECORD)
    keep(device, {_name(args.number("rn")): None})


@command("eparagonserversearch", table="ad!s")
def eparagonserversearch(device: Device, args: Args) -> Fields:
    """Number of the additional server at an address."""
    wanted = read_address(args.text("ad"))
    for record, server in server_records(device.books).items():
        if server["ad"] == wanted:
            return [("rn", str(record))]
    raise Refused(SetupCode.NO_RECORD)


@command("eparagonservercontextset", table="ty!i")
def eparagonservercontextset(device: Device, args: Args) -> None:
    """Begin to read all additional servers: by number (0) or by address (1)."""
    if args.number("ty") not in {_BY_NUMBER, _BY_ADDRESS}:
        raise Refused(SetupCode.BAD_CONTEXT)
    servers = server_records(device.books)
    is_by_address = args.number("ty") == _BY_ADDRESS
    device.ram.servers_to_read = sorted(
        servers, key=(lambda one: servers[one]["ad"]) if is_by_address else None
    )


@command("eparagonconnectiontest", table="ad:s")
def eparagonconnectiontest(device: Device, args: Args) -> Fields:
    """Connect to a server and tell the codes it answered with."""
    address = args.text("ad") or default_server(device.books).get("ad", "")
    if not address:
        raise Refused(SetupCode.EDOCUMENT_NO_SERVER)
    codes = device.outside.edocument_server(read_address(address)).value
    return [(name, str(code)) for name, code in zip(("ap", "ht", "cu"), codes, strict=True)]


@command("eparagonrep", row="idle", prints=Prints.ALWAYS)
def eparagonrep(device: Device, _args: Args) -> None:
    """Print the configuration."""
    books = device.books
    retries = [number(books, f"flash.eparagonschedule.{name}") for name in RETRIES]
    lines = [
        *layout.pair(
            "Status", "Aktywny" if flag(books, "flash.eparagonstatus.st") else "Nieaktywny"
        ),
        *layout.pair("Adres:", default_server(books).get("ad", "Brak")),
        *(line for n, s in server_records(books).items() for line in layout.pair(f"{n}:", s["ad"])),
        layout.RULE,
        *layout.pair("Nowe [s]:", ",".join(str(seconds) for seconds in retries if seconds)),
        *layout.pair("Zaległe [s]:", str(number(books, "flash.eparagonschedule.op"))),
        *layout.pair("Czas ważności [s]:", str(number(books, "flash.eparagonschedule.tl"))),
        layout.RULE,
        *layout.pair("BUFOR EPARAGONU", str(len(books.tables.get("edocuments", {})))),
    ]
    device.print_document("RAPORT KONFIGURACJI EPARAGONU", lines)
