"""Commands that write the data of a VAT invoice: number, buyer, notes, free lines.

Source: protocol.md §10, appendix A (trfv…); the words are those an invoice has to carry by law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.invoice_data import SECTIONS, InvoiceData, Note
from hw_emulator.posnet.registry import command

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_PLACE = "sc!i at:i"
_TEXT_LINES_MAX = 15
_ATTRIBUTES_MAX = 0x7F
_HOURS_MAX = 4_294_967_295
_MILEAGE_LENGTH_MAX, _MILEAGE_DECIMALS = 22, 3
_MARGIN_GOODS = {
    "procedura marży - towary używane",
    "procedura marży - dzieła sztuki",
    "procedura marży - przedmioty kolekcjonerskie i antyki",
}


def _data(device: Device) -> InvoiceData:
    data = device.open_transaction().invoice
    if data is None:
        raise Refused(Code.WRONG_STATE)
    return data


def _section(args: Args) -> int:
    section = args.number("sc")
    if section not in SECTIONS:
        raise BadField(Code.BAD_VALUE, "sc")
    if args.number("at") > _ATTRIBUTES_MAX:
        raise BadField(Code.BAD_VALUE, "at")
    return section


def _need(args: Args, *names: str) -> None:
    for name in names:
        if not args.text(name).strip():
            raise BadField(Code.MISSING_FIELD, name)


def _write(device: Device, args: Args, name: str, lines: list[str]) -> None:
    _data(device).write(Note(name, _section(args), tuple(device.fit(lines))))


def _titled(title: str, source: str) -> list[str]:
    shown = [line for line in source.split("\n") if line][:_TEXT_LINES_MAX]
    return [title, *(piece for line in shown for piece in layout.text(f" {line}"))]


@command("trfvbuyer", table="na!s256 ni!s20 ad:s256 " + _PLACE, row="invoice")
def trfvbuyer(device: Device, args: Args) -> None:
    """Who buys."""
    data, section = _data(device), _section(args)
    if not args.text("na").strip():
        raise Refused(Code.INVOICE_BUYER)
    if not args.text("ni").strip():
        raise Refused(Code.TAX_NUMBER)
    data.buyer, data.buyer_nip = args.text("na"), args.text("ni")
    data.buyer_address, data.buyer_section = args.text("ad"), section


@command("trfvnumber", table="nb!s40 " + _PLACE, row="invoice")
def trfvnumber(device: Device, args: Args) -> None:
    """Number of the invoice."""
    data, section = _data(device), _section(args)
    if not args.text("nb").strip():
        raise Refused(Code.INVOICE_NUMBER)
    data.number, data.number_section = args.text("nb"), section


@command("trfvfreedata", table="tx!s64 sc:i", row="invoice")
def trfvfreedata(device: Device, args: Args) -> None:
    """A free line with markup; a hundred of them at most."""
    data, section = _data(device), _section(args)
    lines = layout.marked_up(args.text("tx").replace("\n", " "))
    if sum(len(line.strip()) for line in lines) > data.width:
        raise Refused(Code.TEXT_TOO_LONG)
    data.write_free(Note("", section, tuple(device.fit(lines))))


@command("trfvsep", table="sc!i", row="invoice")
def trfvsep(device: Device, args: Args) -> None:
    """A dotted line."""
    _data(device).write_free(Note("", _section(args), ("." * device.width,)))


@command("trfvcashmet", table="cm!b " + _PLACE, row="invoice")
def trfvcashmet(device: Device, args: Args) -> None:
    """Cash method."""
    _write(device, args, "trfvcashmet", ["Metoda kasowa"] if args.flag("cm") else [])


@command("trfvselfbill", table="sb!b " + _PLACE, row="invoice")
def trfvselfbill(device: Device, args: Args) -> None:
    """Self-billing."""
    _write(device, args, "trfvselfbill", ["Samofakturowanie"] if args.flag("sb") else [])


@command("trfvreverse", table="re!b " + _PLACE, row="invoice")
def trfvreverse(device: Device, args: Args) -> None:
    """Reverse charge."""
    _write(device, args, "trfvreverse", ["Odwrotne obciążenie"] if args.flag("re") else [])


@command("trfvtoursrv", table="ts!b " + _PLACE, row="invoice")
def trfvtoursrv(device: Device, args: Args) -> None:
    """Margin scheme of travel agencies."""
    word = layout.text("Procedura marży dla biur podróży")
    _write(device, args, "trfvtoursrv", word if args.flag("ts") else [])


@command("trfvfree", table="fr!b ba:s256 " + _PLACE, row="invoice")
def trfvfree(device: Device, args: Args) -> None:
    """Tax exemption and its legal basis."""
    _noted(device, args, "trfvfree", "fr", ("ba", "Podstawa zwolnienia:"))


@command("trfvrep", table="re!b rd:s256 " + _PLACE, row="invoice")
def trfvrep(device: Device, args: Args) -> None:
    """Tax representative."""
    _noted(device, args, "trfvrep", "re", ("rd", "Dane przedstawiciela:"))


@command("trfvthreeway", table="tw!b td:s256 " + _PLACE, row="invoice")
def trfvthreeway(device: Device, args: Args) -> None:
    """Triangular transaction."""
    _noted(device, args, "trfvthreeway", "tw", ("td", "Dane transakcji trójstronnej:"))


@command("trfvexecution", table="ex!b ed:s600 dd:s600 " + _PLACE, row="invoice")
def trfvexecution(device: Device, args: Args) -> None:
    """Enforcement: the authority and the debtor."""
    parts = (("ed", "Organ egzekucyjny:"), ("dd", "Dłużnik:"))
    _noted(device, args, "trfvexecution", "ex", *parts)


def _noted(device: Device, args: Args, name: str, switch: str, *parts: tuple[str, str]) -> None:
    lines: list[str] = []
    if args.flag(switch):
        _need(args, *(part for part, _ in parts))
        for part, title in parts:
            lines += _titled(title, args.text(part))
    _write(device, args, name, lines)


@command("trfvtransport", table="tr!b ad:d mi:s hr:i " + _PLACE, row="invoice")
def trfvtransport(device: Device, args: Args) -> None:
    """A new means of transport: when it was admitted, how far or how long it went."""
    lines: list[str] = []
    if args.flag("tr"):
        if not args.has("ad"):
            raise BadField(Code.MISSING_FIELD, "ad")
        lines = ["Nowy środek transportu", *layout.pair(" Data:", args.day("ad").isoformat())]
        if args.has("mi"):
            lines += layout.pair(" Przebieg [km]:", _mileage(args.text("mi")))
        if args.has("hr"):
            if args.number("hr") > _HOURS_MAX:
                raise BadField(Code.BAD_VALUE, "hr")
            lines += layout.pair(" Godziny robocze:", str(args.number("hr")))
    _write(device, args, "trfvtransport", lines)


def _mileage(source: str) -> str:
    whole, _, fraction = source.partition(",")
    is_number = whole.isascii() and whole.isdigit() and (not fraction or fraction.isdigit())
    fits = len(source) <= _MILEAGE_LENGTH_MAX and len(fraction) <= _MILEAGE_DECIMALS
    if not (is_number and fits):
        raise BadField(Code.BAD_VALUE, "mi")
    return source


@command("trfvothergoods", table="og!b gd:s256 " + _PLACE, row="invoice")
def trfvothergoods(device: Device, args: Args) -> None:
    """Margin scheme of used goods, art and antiques: one or more of three fixed texts."""
    lines: list[str] = []
    if args.flag("og"):
        _need(args, "gd")
        chosen = [line for line in args.text("gd").split("\n") if line]
        if not {line.casefold() for line in chosen} <= _MARGIN_GOODS:
            raise Refused(Code.PARAMETER)
        lines = [piece for line in chosen for piece in layout.text(line)]
    _write(device, args, "trfvothergoods", lines)
