"""Plan a visit, come, go, agree upon the next one: what is asked on the way. No pages here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.days import shown
from ui.screens.text_field import TextField
from ui.screens.when import ask_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sync.wire import Customer, Visit
    from ui.desk import Desk

SUBJECT_MAX = 120
NOTE_MAX = 2000


def plan(desk: Desk, one: Customer, then: Callable[[Visit], object] | None = None) -> None:
    """Ask when a customer is visited, and why; then plan it."""
    title = translate("Visit: {name}", name=one.name)

    def planned(visit: Visit) -> None:
        when = shown(visit.at, desk.till.now())
        if then is not None:
            then(visit)
        desk.say(translate("Planned: {when}, {name}", when=when, name=one.name))

    def named(at: str, subject: str) -> None:
        verb = partial(desk.till.field.plan_visit, one.id, at, subject)
        desk.order(desk.till.engine.call(verb), planned)

    def timed(at: str) -> None:
        page = TextField(
            desk,
            f"{title}, {shown(at, desk.till.now())}",
            translate("Subject (may be empty)"),
            partial(named, at),
            length_max=SUBJECT_MAX,
            may_be_empty=True,
        )
        desk.open(page)

    ask_moment(desk, title, timed, is_needed=True)


def come(desk: Desk, visit: Visit, then: Callable[[Visit], object]) -> None:
    """The visit begins now."""
    desk.order(desk.till.engine.call(desk.till.field.begin_visit, visit.id), then)


def go(desk: Desk, visit: Visit, name: str, then: Callable[[Visit], object]) -> None:
    """The visit is over: what came of it, and when the next one is."""

    def timed(note: str, next_at: str) -> None:
        verb = partial(desk.till.field.end_visit, visit.id, note, next_at)
        desk.order(desk.till.engine.call(verb), then)

    def noted(note: str) -> None:
        title = translate("Next visit: {name}", name=name)
        ask_moment(desk, title, partial(timed, note))

    page = TextField(
        desk,
        translate("End of the visit: {name}", name=name),
        translate("What came of it"),
        noted,
        text=visit.note,
        length_max=NOTE_MAX,
        may_be_empty=True,
    )
    desk.open(page)


def give_up(desk: Desk, visit: Visit, then: Callable[[Visit], object]) -> None:
    """The visit does not take place, for a reason."""

    def said(reason: str) -> None:
        verb = partial(desk.till.field.cancel_visit, visit.id, reason)
        desk.order(desk.till.engine.call(verb), then)

    title, prompt = translate("The visit does not take place"), translate("Reason (may be empty)")
    desk.open(TextField(desk, title, prompt, said, may_be_empty=True))
