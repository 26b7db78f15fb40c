"""A look at a version on trial waits for nobody for long; test_updates has the whole of it."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from terminal.update import trial, trying
from terminal.update.trial import Health
from terminal.update.trying import Trying
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_printer_that_hangs_is_silent_and_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "_LOOK_S", 0.0)
    monkeypatch.setattr(trying, "_ANSWER_S", 0.01)
    monkeypatch.setattr(trial, "STEADY_S", 0.0)
    gate = Event()
    with desk(tmp_path) as shop:
        shop.start()
        asked = shop.printer.count("counters")
        shop.printer.fault("counters", lambda effect: gate.wait(20) and effect())
        one = Trying(shop.context, lambda: True)
        assert [one.look().health for _ in range(5)] == [Health.SILENT] * 5
        assert shop.printer.count("counters") == asked + 1
        gate.set()
        monkeypatch.setattr(trying, "_ANSWER_S", 20.0)
        assert one.look().health is Health.GREEN


def test_the_seconds_that_are_left_run_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "_LOOK_S", 0.0)
    with desk(tmp_path) as shop:
        shop.start()
        look = Trying(shop.context, lambda: True).look()
    assert look.health is Health.PENDING
    assert 50 < look.seconds_left <= 60
