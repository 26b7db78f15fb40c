"""Nobody is kept waiting: what a slow disk, printer or office does not answer is left by Esc."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from msgspec import structs

from terminal.engine import Engine
from tests.ui.shots import LOG_IN, StillTill
from ui.desk import Desk
from ui.key_names import ACTIONS
from ui.menu import MENU, SERVICE
from ui.screens.login import Login
from ui.screens.selling import Selling
from ui.widgets.row import plain

DOORS = {choice.verb: ("service", choice.path) for choice in SERVICE if choice.verb}
DOORS |= {choice.verb: ("menu", choice.path) for choice in MENU if choice.verb}
# A report is not left while it is made; keys behind a list
# are meant for that list: a name and Enter, typed at once, take what the name finds.
LISTS = {"sales", "customers", "orders", "quotes", "visits", "availability"}
KEEP = {"close_day", *LISTS}


class Never(Engine):
    """A thread that is busy with something else."""

    def call(self, do, *args, **kwargs):
        del do, args, kwargs
        return Future()


def at_the_counter(*keys: str) -> Desk:
    till = StillTill()
    till.settings = structs.replace(till.settings, cash_management=True)
    desk = Desk(till, lambda do: do(), lambda _: None)
    desk.start()
    press(desk, *LOG_IN.split())
    till.lookup = Never("lookup")
    press(desk, *keys)
    return desk


def press(desk: Desk, *keys: str) -> None:
    for word in keys:
        for key in [word] if word in ACTIONS else word:
            desk.press(key)


@pytest.mark.parametrize("verb", sorted(set(DOORS) - LISTS))
def test_a_page_that_waits_is_drawn_and_left(verb):
    desk = at_the_counter(*DOORS[verb])
    assert any(plain(line).strip() for line in desk.rows(80, 25)[2:24])
    press(desk, "esc", "esc", "esc")
    assert isinstance(desk.page, Selling | Login)


@pytest.mark.parametrize("verb", sorted(set(DOORS) - KEEP))
def test_so_is_one_that_has_begun(verb):
    desk = at_the_counter(*DOORS[verb], "enter", "enter")
    press(desk, "esc", "esc", "esc", "esc")
    assert isinstance(desk.page, Selling | Login)


def test_a_search_by_name_waits_for_no_key():
    desk = at_the_counter("mle")
    press(desk, "k", "esc", "esc")
    assert isinstance(desk.page, Selling)
