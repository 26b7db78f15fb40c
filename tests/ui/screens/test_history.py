from __future__ import annotations

import pytest

from terminal.store.exchanges import Cause, Exchange
from ui.screens.history import outcome

AT = "2026-11-22T10:15:30.000+01:00"


@pytest.mark.parametrize(
    ("exchange", "words"),
    [
        (Exchange(AT, "products", Cause.KEYS), "no changes"),
        (
            Exchange(AT, "products", Cause.KEYS, added=1, changed=2, removed=3, refused=4),
            "added 1, changed 2, removed 3, refused 4",
        ),
        (Exchange(AT, "all", Cause.KEYS, refused=1), "added 0, changed 0, removed 0, refused 1"),
        (Exchange(AT, "push", Cause.LEAVING, sent=0), "sent 0"),
        (Exchange(AT, "push", Cause.LEAVING, error="E-50 away"), "E-50 away"),
    ],
)
def test_how_it_ended(exchange, words):
    assert outcome(exchange) == words


async def test_the_list_says_when_who_why_what_and_the_marked_one_in_full(sale, till):
    till.shelf.exchanged = [
        Exchange(AT, "push", Cause.LEAVING, "Anna Nowak", error="E-50 " + "no answer " * 9),
        Exchange(AT, "products", Cause.START, "", added=17, refused=2),
    ]
    sale.keys("f10", "8", "4", "7")
    text = await sale.until("Synchronisation history", "11-22 10:15  Anna Nowak   log-out")
    first, second = text.splitlines()[2:4]
    assert first.startswith("> 11-22 10:15  Anna Nowak   log-out       Transactions")
    assert second.split() == ["11-22", "10:15", "-", "start", "Products", "+17", "~0", "-0", "!2"]
    # Told in full below.
    assert text.count("no answer") > 9
    sale.keys("down")
    await sale.until("Products, start: added 17, changed 0, removed 0, refused 2")
    till.shelf.exchanged = []
    sale.keys("f5")
    await sale.until("Nothing here")
