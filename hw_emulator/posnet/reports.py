"""Commands of the fiscal reports: the daily one, which zeroes the day, and those out of memory.

Source: protocol.md §11.6, §12.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.arithmetic import vat_of
from hw_emulator.posnet.clock import check_today
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.values import EXEMPT, INACTIVE

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args


@command("dailyrep", table="da:d up:b", row="idle", prints=Prints.ALWAYS, key_without="da")
def dailyrep(device: Device, args: Args) -> None:
    """Print the daily report and zero the day."""
    check_today(device, args)
    make_daily_report(device)


def make_daily_report(device: Device) -> None:
    """The daily report; raises Refused for a second zero report or a full memory."""
    books = device.books
    is_zero = books.totals_are_zero
    if books.is_fiscal and is_zero and books.zero_reports:
        raise Refused(Code.ZERO_REPORT)
    if books.is_fiscal and len(books.reports) >= device.reports_max:
        raise Refused(Code.REPORTS_USED_UP)
    at = device.moment()
    number = books.next_report_no if books.is_fiscal else 0
    record = {
        "at": at,
        "number": number,
        "header_no": books.header_no + 1,
        "is_zero": is_zero,
        "rates_bp": list(books.rates_bp),
        **asdict(books.day),
    }
    signature = hashlib.sha256(repr((books.signature, record)).encode()).hexdigest()[:40].upper()
    text = [*layout.head(books, "RAPORT FISKALNY DOBOWY"), layout.RULE]
    text += [*layout.pair("Numer raportu", str(number)), *_day_lines(record), layout.RULE]
    text += device.take_foot(at, signature=signature)
    device.memory.append("report", {**record, "signature": signature})
    device.paper.write(text)


def _day_lines(record: Record) -> list[str]:
    first, last = record["first_sale"], record["last_sale"]
    lines = [
        *layout.pair("OD", first[:16].replace("T", " ") or "---"),
        *layout.pair("DO", last[:16].replace("T", " ") or "---"),
        layout.RULE,
        *layout.rate_table(record["rates_bp"]),
        layout.RULE,
        *_taxes(record["totals_gr"], record["rates_bp"]),
        layout.RULE,
    ]
    counts = (
        ("LICZBA PARAGONÓW", record["receipts"]),
        ("LICZBA FAKTUR", 0),
        ("LICZBA ANULOWANYCH PARAGONÓW", record["cancelled"]),
        ("LICZBA WYDRUKÓW NIEFISKALNYCH", record["nonfiscal"]),
        ("ZMIANY W BAZIE TOWARÓW", record["goods_changes"]),
        ("LICZBA AWARII", record["emergencies"]),
        ("LICZBA ZDARZEŃ LOKALNYCH", record["local_events"]),
    )
    for label, count in counts:
        lines += layout.pair(label, str(count))
    lines += layout.pair("WARTOŚĆ ANULOWANYCH", layout.money(record["cancelled_gr"]))
    return lines


def _taxes(totals_gr: list[int], rates_bp: list[int]) -> list[str]:
    lines: list[str] = []
    tax_total = 0
    for letter, total, rate in zip(layout.LETTERS, totals_gr, rates_bp, strict=True):
        if rate == INACTIVE:
            continue
        tax = vat_of(total, rate)
        tax_total += tax
        word = "ZWOLNIONA" if rate == EXEMPT else "OPODATK. NETTO"
        lines += layout.pair(f"SPRZEDAŻ {word} {letter}", layout.money(total - tax))
        if rate < EXEMPT:
            lines += layout.pair(f"KWOTA PTU {letter}", layout.money(tax))
    return [
        *lines,
        *layout.pair("ŁĄCZNA KWOTA PTU", layout.money(tax_total)),
        *layout.pair("NALEŻNOŚĆ PLN", layout.money(sum(totals_gr))),
    ]


@command("periodicrepbynumbers", table="fn!i tn!i su:b", row="idle", prints=Prints.ALWAYS)
def periodicrepbynumbers(device: Device, args: Args) -> None:
    """Print the period between two daily reports."""
    first, last = args.number("fn"), args.number("tn")
    if not first or not last:
        raise Refused(Code.REPORT_NUMBER_ZERO)
    if first > last:
        raise Refused(Code.REPORT_RANGE)
    if last > len(device.books.reports):
        raise Refused(Code.REPORT_NUMBER_TOO_BIG)
    _print_period(device, device.books.reports[first - 1 : last], args, "RAPORT FISKALNY OKRESOWY")


@command("periodicrepbydates", table="fd!d td!d su:b", row="idle", prints=Prints.ALWAYS)
def periodicrepbydates(device: Device, args: Args) -> None:
    """Print the period between two days."""
    first, last = args.day("fd"), args.day("td")
    if first > last:
        raise Refused(Code.DATE_RANGE)
    if first > device.clock().date():
        raise Refused(Code.PERIOD_STARTS_LATER)
    if last < _day_of(device.books.born_at):
        raise Refused(Code.PERIOD_ENDS_EARLIER)
    chosen = [r for r in device.books.reports if first <= _day_of(r["at"]) <= last]
    _print_period(device, chosen, args, "RAPORT FISKALNY OKRESOWY")


@command("monthlyrep", table="da!d su:b", row="idle", prints=Prints.ALWAYS)
def monthlyrep(device: Device, args: Args) -> None:
    """Print a month."""
    month = args.day("da").replace(day=1)
    if month > device.clock().date():
        raise Refused(Code.PERIOD_STARTS_LATER)
    chosen = [r for r in device.books.reports if _day_of(r["at"]).replace(day=1) == month]
    _print_period(device, chosen, args, "RAPORT FISKALNY MIESIĘCZNY")


def _day_of(at: str) -> date:
    return datetime.fromisoformat(at).date()


def _print_period(device: Device, chosen: list[Record], args: Args, title: str) -> None:
    if not chosen:
        raise Refused(Code.NO_RECORD)
    lines: list[str] = []
    if not args.flag("su"):
        for report in chosen:
            label = f"{report['number']:04d} {report['at'][:10]}"
            lines += layout.pair(label, layout.money(sum(report["totals_gr"])))
        lines.append(layout.RULE)
    totals = [sum(column) for column in zip(*(r["totals_gr"] for r in chosen), strict=True)]
    for letter, total in zip(layout.LETTERS, totals, strict=True):
        if total:
            lines += layout.pair(f"SPRZEDAŻ BRUTTO {letter}", layout.money(total))
    taxes = sum(
        vat_of(total, rate)
        for report in chosen
        for total, rate in zip(report["totals_gr"], report["rates_bp"], strict=True)
    )
    lines += layout.pair("ŁĄCZNA KWOTA PTU", layout.money(taxes))
    lines += layout.pair("NALEŻNOŚĆ PLN", layout.money(sum(totals)))
    lines += layout.pair("LICZBA RAPORTÓW", str(len(chosen)))
    lines += layout.pair("LICZBA PARAGONÓW", str(sum(r["receipts"] for r in chosen)))
    device.print_document(title, lines, kind="printout")
