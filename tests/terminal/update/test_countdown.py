"""Seconds that run, and two answers that end them."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import pytest

from terminal.update import countdown
from terminal.update.countdown import Countdown
from tests.shop import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable


def test_it_runs_to_its_end_and_shows_each_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(countdown, "_SECOND_S", 0.001)
    shown: list[int] = []
    assert Countdown(shown.append).run(3) is True
    assert shown == [3, 2, 1]


@pytest.mark.parametrize(("say", "wanted"), [(Countdown.now, True), (Countdown.no, False)])
def test_an_answer_ends_it(say: Callable[[Countdown], None], wanted: bool) -> None:
    shown: list[int] = []
    one, ended = Countdown(shown.append), []
    thread = Thread(target=lambda: ended.append(one.run(1000)))
    thread.start()
    wait_until(lambda: shown, "it runs")
    say(one)
    thread.join(20)
    assert ended == [wanted]


def test_an_answer_before_it_begins_is_for_another_one() -> None:
    one = Countdown(lambda _: None)
    one.no()
    assert one.run(0) is True
