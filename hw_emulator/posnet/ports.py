"""Commands of the ports: who is connected where, and that no two are connected to one.

PC1 is on USB and PC2 on TCP 6666 until told otherwise; what the emulator is really reached by is a
matter of its lines. Source: protocol.md appendix A, "Hardware configuration" and "Transaction
monitor".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.hexadecimal import read_hex
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import DEFAULTS, enter, family, flag, keep, number, read
from hw_emulator.posnet.setup_codes import SetupCode

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.settings import New
    from hw_emulator.posnet.values import Args, Fields

POSNET, THERMAL = 0, 1
_NONE, _COM, _USB, _TCP, _BLUETOOTH = 0, 1, 2, 4, 7
_KINDS = {_NONE, _COM, _USB, _TCP, _BLUETOOTH}
_TCP_MIN, _TCP_MAX = 1024, 49151
_MAZOVIA = 2
_PC2 = 2
_SPEEDS = {1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200}
_EVO_SPEED = 230_400
_FLOWS = {0, 1, 3}
# Elements of a line of the transaction monitor, and what they are until they are set.
_ELEMENTS = {
    **dict(enumerate(("0D", "0A", "09", "3330", "3331", "3332", "33", "35", "32", "34", "3130"))),
    **dict(enumerate(("30", "31", "3230", "3231", "36", "37", "38", "39", "3531", "3537"), 11)),
    **dict(enumerate(("20", "3430", "3431", "3435", "3131"), 29)),
}


def _users(books: Books) -> dict[tuple[int, int], int]:
    """Ports in use, as (kind, number), with the error number of who uses them."""
    users: dict[tuple[int, int], int] = {}
    users[_TCP, number(books, "flash.fsp.tp")] = SetupCode.PORT_RESERVED
    for com in (0, 1):
        if flag(books, f"flash.tunnel.{com}.en"):
            users[_COM, com + 1] = SetupCode.PORT_OF_TUNNEL
            for port in ("da", "di"):
                key = _TCP, number(books, f"flash.tunnel.{com}.{port}")
                users[key] = SetupCode.PORT_RESERVED
    for where, code in (
        ("trlog", SetupCode.PORT_OF_MONITOR),
        ("pccfg.2", SetupCode.PORT_OF_PC2),
        ("pccfg.1", SetupCode.PORT_OF_PC1),
    ):
        kind = number(books, f"flash.{where}.id")
        if kind != _NONE:
            users[kind, number(books, f"flash.{where}.no")] = code
    return users


def _need_free(device: Device, kind: int, port: int, own: int) -> None:
    code = _users(device.books).get((kind, port), own)
    if code != own:
        raise Refused(code)


def _choose(device: Device, args: Args, new: New, bad: int, own: int) -> None:
    """Check the port that ``id`` and ``no`` name; ``bad`` refuses an id there is not."""
    kind = args.number("id")
    if kind not in _KINDS:
        raise Refused(bad)
    if kind == _NONE:
        new["no"] = 0
        return
    if kind == _BLUETOOTH and not device.model.has_radio:
        raise Refused(SetupCode.NO_BLUETOOTH)
    if kind in {_COM, _TCP} and not args.has("no"):
        raise BadField(Code.MISSING_FIELD, "no")
    port = args.number("no", 1)
    if kind == _COM:
        need_serial(device, port)
    elif kind == _TCP:
        need_tcp_port(port)
    elif port != 1:
        raise Refused(SetupCode.PORT)
    _need_free(device, kind, port, own)
    new["no"] = port


def need_serial(device: Device, port: int) -> None:
    """Refuse a serial port the model does not have."""
    if not 1 <= port <= device.model.serial_ports:
        raise Refused(SetupCode.NO_SERIAL_PORT)


def need_tcp_port(port: int) -> None:
    """Refuse a TCP port outside of the range left to users."""
    if not _TCP_MIN <= port <= _TCP_MAX:
        raise Refused(SetupCode.PORT)


def _check_com(device: Device, args: Args, _new: New) -> None:
    need_serial(device, args.number("no"))
    speeds = _SPEEDS | ({_EVO_SPEED} if device.model.key == "evo" else set())
    if args.number("sp") not in speeds or args.number("fl") not in _FLOWS:
        raise Refused(SetupCode.SERIAL_PORT)


def _check_pc(device: Device, args: Args, new: New) -> None:
    which = args.number("pi", 1)
    if which == _PC2 and device.model.key == "fawag":
        raise Refused(SetupCode.PORT)
    own = SetupCode.PORT_OF_PC2 if which == _PC2 else SetupCode.PORT_OF_PC1
    _choose(device, args, new, SetupCode.PORT_CONFIGURATION, own)
    other = number(device.books, f"flash.pccfg.{3 - which}.id")
    if new["id"] == _NONE and other == _NONE:
        raise Refused(SetupCode.PORT_CONFIGURATION)
    protocol = new.get("pr", read(device.books, f"flash.pccfg.{which}.pr"))
    if protocol == THERMAL:
        if new["id"] == _TCP:
            raise Refused(SetupCode.THERMAL_OVER_TCP)
        new["cp"] = _MAZOVIA


def _check_monitor(device: Device, args: Args, new: New) -> None:
    _choose(device, args, new, SetupCode.MONITOR, SetupCode.PORT_OF_MONITOR)


def _check_tunnel(device: Device, args: Args, new: New) -> None:
    port = args.number("sp") + 1
    need_serial(device, port)
    if new["en"]:
        _need_free(device, _COM, port, SetupCode.PORT_OF_TUNNEL)


def _check_fsp(device: Device, args: Args, _new: New) -> None:
    _need_free(device, _TCP, args.number("tp"), SetupCode.PORT_RESERVED)


FAMILIES = (
    family(
        "flash.comcfg",
        "sp!i=115200 da!i<8-8>?718=8 st!i<1-2>?718=1 pa!i<0-2>?718=0 fl!i=0",
        index="no!i<1-2>?3472=1",
        check=_check_com,
    ),
    family(
        "flash.pccfg",
        "id!i=2 no:i=1 pr:i<0-1>?719=0 cp:i<0-2>?745=0",
        index="pi:i<1-2>?720=1",
        check=_check_pc,
    ),
    family("flash.trlog", "id!i=0 no:i=0", check=_check_monitor),
    family(
        "flash.tunnel",
        "en!b=N da:i<1024-49151>?720=4141 di:i<1024-49151>?720=4142",
        index="sp!i<0-1>?3472=0",
        check=_check_tunnel,
    ),
    family("flash.fsp", "tp!i<1024-49151>?720=2121", check=_check_fsp),
)
for _row in FAMILIES:
    enter(_row)
DEFAULTS.update({"flash.pccfg.2.id": _TCP, "flash.pccfg.2.no": 6666})
DEFAULTS.update({f"flash.trlogframe.{key}.na": text for key, text in _ELEMENTS.items()})


def is_thermal(books: Books, interface: int) -> bool:
    """Whether ``interface`` was switched to THERMAL, which this printer does not speak."""
    return read(books, f"flash.pccfg.{interface}.pr") == THERMAL


def speak_posnet(device: Device, interface: int) -> None:
    """Switch back to POSNET, as it is done in the printer's own menu."""
    keep(device, {f"flash.pccfg.{interface}.pr": POSNET})


