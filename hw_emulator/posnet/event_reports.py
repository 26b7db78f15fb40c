"""Event reports: what happened to the printer between two daily reports or two days.

Source: protocol.md appendix A (eventsrepbynumbers) and its sample printout in POT-I-DEV-37.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout, printing, report_layout
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.ledger import Kind, kind_of
from hw_emulator.posnet.period_reports import check_dates, check_numbers, day_of
from hw_emulator.posnet.registry import Prints, command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

# Types of events by their number, in the order they are printed.
NAMES = {
    1: "FISKALIZACJA",
    4: "TRYB TYLKO DO ODCZYTU",
    10: "TRYB SERWISOWY WŁĄCZ./WYŁĄCZ.",
    16: "PRZEGLĄD TECHNICZNY",
    12: "KASOWANIE ALGORYTMU WERYFIKUJĄCEGO",
    14: "ZMIANA DATY I CZASU",
    3: "ZMIANA STAWEK PTU",
    5: "ZMIANA WALUTY EWIDENCYJNEJ",
    11: "WYMIANA PAMIĘCI CHRONIONEJ",
    17: "BŁĄD WERYFIKACJI PAM. CHRONIONEJ",
    2: "ZEROWANIE PAMIĘCI OPERACYJNEJ",
    13: "ŹRÓDŁO AKTUALIZACJI PROGRAMU PRACY",
    8: "AKTUALIZACJA PROGRAMU PRACY",
    9: "BŁĄD AKTUALIZACJI PROGRAMU PRACY",
    15: "WYMIANA KLUCZA PUBLICZNEGO",
    6: "KONFIGURACJA PRZEKAZU DANYCH",
    18: "AWARIA ZASILANIA",
    19: "UTRATA CIĄGŁOŚCI NR DOKUMENTÓW",
    7: "ZMIANA ADRESU PUNKTU SPRZEDAŻY",
    20: "BŁĄD WERYFIKACJI DANYCH",
    21: "ZAPEŁNIENIE PAM. CHRONIONEJ",
    22: "ZAPEŁNIENIE PAM. FISKALNEJ",
    23: "ODŁĄCZENIE MECH. DRUKUJĄCEGO",
    24: "SYTUACJE AWARYJNE",
    25: "BRAK PRZEKAZU KLUCZA PUBLICZNEGO",
}
# Kinds of records of the fiscal memory by the numbers the report knows them by.
_NUMBERS = {
    Kind.FISCALISATION: 1,
    Kind.RAM_RESET: 2,
    Kind.RATES: 3,
    Kind.READ_ONLY: 4,
    Kind.CURRENCY: 5,
    Kind.CONNECTION: 6,
    Kind.ADDRESS: 7,
    Kind.FIRMWARE: 8,
    Kind.FIRMWARE_FAILED: 9,
    Kind.SERVICE_MODE: 10,
    Kind.MEMORY_CHANGE: 11,
    Kind.ALGORITHM_ERASED: 12,
    Kind.UPDATE_SOURCE: 13,
    Kind.CLOCK: 14,
    Kind.KEY: 15,
    Kind.INSPECTION: 16,
    Kind.MEMORY_VERIFICATION: 17,
    Kind.POWER_FAILURE: 18,
    Kind.NUMBERING: 19,
    Kind.DATA_VERIFICATION: 20,
    Kind.PROTECTED_MEMORY_FULL: 21,
    Kind.FISCAL_MEMORY_FULL: 22,
    Kind.PRINTER_UNPLUGGED: 23,
    Kind.DISPLAY_UNPLUGGED: 24,
    Kind.KEY_NOT_DELIVERED: 25,
}
_TITLE = "RAPORT FISKALNY ZDARZEŃ"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``report_no`` is the daily report it falls into."""

    kind: int
    at: str
    report_no: int


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Events among the records of a memory, oldest first."""
    report_no, at = 1, ""
    for record in records:
        at = record.get("at", at)
        if kind := _kind(record):
            yield Event(kind, at, report_no)
        report_no += record["kind"] == "report" and record["number"] > 0


def _kind(record: Record) -> int:
    if record["kind"] == "born" and not record["is_fiscal"]:
        return 0
    kind = kind_of(record)
    return _NUMBERS.get(kind, 0) if kind else 0


@command("eventsrepbynumbers", table="fn!i tn!i ty!i su:b", row="idle", prints=Prints.ALWAYS)
def eventsrepbynumbers(device: Device, args: Args) -> None:
    """Print the events between two daily reports."""
    first, last = check_numbers(device, args)
    reports = device.books.reports
    span = [
        *layout.pair(
            f"OD {report_layout.show_minute(reports[first - 1]['at'])}",
            f"DO {report_layout.show_minute(reports[last - 1]['at'])}",
        ),
        *layout.pair(f"OD RFD {first}", f"DO RFD {last}"),
    ]
    _print(device, args, "wg RFD", span, lambda event: first <= event.report_no <= last)


@command("eventsrepbydates", table="fd!d2042 td!d2043 ty!i su:b", row="idle", prints=Prints.ALWAYS)
def eventsrepbydates(device: Device, args: Args) -> None:
    """Print the events between two days."""
    first, last = check_dates(device, args)
    span = layout.pair(f"OD {first.isoformat()}", f"DO {last.isoformat()}")
    _print(device, args, "wg dat", span, lambda event: first <= day_of(event.at) <= last)


def _print(
    device: Device,
    args: Args,
    order: str,
    span: list[str],
    is_chosen: Callable[[Event], bool],
) -> None:
    wanted = args.number("ty")
    if wanted and wanted not in NAMES:
        raise Refused(Code.EVENT_TYPE)
    kinds = [wanted] if wanted else list(NAMES)
    found = [e for e in events(device.memory.records) if e.kind in kinds and is_chosen(e)]
    if not found and not args.flag("su"):
        raise Refused(Code.NO_EVENTS)
    lines = [*span, layout.RULE]
    if not args.flag("su"):
        for event in found:
            lines += layout.pair(NAMES[event.kind], report_layout.show_minute(event.at))
        lines.append(layout.RULE)
    lines.append("PODSUMOWANIE ILOŚCI ZDARZEŃ")
    for kind in kinds:
        lines += layout.pair(NAMES[kind], str(sum(event.kind == kind for event in found)))
    title = f"{_TITLE} {order}" + (" ŁĄCZNY" if args.flag("su") else "")
    printing.print_readout(device, title, [*lines, layout.RULE])
