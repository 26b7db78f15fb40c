"""The foot of a printout: what was asked for once, and the extra lines after a receipt.

Source: protocol.md §9, appendix A (ftrcfg, trftrln).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.registry import Prints, command

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

FOOTER_LINES_MAX = 60
# The words before the text of each line, by its number (trftrln id).
_WORDS = (
    *("Nr transakcji:", "Punkty:", "Suma punktów:", "Nr rejestracyjny:", "Nazwisko:", "Karta:"),
    *("Numer karty:", "Ważna do:", "Kasjer:", "Nazw. kasjera:", "Zaliczka:", "Waluta:"),
    *("Przelicznik:", "Nr zamówienia:", "Nr pracownika:", "Nazw. pracownika:"),
    *("Konto przed tr.:", "Przyznano:", "Wykorzystano:", "Konto po trans.:", "Klient stały:"),
    *("Voucher:", "Wartość Voucher:", "Zapłata Voucher:", "", " " * 15),
    "Ilość sprzedanych towarów:",
    *("Numer pracownika:", "Numer klienta:", "Udzielono łącznie rabatów:", "Numer:", "Kod:"),
    *("Nazwa:", "Opis:", "Liczba:", "Klient:", "Kwota:", "Promocja:", "Info:", "Do faktury:"),
    *("Ad.:", "", ""),
)
_MARKED_UP = 41
NOWHERE, ABOVE, BELOW = 0, 1, 2
NO_FEED, NO_HEAD = 2, 3


@dataclass(slots=True)
class Footer:
    """What ``ftrcfg`` and ``ftrinfoset`` asked for on the next printout only.

    ``code_place`` is where the prepared two-dimensional code goes: nowhere, above or below the bar
    code. ``end`` is 0 for feed and cut, 1 for feed, 2 for neither, 3 for no header of the next
    document either.
    """

    system_no: str = ""
    barcode: str = ""
    info: str = ""
    cashier: str = ""
    desk: str = ""
    code_place: int = NOWHERE
    end: int = 0


@command("trftrln", table="id!i na:s56 sw:b sh:b", row="footer", prints=Prints.ALWAYS)
def trftrln(device: Device, args: Args) -> None:
    """Print an extra footer line."""
    number, text = args.number("id"), args.text("na")
    if number >= len(_WORDS):
        raise Refused(Code.FOOTER_LINE_NUMBER)
    if len(text) > device.width:
        raise BadField(Code.BAD_LENGTH, "na")
    if device.footer_lines >= FOOTER_LINES_MAX:
        raise Refused(Code.FOOTER_LINES_MAX)
    device.footer_lines += 1
    if number == _MARKED_UP:
        lines = layout.marked_up(text)
    else:
        lines = layout.pair(_WORDS[number], text) if _WORDS[number] else layout.text(text)
    shown = device.fit(lines)
    device.memory.append("footer_line", {"id": number, "text": text, "lines": shown})
    if not device.ram.is_paperless:
        device.paper.write(shown)


@command("trftrend", row="footer", prints=Prints.ALWAYS)
def trftrend(device: Device, _args: Args) -> None:
    """Finish the footer."""
    end_footer(device)


def end_footer(device: Device) -> None:
    """Let the receipt go: its fiscal part was finished before."""
    device.memory.append("footer_end", {"at": device.moment()})
    device.footer_lines = 0
    if not device.ram.is_paperless:
        device.paper.write([""])