@command("protoswitch", table="pi:i", row="idle")
def protoswitch(device: Device, args: Args) -> None:
    """Switch an interface to the THERMAL protocol; what it is asked after that is refused (499)."""
    which = args.number("pi", 1)
    if which not in {1, _PC2} or (which == _PC2 and device.model.key == "fawag"):
        raise Refused(SetupCode.PORT)
    where = f"flash.pccfg.{which}"
    if number(device.books, f"{where}.id") == _TCP:
        raise Refused(SetupCode.THERMAL_OVER_TCP)
    keep(device, {f"{where}.pr": THERMAL, f"{where}.cp": _MAZOVIA})
    device.restart()


def _element(args: Args) -> str:
    if args.number("id") not in _ELEMENTS:
        raise Refused(SetupCode.MONITOR_FRAME)
    return f"flash.trlogframe.{args.number('id')}.na"


@command("trlogframecfgset", table="id!i na!s20")
def trlogframecfgset(device: Device, args: Args) -> None:
    """Set one element of the lines of the transaction monitor."""
    name = _element(args)
    read_hex(args.text("na"))
    keep(device, {name: args.text("na").upper()})


@command("trlogframecfgget", table="id!i")
def trlogframecfgget(device: Device, args: Args) -> Fields:
    """Read one element of the lines of the transaction monitor."""
    return [("id", str(args.number("id"))), ("na", str(read(device.books, _element(args))))]
