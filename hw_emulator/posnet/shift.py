"""Reports of the shift and of the cash in the drawer. Neither is fiscal.

Source: protocol.md §12, §17, appendix A (shiftrep, cashstaterep, cashrep).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.layout import money, pair
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.report_layout import show_minute

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args


@command("cashstaterep", row="idle", prints=Prints.ALWAYS)
@command("cashrep", row="idle", prints=Prints.ALWAYS, old=True)
def cashstaterep(device: Device, _args: Args) -> None:
    """Print the cash in the drawer."""
    device.print_document("", pair("STAN KASY", money(device.books.cash_gr)))


@command("shiftrep", table="sh!s8 zr:b", row="idle", prints=Prints.ALWAYS)
def shiftrep(device: Device, args: Args) -> None:
    """Print the shift report; zrT starts the shift anew."""
    books = device.books
    shift = books.shift
    rows = (
        ("Zmiana:", args.text("sh")),
        ("Kasjer:", books.cashier),
        ("Sprzedaż:", money(shift.totals_gr)),
        ("ILOŚĆ PARAGONÓW:", str(shift.receipts)),
        ("ILOŚĆ ANULOWANYCH PARAGONÓW:", str(shift.cancelled)),
        ("Liczba stornowanych pozycji:", str(shift.stornos)),
        ("Wpłaty do kasy:", money(shift.paid_in_gr)),
        ("Wypłaty z kasy:", money(shift.paid_out_gr)),
        ("STAN KASY:", money(books.cash_gr)),
        ("Początek zmiany:", show_minute(shift.started_at)),
        ("Koniec zmiany:", show_minute(device.moment())),
    )
    lines = [piece for label, value in rows for piece in pair(label, value)]
    device.print_document("RAPORT ZMIANOWY", lines, resets_shift=args.flag("zr"))
