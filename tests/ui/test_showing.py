"""Which till is on the screen, and when the program ends."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from terminal import config
from ui import showing
from ui.line import Line

CONFIG = config.Config(printer=config.Printer(url="/dev/null"))


class Named(str):
    """A till that is known by its name, with what may end its program."""

    __slots__ = ("updates",)


REAL, PRACTICE = SimpleNamespace(till=Named("real")), SimpleNamespace(till=Named("practice"))


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ([None], ["real"]),
        ([True, True, None], ["real", "practice", "real"]),
        ([True, None], ["real", "practice"]),
    ],
)
def test_one_after_the_other(monkeypatch, answers, shown):
    seen, open_ones, given = [], [], iter(answers)
    updates = REAL.till.updates = SimpleNamespace(leave=None, screen_lives=lambda: None)

    def app(till, *, is_training, allow_quit=False, **_more):
        assert is_training is (till == "practice")
        assert allow_quit is (till == "real")
        seen.append(till)
        one = SimpleNamespace(leave=lambda: None)

        def run(**_):
            # Whichever is shown, an update ends it.
            assert updates.leave is one.leave
            return next(given)

        one.run = run
        return one

    @contextmanager
    def training(_config, running):
        assert running is REAL
        open_ones.append(running)
        yield PRACTICE
        open_ones.pop()

    monkeypatch.setattr(showing, "KasoApp", app)
    monkeypatch.setattr(showing, "training", training)
    monkeypatch.setattr(showing.signal, "signal", lambda *_: None)
    showing.show(CONFIG, REAL, Line(), allow_quit=True)
    assert (seen, open_ones) == (shown, [])


def test_what_the_program_started_with_is_not_collected_again():
    lasting = [[] for _ in range(1000)]
    try:
        showing.settle()
        assert gc.get_freeze_count() > len(lasting)
        showing.settle()
        assert not any(one is lasting for one in gc.get_objects())
    finally:
        gc.unfreeze()
