"""Commands of the cashier and of the cash in the drawer. All of it is non-fiscal.

Source: protocol.md appendix A, "Cashier and cash operations".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.values import CASH_MAX, Fields

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args


@command("login", table="na!s32 nk:s8 dr:b", row="idle", prints=Prints.WHEN_ASKED)
def login(device: Device, args: Args) -> None:
    """Log a cashier in; his name is printed on everything that follows."""
    names = {"cashier": args.text("na"), "desk": args.text("nk")}
    device.keep({k: v for k, v in names.items() if v})
    if args.flag("dr"):
        device.print_document("ROZPOCZĘCIE PRACY KASJERA", [args.text("na")])


@command("logout", table="na:s32 nk:s8 dr:b", row="idle", prints=Prints.WHEN_ASKED)
def logout(device: Device, args: Args) -> None:
    """Log the cashier out."""
    name = args.text("na") or device.books.cashier
    if args.flag("dr"):
        device.print_document("ZAKOŃCZENIE PRACY KASJERA", [name])
    device.keep({"cashier": "", "desk": device.books.desk})


@command("cash", table="kw!i wp!b", row="idle", prints=Prints.ALWAYS)
def cash(device: Device, args: Args) -> None:
    """Pay cash in (wpT) or out; paying out more than there is leaves zero and is refused (503)."""
    amount = args.number("kw")
    if not 0 < amount <= CASH_MAX:
        raise BadField(Code.BAD_VALUE, "kw")
    is_in = args.flag("wp")
    state = device.books.cash_gr + (amount if is_in else -amount)
    if state < 0:
        device.keep({"cash_gr": 0})
        raise Refused(Code.CASH_BELOW_ZERO)
    device.keep({"cash_gr": state})
    word = "WPŁATA" if is_in else "WYPŁATA"
    lines = [
        *layout.pair(word, layout.money(amount)),
        *layout.pair("STAN KASY", layout.money(state)),
    ]
    device.print_document(f"{word} DO KASY" if is_in else f"{word} Z KASY", lines)


@command("scashstate")
def scashstate(device: Device, _args: Args) -> Fields:
    """Cash in the drawer, as far as ``cash`` told."""
    return [("cs", str(device.books.cash_gr))]


@command("stocash", table="kw!i", row="idle", prints=Prints.ALWAYS)
def stocash(device: Device, args: Args) -> None:
    """Print a goods return; no total moves."""
    device.print_document("ZWROT TOWARU", layout.pair("KWOTA", layout.money(args.number("kw"))))


@command("cashstaterep", row="idle", prints=Prints.ALWAYS)
def cashstaterep(device: Device, _args: Args) -> None:
    """Print the cash in the drawer."""
    lines = layout.pair("STAN KASY", layout.money(device.books.cash_gr))
    device.print_document("RAPORT STANU KASY", lines)


@command("shiftrep", table="sh!s8 zr:b", row="idle", prints=Prints.ALWAYS)
def shiftrep(device: Device, args: Args) -> None:
    """Print the shift report; zrT starts the shift anew."""
    shift = device.books.shift
    lines = [
        *layout.pair("ZMIANA", args.text("sh")),
        *layout.pair("SPRZEDAŻ", layout.money(shift.totals_gr)),
        *layout.pair("LICZBA PARAGONÓW", str(shift.receipts)),
        *layout.pair("LICZBA ANULOWANYCH", str(shift.cancelled)),
        *layout.pair("STAN KASY", layout.money(device.books.cash_gr)),
    ]
    device.print_document("RAPORT ZMIANY", lines, resets_shift=args.flag("zr"))
