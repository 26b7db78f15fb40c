"""Commands of the cashier and of the cash in the drawer. All of it is non-fiscal.

Source: protocol.md appendix A, "Cashier and cash operations", and the sample printouts of
POT-I-DEV-37. Cash payments of receipts move the cash in the drawer as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import printing
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.layout import money, pair
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.values import CASH_MAX, Fields

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_WORK_BEGINS, _WORK_ENDS = "Rozpoczęcie pracy\nkasjera", "Zakończenie pracy\nkasjera"


@command("login", table="na!s32 nk:s8 dr:b", row="idle", prints=Prints.WHEN_ASKED)
def login(device: Device, args: Args) -> None:
    """Log a cashier in; his name is printed on everything that follows."""
    _check(device, args)
    names = {"cashier": args.text("na"), "desk": args.text("nk")}
    device.keep({k: v for k, v in names.items() if v})
    if args.flag("dr"):
        device.print_document(_WORK_BEGINS, _who(device))


@command("logout", table="na:s32 nk:s8 dr:b", row="idle", prints=Prints.WHEN_ASKED)
def logout(device: Device, args: Args) -> None:
    """Log the cashier out."""
    _check(device, args)
    if args.flag("dr"):
        device.print_document(_WORK_ENDS, _who(device, args.text("na")))
    device.keep({"cashier": "", "desk": device.books.desk})


def _check(device: Device, args: Args) -> None:
    if args.flag("dr"):
        printing.check_room(device)


def _who(device: Device, name: str = "") -> list[str]:
    books = device.books
    return [*pair("Kasjer", name or books.cashier), *pair("Numer kasy", books.desk)]


@command("cash", table="kw!i wp!b", row="idle", prints=Prints.ALWAYS)
def cash(device: Device, args: Args) -> None:
    """Pay cash in (wpT) or out.

    Paying out more than there is leaves nothing and is refused (503), paying in more than the
    drawer can count leaves the last amount and is refused (502).
    """
    amount = args.number("kw")
    if not 0 < amount <= CASH_MAX:
        raise BadField(Code.BAD_VALUE, "kw")
    is_in = args.flag("wp")
    change = amount if is_in else -amount
    state = device.books.cash_gr + change
    if state < 0:
        device.keep({"cash_gr": 0})
        raise Refused(Code.CASH_BELOW_ZERO)
    if state > CASH_MAX:
        device.keep({"cash_gr": amount})
        raise Refused(Code.CASH_TOO_MUCH)
    lines = pair("Wpłata do kasy" if is_in else "Wypłata z kasy", money(amount))
    more = {"resets_shift": False, "cash_gr": change, "paid_gr": change}
    printing.print_document(device, "", lines, kind="nonfiscal", more=more)


@command("scashstate")
def scashstate(device: Device, _args: Args) -> Fields:
    """Cash in the drawer."""
    return [("cs", str(device.books.cash_gr))]


@command("stocash", table="kw!i", row="idle", prints=Prints.ALWAYS)
def stocash(device: Device, args: Args) -> None:
    """Print a goods return; no total moves."""
    device.print_document("", pair("Zwrot towaru", money(args.number("kw"))))
