"""Whether a report was made: the counter says so, and a silent printer is asked until it does."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from drivers.errors import InDoubt
from terminal.day import recovery
from terminal.events import ClosingStep, PrinterChanged
from tests.terminal.fake_printer import FakePrinter, refuse


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(recovery, "_RETRY_S", 0.01)
    told: list[object] = []
    return SimpleNamespace(
        printer=FakePrinter(), stopping=threading.Event(), told=told, tell=told.append
    )


def test_no_report_more_is_none_made(context: SimpleNamespace) -> None:
    found = recovery.find_out(context, context.printer.now)
    assert (found.counters, found.reports) == (context.printer.now, ())


def test_every_report_since_the_intent_is_read_back(context: SimpleNamespace) -> None:
    base = context.printer.now
    context.printer.make_report()
    context.printer.make_report()
    found = recovery.find_out(context, base)
    assert [report.number for report in found.reports] == [1, 2]
    assert context.told == [PrinterChanged(is_online=True)]


def test_a_silent_printer_is_asked_again_with_a_countdown(context: SimpleNamespace) -> None:
    context.printer.fault("counters", refuse(InDoubt()), refuse(InDoubt()))
    assert recovery.find_out(context, context.printer.now).reports == ()
    kinds = [type(event) for event in context.told]
    assert kinds == [*[PrinterChanged, ClosingStep] * 2, PrinterChanged]
    assert context.told[0].retry_s == recovery._RETRY_S


def test_a_till_that_is_switched_off_stops_asking(context: SimpleNamespace) -> None:
    context.printer.is_off = True
    context.stopping.set()
    assert recovery.find_out(context, context.printer.now) is None
