from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from terminal.sync.wire import Settings
from ui.known import Known
from ui.screens.technician import Technician


def facts(console, settings):
    desk = SimpleNamespace(
        till=SimpleNamespace(console=console), known=replace(Known(), settings=settings)
    )
    return [value for _name, value in Technician(desk).facts()]


def console(*names, is_listening=True):
    return SimpleNamespace(is_listening=is_listening, names=lambda: list(names))


def test_the_door_and_who_came_through_it():
    settings = Settings("settings", technicians_key="A" * 43 + "=", console_pin=True)
    answers, key, pin, names, _how = facts(console("J. Kowal", "A. Nowak"), settings)
    assert (answers, pin, names) == ("yes", "yes", "J. Kowal, A. Nowak")
    # Never the key itself: eight digits can be compared by telephone.
    assert len(key) == 8


def test_a_till_that_lets_nobody_in_says_so():
    for settings in (None, Settings("settings")):
        answers, key, pin, names, _how = facts(console(is_listening=False), settings)
        assert (answers, pin, names) == ("no", "no", "nobody")
        assert key == "none: no technician can log in"
