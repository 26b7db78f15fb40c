"""When somebody is asked, and when it is only waited."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from terminal.day import patience
from terminal.day.patience import Patience
from terminal.events import ClosingAsked, PrinterChanged


class Stand:
    """Patience with a clock of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now_s = 0.0
        self.told: list[object] = []
        monkeypatch.setattr(patience.time, "monotonic", lambda: self.now_s)
        context = SimpleNamespace(engine=SimpleNamespace(listen=self._keep), tell=self.told.append)
        self.patience = Patience(context)

    def _keep(self, listener) -> None:
        self.hear = listener

    def after(self, seconds: float) -> list[object]:
        """What is asked when the ticker comes then."""
        self.now_s += seconds
        before = len(self.told)
        self.patience.tick()
        return self.told[before:]


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    return Stand(monkeypatch)


def test_the_question_comes_once_and_goes_with_the_command(stand: Stand) -> None:
    with stand.patience.over("report"):
        assert stand.after(89.9) == []
        assert stand.after(0.2) == [ClosingAsked("report")]
        assert (stand.after(100), stand.patience.asked) == ([], "report")
    assert (stand.told[-1], stand.patience.asked) == (ClosingAsked(""), "")
    assert stand.after(100) == []


def test_a_command_that_ends_in_time_asks_nobody(stand: Stand) -> None:
    with stand.patience.over("report"):
        stand.after(10)
    assert stand.told == []


@pytest.mark.parametrize("waits_for", ["no_paper", "cover", "overheated", "cutter", "power"])
def test_nobody_is_asked_while_somebody_need_only_come(stand: Stand, waits_for: str) -> None:
    with stand.patience.over("report"):
        stand.hear(PrinterChanged(is_online=True, waits_for=waits_for))
        assert stand.after(500) == []
        stand.hear(PrinterChanged(is_online=True))
        # It prints on: its time begins anew.
        assert stand.after(80) == []
        assert stand.after(10) == [ClosingAsked("report")]


def test_a_key_at_the_printer_is_asked_about(stand: Stand) -> None:
    with stand.patience.over("settings"):
        stand.hear(PrinterChanged(is_online=True, waits_for="waiting_key"))
        assert stand.after(91) == [ClosingAsked("settings")]


def test_an_error_on_the_way_withdraws_the_question(stand: Stand) -> None:
    def fail() -> None:
        with stand.patience.over("report"):
            stand.after(91)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert stand.told[-1] == ClosingAsked("")
