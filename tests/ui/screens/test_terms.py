"""The end of an order: a refusal keeps everything, a note and a day are kept at once."""

from __future__ import annotations

from terminal.errors import Code, Rejected
from terminal.field.draft import Draft
from tests.ui.fake_field import LINE
from ui.screens.terms import Terms


async def open_terms(sale, till, kind="ZS"):
    till.field.draft = Draft(kind, "c1", (LINE,))
    desk = sale.app.desk
    desk._hop(lambda: desk.open(Terms(desk, till.field.draft, "Lipa")))
    await sale.until("Enter confirms")


async def test_a_refusal_leaves_the_page_and_the_draft(sale, till):
    await open_terms(sale, till)
    till.field.refusal = Rejected(Code.NOT_LOGGED_IN)
    sale.keys("enter")
    await sale.until("E-47", "Enter confirms")
    assert till.field.draft is not None


async def test_an_empty_day_takes_the_day_away_and_the_note_stays(sale, till):
    await open_terms(sale, till, "OS")
    sale.keys("1").type("31122030").keys("enter")
    await sale.until("1 holds until: 2030-12-31")
    sale.keys("2", "8", "2", "5", "5", "enter")
    await sale.until("2 note: Tak")
    sale.keys("1", "enter")
    await sale.until("1 holds until: none", "2 note: Tak")
    assert (till.field.draft.due, till.field.draft.note) == ("", "Tak")
