"""How fiscal reports look: one day, and a period of days. Pure.

Tax is computed from the gross sum of a day, once per rate; a period adds days up (§11.6).
Source: protocol.md §12 and the sample printouts of POT-I-DEV-37.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.posnet.arithmetic import vat_of
from hw_emulator.posnet.day import zeros
from hw_emulator.posnet.layout import (
    CURRENCY,
    LETTERS,
    RULE,
    centred,
    money,
    pair,
    rate_table,
    text,
)
from hw_emulator.posnet.values import EXEMPT, INACTIVE, RATES

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record

NEARLY_FULL = 60
_INVOICE = "FV"


@dataclass(slots=True)
class Sums:
    """Gross, tax and all rates met per letter, of receipts or of invoices."""

    gross_gr: list[int] = field(default_factory=zeros)
    tax_gr: list[int] = field(default_factory=zeros)
    rates_bp: list[set[int]] = field(default_factory=lambda: [set() for _ in range(RATES)])

    def add(self, totals_gr: list[int], rates_bp: list[int]) -> None:
        """Add a day."""
        for letter, (total, rate) in enumerate(zip(totals_gr, rates_bp, strict=True)):
            self.gross_gr[letter] += total
            self.tax_gr[letter] += vat_of(total, rate)
            if rate < INACTIVE:
                self.rates_bp[letter].add(rate)

    def net(self, suffix: str) -> tuple[list[str], list[str]]:
        """Lines of taxed and of exempt sale; letters in use are printed with zero amounts, too."""
        taxed: list[str] = []
        exempt: list[str] = []
        for index, letter in enumerate(LETTERS):
            net = money(self.gross_gr[index] - self.tax_gr[index])
            if self._is_taxed(index):
                taxed += pair(f"SPRZEDAŻ OPODATKOWANA PTU {letter}{suffix}", net)
            elif self.rates_bp[index]:
                exempt += pair(f"SPRZEDAŻ ZWOLNIONA {letter}{suffix}", net)
        return taxed, exempt

    def tax(self, suffix: str) -> list[str]:
        """Lines of tax; a plus marks a letter whose rate changed within the period."""
        lines: list[str] = []
        for index, letter in enumerate(LETTERS):
            if self._is_taxed(index):
                mark = " +" if len(self.rates_bp[index]) > 1 else ""
                lines += pair(f"KWOTA PTU {letter}{suffix}{mark}", money(self.tax_gr[index]))
        return lines

    def _is_taxed(self, index: int) -> bool:
        return any(rate < EXEMPT for rate in self.rates_bp[index])


@dataclass(slots=True)
class Period:
    """Days added up; a day by itself is a period of one."""

    receipts: Sums = field(default_factory=Sums)
    invoices: Sums = field(default_factory=Sums)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, report: Record) -> None:
        """Add a day."""
        rates = report["rates_bp"]
        self.receipts.add(report["totals_gr"], rates)
        self.invoices.add(report.get("invoice_totals_gr", zeros()), rates)
        for name, value in report.items():
            if isinstance(value, int):
                self.counts[name] = self.counts.get(name, 0) + value

    @property
    def gross_gr(self) -> int:
        """Everything sold."""
        return sum(self.receipts.gross_gr) + sum(self.invoices.gross_gr)

    def sales(self) -> list[str]:
        """Net sale and tax per rate, receipts first."""
        taxed, exempt = self.receipts.net("")
        taxed_fv, exempt_fv = self.invoices.net(_INVOICE)
        taxes = [*self.receipts.tax(""), *self.invoices.tax(_INVOICE)]
        return [*taxed, *taxed_fv, *exempt, *exempt_fv, *taxes]

    def totals(self) -> list[str]:
        """Sum of tax and of sale."""
        tax = sum(self.receipts.tax_gr) + sum(self.invoices.tax_gr)
        return [
            *pair("ŁĄCZNA KWOTA PTU", money(tax)),
            *pair("ŁĄCZNA SPRZEDAŻ BRUTTO", money(self.gross_gr)),
        ]

    def events(self) -> list[str]:
        """Emergencies, settings and changes of the goods base."""
        local, online = self._count("local_events"), self._count("online_events")
        return [
            "ZDARZENIA",
            *pair(" SYTUACJE AWARYJNE", str(self._count("emergencies"))),
            *pair(" PROGRAMOWANIE", f"L-{local} / O-{online}"),
            *pair(" ZMIANY W BAZIE", str(self._count("goods_changes"))),
        ]

    def documents(self) -> list[str]:
        """How many documents there were, and what the cancelled ones were worth."""
        lines = pair(f"PARAGONY {self._count('receipts')}", f"FAKTURY {self._count('invoices')}")
        for name, word in (("cancelled", "PARAGONY"), ("cancelled_invoices", "FAKTURY")):
            value = f"{self._count(name)} / {money(self._count(name + '_gr'))}"
            lines += pair(f"{word} ANULOWANE", value)
        return lines + pair("DOKUMENTY NIEFISKALNE", str(self._count("nonfiscal")))

    def _count(self, name: str) -> int:
        return self.counts.get(name, 0)


def period_of(reports: list[Record]) -> Period:
    """Reports added up."""
    period = Period()
    for report in reports:
        period.add(report)
    return period


def show_minute(at: str) -> str:
    """ISO date-time as printed; nothing is dashes."""
    return at[:16].replace("T", " ") or "-" * 16


def day(report: Record, reports_left: int) -> list[str]:
    """A daily report from its title to its footer."""
    period = period_of([report])
    warning = [f"POZOSTAŁO RAPORTÓW DOBOWYCH: {reports_left}"]
    return [
        *_from_to(report),
        RULE,
        *rate_table(report["rates_bp"]),
        RULE,
        *period.sales(),
        *period.totals(),
        RULE,
        *pair("WALUTA EWIDENCYJNA", CURRENCY),
        RULE,
        *period.events(),
        RULE,
        *period.documents(),
        *(warning if reports_left <= NEARLY_FULL else []),
        RULE,
    ]


def _from_to(report: Record) -> list[str]:
    first, last = show_minute(report["first_sale"]), show_minute(report["last_sale"])
    return pair(f"OD:{first}", f"DO:{last}")


def summary(reports: list[Record]) -> list[str]:
    """The sum of a period."""
    period = period_of(reports)
    return [
        centred("PODSUMOWANIE"),
        RULE,
        centred(CURRENCY),
        *period.sales(),
        *period.totals(),
        RULE,
        *period.events(),
        RULE,
        *period.documents(),
        RULE,
    ]


def days(reports: list[Record]) -> list[str]:
    """Each day of a period; the rates are printed where they change."""
    lines: list[str] = []
    rates: list[int] = []
    for report in reports:
        period = period_of([report])
        lines += pair("RAPORT FISKALNY DOBOWY", str(report["number"]))
        lines += [*_from_to(report), RULE]
        if report["rates_bp"] != rates:
            rates = report["rates_bp"]
            lines += [*rate_table(rates), RULE]
        lines += [*period.sales(), *period.totals(), RULE]
        lines += [*pair("WALUTA EWIDENCYJNA", CURRENCY), RULE]
    return lines


def span(reports: list[Record], born_at: str) -> list[str]:
    """Which period it is."""
    first, last = reports[0], reports[-1]
    return [
        *text(f"FISKALIZACJA: {show_minute(born_at)}"),
        RULE,
        *pair(f"OD {show_minute(first['at'])}", f"DO {show_minute(last['at'])}"),
        *pair(f"OD RAPORTU {first['number']}", f"DO RAPORTU {last['number']}"),
        RULE,
    ]
