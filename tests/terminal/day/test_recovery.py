"""Whether a report was made: the counter says so, and a silent printer is asked until it does."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt
from terminal.day import recovery
from terminal.errors import Code
from terminal.events import ClosingStep, PrinterChanged, SellingBlocked
from tests.terminal.fake_printer import NO_PAPER, READY, FakePrinter, refuse

if TYPE_CHECKING:
    from drivers.fiscal import Counters


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(recovery, "RETRY_S", 0.01)
    told: list[object] = []
    return SimpleNamespace(
        printer=FakePrinter(), strangers=[], stopping=threading.Event(), told=told, tell=told.append
    )


def find_out(context: SimpleNamespace, base: Counters, **how: bool) -> recovery.Finding | None:
    return recovery.find_out(context, base, context.strangers.append, **how)


def test_after_a_good_answer_the_printer_is_asked_for_its_counters_only(
    context: SimpleNamespace,
) -> None:
    find_out(context, context.printer.now, is_answered=True)
    assert context.printer.asked == ["counters"]
    context.printer.fault("counters", refuse(InDoubt()))
    find_out(context, context.printer.now, is_answered=True)
    assert context.printer.asked[1:] == ["counters", "connect", "status", "counters"]


def test_no_report_more_is_none_made(context: SimpleNamespace) -> None:
    found = find_out(context, context.printer.now)
    assert (found.counters, found.reports) == (context.printer.now, ())


def test_every_report_since_the_intent_is_read_back(context: SimpleNamespace) -> None:
    base = context.printer.now
    context.printer.make_report()
    context.printer.make_report()
    found = find_out(context, base)
    assert [report.number for report in found.reports] == [1, 2]
    assert context.told == [PrinterChanged(is_online=True)]


def test_a_silent_printer_is_asked_again_with_a_countdown(context: SimpleNamespace) -> None:
    context.printer.fault("counters", refuse(InDoubt()), refuse(InDoubt()))
    assert find_out(context, context.printer.now).reports == ()
    kinds = [type(event) for event in context.told]
    assert kinds == [*[PrinterChanged, ClosingStep] * 2, PrinterChanged]
    assert context.told[0].retry_s == recovery.RETRY_S


def test_a_printer_without_paper_is_asked_nothing_but_how_it_is(
    context: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "_LOOK_EVERY_S", 0.0)
    states = [NO_PAPER, NO_PAPER, READY]
    monkeypatch.setattr(context.printer, "status", lambda: states.pop(0))
    assert find_out(context, context.printer.now).reports == ()
    assert context.printer.count("counters") == 1
    waits = [it.waits_for for it in context.told if isinstance(it, PrinterChanged)]
    assert waits == ["no_paper", "no_paper", ""]


def test_another_printer_stops_selling_until_the_own_one_is_back(
    context: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = context.printer.now
    other = replace(base, unique_no="XYZ 1", reports=40)
    answers = [other, other, base]
    monkeypatch.setattr(context.printer, "counters", lambda: answers.pop(0))
    assert find_out(context, base).reports == ()
    assert context.strangers == [other]
    blocks = [it.reason for it in context.told if isinstance(it, SellingBlocked)]
    assert [reason and reason.code for reason in blocks] == [Code.WRONG_PRINTER, None]


def test_a_till_that_is_switched_off_stops_asking(context: SimpleNamespace) -> None:
    context.printer.is_off = True
    context.stopping.set()
    assert find_out(context, context.printer.now) is None
