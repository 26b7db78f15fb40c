"""Training on the screen: how it begins, how it ends, and what says on every page that it is on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.menu import ANYBODY
from ui.screens.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk
    from ui.menu import Choice

# In both languages, whatever the screen speaks: nobody may take it for the real one.
SIGN = "SZKOLENIE - TRAINING"
VERB = "training"


@dataclass(frozen=True, slots=True)
class Training:
    """Whether this screen is one for training; ``switch`` ends it and shows the other."""

    is_on: bool
    switch: Callable[[], object]


def menu_of(menu: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The menu during a training: whoever is in it may leave it."""
    end = {"right": ANYBODY, "title": _("End the training"), "help": _("Back to the real till")}
    return tuple(replace(one, **end) if one.verb == VERB else one for one in menu)


def switch(desk: Desk) -> None:
    """Begin a training, or end it; the real till is locked before."""
    training = desk.training
    if training is None:
        desk.refuse_text(translate("There is no training on this screen"))
    elif training.is_on:
        training.switch()
    else:
        text = translate(
            "Begin a training? Nothing is printed, counted, sent or kept; the real till is locked"
            " and its receipt waits. Log in with your own PIN; menu 8 8 ends the training."
        )
        lock = desk.till.lock
        begin = training.switch
        desk.open(Question(desk, text, lambda: _begin(desk, lock, begin)))


def _begin(desk: Desk, lock: Callable[[], None], begin: Callable[[], object]) -> None:
    desk.order(desk.till.engine.call(lock), lambda _: begin())
