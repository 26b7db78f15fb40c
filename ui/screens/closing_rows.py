"""The rows of the day close: figures, problems with their remedies, steps, the result. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code
from terminal.handbook.pages import HANDBOOK
from terminal.i18n import translate
from terminal.sale.waiting import in_words
from ui.amounts import zloty
from ui.widgets import row
from ui.words import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal.day.prechecks import Summary
    from terminal.errors import TillError
    from terminal.events import DayClosed
    from terminal.store.settings import Difference
    from ui.known import Known
    from ui.widgets.row import Row

_NARROW = 60
_LETTERS = "ABCDEFG"


def is_only_empty(summary: Summary) -> bool:
    """Whether all that stands in the way is that nothing was sold."""
    return [problem.code for problem in summary.problems] == [Code.NO_SALES]


def summary_rows(width: int, summary: Summary) -> list[Row]:
    """What the report will hold, everything that stands in its way, and the question."""
    rows = [*_figures(width, summary), row.row(width)]
    if summary.parked:
        names = ", ".join(summary.parked)
        text = translate("These receipts stay parked for the next day: {names}", names=names)
        rows += row.wrapped(width, text, row.WARN)
    for warning in summary.warnings:
        rows += row.wrapped(width, f"! {warning.code} {warning.sentence()}", row.WARN)
    for problem in summary.problems:
        rows += _problem(width, problem)
    if summary.problems and not is_only_empty(summary):
        text = translate("Put it right, then Enter: everything is looked at again.")
        return [*rows, row.row(width), *row.wrapped(width, text, row.STRONG)]
    if is_only_empty(summary):
        text = translate("An empty report uses up fiscal memory. Press * only if you must.")
        rows += [*row.wrapped(width, text), row.row(width)]
    return [*rows, *_question(width, summary)]


def _figures(width: int, summary: Summary) -> list[Row]:
    figures = (
        (translate("Report no."), str(summary.report_no)),
        (translate("Receipts"), str(summary.receipts)),
        (translate("Cancelled receipts"), str(summary.cancelled)),
        (translate("Total"), f"{zloty(summary.total_gr)} zł"),
        (translate("Not sent to the back office"), str(summary.unsent)),
        (translate("Parked receipts"), str(len(summary.parked))),
    )
    if summary.problems and not is_only_empty(summary):
        # What has to be done needs the room.
        short = ", ".join(f"{name} {value}" for name, value in figures[:4:3])
        return [row.row(width, (f" {short}", row.TEXT))]
    return _pairs(width, figures)


def _problem(width: int, problem: TillError) -> list[Row]:
    """What is wrong, and below it what to do."""
    rows = row.wrapped(width, f"! {problem.code} {problem.sentence()}", row.WARN)
    remedy = HANDBOOK[problem.code].remedy if problem.code in HANDBOOK else ""
    return [*rows, *row.wrapped(width, f"  > {translate(remedy)}")] if remedy else rows


def _question(width: int, summary: Summary) -> list[Row]:
    moments = translate(
        "Printer: {printer}   Till: {till}",
        printer=summary.printer_clock or "-",
        till=summary.till_clock or "-",
    )
    text = translate("Are date and time right? Enter makes the report: it cannot be undone.")
    if is_only_empty(summary):
        text = translate("Are date and time right?")
    wrong = translate("#: they are wrong. Nothing is sent then.")
    return [
        *row.wrapped(width, moments, row.STRONG),
        *row.wrapped(width, text, row.STRONG),
        *row.wrapped(width, wrong),
    ]


def step_rows(width: int, steps: Sequence[str], known: Known, left: int) -> list[Row]:
    """The steps so far, the last one under way; what the printer waits for, if it does."""
    last = len(steps) - 1
    rows = [
        row.row(
            width, (f" {'>' if no == last else '+'} {text}", row.STRONG if no == last else row.TEXT)
        )
        for no, text in enumerate(steps)
    ]
    if left:
        text = translate("The printer does not answer. Check its cable and power.")
        again = translate("It is asked again in {seconds} s.", seconds=left)
        rows += [row.row(width), *row.wrapped(width, text, row.WARN)]
        rows += row.wrapped(width, again, row.WARN)
    elif known.waits_for:
        text = translate("The printer waits: {reason}.", reason=in_words(known.waits_for))
        goes_on = translate("Put it right; printing goes on by itself.")
        rows += [row.row(width), *row.wrapped(width, f"{text} {goes_on}", row.WARN)]
    else:
        rows.append(row.row(width, (f"   {translate('Please wait…')}", row.DIM)))
    return rows


def failure_rows(width: int, steps: Sequence[str], error: TillError) -> list[Row]:
    """How far it came; the day is as open as before."""
    rows = [row.row(width, (f" + {text}", row.TEXT)) for text in steps]
    text = translate("The day is not closed. Put it right, then press Enter.")
    rows += _problem(width, error)
    return [*rows, row.row(width), *row.wrapped(width, text, row.STRONG)]


def asked_rows(width: int, what: str) -> list[Row]:
    """A question about what the printer does; whatever is answered, its counters decide."""
    if what == "settings":
        text = translate("Do new VAT rates or the header wait for a key at the printer?")
    else:
        text = translate("Was the daily report printed?")
    return [
        *row.wrapped(width, translate("The printer does not come to an end."), row.WARN),
        row.row(width),
        *row.wrapped(width, text, row.STRONG),
        *row.wrapped(
            width, translate("Either answer ends the waiting; the printer's counter tells.")
        ),
    ]


def result_rows(width: int, result: DayClosed) -> list[Row]:
    """Number, figures, printer against till, what was synchronised, what is pending, version."""
    text = translate("Daily report no. {no} is made.", no=result.report_no)
    figures = (
        (translate("Receipts"), str(result.receipts)),
        (translate("Total"), f"{zloty(result.total_gr)} zł"),
        (translate("Not sent to the back office"), str(result.unsent)),
        (translate("Version of the program"), result.version or "-"),
    )
    rows = [*row.wrapped(width, text, row.NOTE), row.row(width), *_pairs(width, figures)]
    rows += [row.row(width), *_difference(width, result.difference)]
    if names := [
        translate(ENTRIES[name]) for name in map(str.lower, result.synced) if name in ENTRIES
    ]:
        text = translate("Synchronised: {names}", names=", ".join(names))
        rows += [row.row(width), *row.wrapped(width, text)]
    rows.append(row.row(width))
    if not result.notes:
        return [*rows, *row.wrapped(width, translate("Everything is synchronised."))]
    rows += row.wrapped(width, translate("Please note:"), row.STRONG)
    for note in result.notes:
        rows += row.wrapped(width, f"- {note}", row.WARN)
    return rows


def _difference(width: int, found: Difference | None) -> list[Row]:
    """Each letter that differs."""
    if found is None:
        return row.wrapped(width, translate("Till and printer have the same totals."))
    text = translate("Totals differ. The printer's count; the office has both:")
    rows = row.wrapped(width, text, row.WARN)
    for letter, printer_gr, till_gr in zip(_LETTERS, found.printer_gr, found.local_gr, strict=True):
        if printer_gr != till_gr:
            text = translate(
                "Rate {letter}: printer {printer} zł, till {till} zł",
                letter=letter,
                printer=zloty(printer_gr),
                till=zloty(till_gr),
            )
            rows += row.wrapped(width, f"- {text}", row.WARN)
    return rows


def _pairs(width: int, pairs: Sequence[tuple[str, str]]) -> list[Row]:
    narrow = min(width, _NARROW)
    return [row.row(width, *row.ends(narrow, f" {name}", value)) for name, value in pairs]
