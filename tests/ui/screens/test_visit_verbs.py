"""What is asked on the way of a visit, apart from the pages that lead there."""

from __future__ import annotations

from terminal.errors import Code, Rejected
from terminal.sync.wire import Customer
from tests.ui.fake_field import visit
from ui.screens.visit_verbs import come, go, plan


async def test_a_refusal_is_told_and_nothing_goes_on(sale, till):
    begun: list[object] = []
    till.field.refusal = Rejected(Code.VISIT_CLOSED)
    desk, one = sale.app.desk, visit(1, till.now().isoformat())
    desk._hop(lambda: come(desk, one, begun.append))
    await sale.until("E-196")
    assert begun == []


async def test_what_was_noted_before_is_there_to_go_on_with(sale, till):
    till.shelf.calendar = [visit(1, till.now().isoformat(), note="Zadzwonić")]
    ended: list[object] = []
    desk = sale.app.desk
    desk._hop(lambda: go(desk, till.shelf.calendar[0], "Lipa", ended.append))
    await sale.until("End of the visit: Lipa", "Zadzwonić_")
    sale.keys("enter", "enter")
    await sale.true(lambda: len(ended) == 1)
    assert till.calls[-1] == ("end_visit", "v1", "Zadzwonić", "")


async def test_a_visit_is_planned_without_a_list_of_visits(sale, till):
    desk = sale.app.desk
    desk._hop(lambda: plan(desk, Customer("c2", "Jan Dąb")))
    await sale.until("Visit: Jan Dąb")
    sale.keys("enter").type("9").keys("enter", "enter")
    await sale.until("Planned: ", "09:00, Jan Dąb")
