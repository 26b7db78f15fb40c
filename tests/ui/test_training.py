"""Training on the screen: it cannot be mistaken, and it begins and ends by its menu entry."""

from __future__ import annotations

import pytest

from tests.ui.conftest import running
from ui.screens.selling import Selling
from ui.training import SIGN

PAGES = [(), ("f10",), ("f2",), (",",), ("f10", "5"), ("f10", "9", "1"), ("*",), ("f1",), ("f9",)]


@pytest.mark.parametrize("keys", PAGES, ids=str)
async def test_every_page_of_a_training_says_so_twice(till, keys):
    async with running(till, is_training=True) as screen:
        await screen.until("Identifier")
        assert screen.text.count(SIGN) == 2
        await screen.log_in()
        screen.keys(*keys)
        await screen.until("menu")
        await screen.true(lambda: screen.text.count(SIGN) == 2, f"{keys}")
        assert {len(line) for line in screen.text.splitlines()} == {80}
        # What is said goes before the foot, never before the heading.
        screen.app.desk.refuse_text("no")
        assert SIGN in "".join(text for text, _ in screen.app.desk.rows(80, 25)[1])


async def test_no_page_of_the_real_till_says_so(sale):
    sale.keys("1", "enter")
    await sale.until("1 item")
    assert "TRAINING" not in sale.text


async def test_it_begins_after_a_question_and_locks_the_real_till(till):
    async with running(till, is_training=False) as screen:
        await screen.log_in()
        screen.keys("1", "enter", "f10", "8", "8")
        await screen.until("Begin a training?")
        screen.keys("esc")
        await screen.until("8  Training")
        assert till.operator is not None
        screen.keys("8", "enter")
        await screen.true(lambda: screen.app.return_value is True)
    assert till.operator is None
    assert len(till.receipt.lines) == 1


async def test_whoever_is_in_it_may_end_it(till):
    till.rights = frozenset({"sell"})
    async with running(till, is_training=True) as screen:
        await screen.log_in()
        screen.keys("f10", "8")
        await screen.until("8  End the training")
        screen.keys("8")
        await screen.true(lambda: screen.app.return_value is True)


async def test_beginning_one_needs_the_right(till):
    till.rights = frozenset({"sell"})
    async with running(till, is_training=False) as screen:
        await screen.log_in()
        screen.keys("f10", "8", "8")
        await screen.until("E-48")


async def test_a_screen_without_training_says_so(till):
    async with running(till, is_training=None) as screen:
        await screen.log_in()
        screen.keys("f10", "8", "8")
        await screen.until("There is no training on this screen")
        assert isinstance(screen.app.desk.pages[0], Selling)
