from __future__ import annotations

from concurrent.futures import Future

from terminal.errors import Code, SyncError
from terminal.sync.datasets import sets_of
from terminal.sync.wire import SETS
from ui.exchanging import PUSH
from ui.screens.selling import Selling
from ui.screens.wizard import STEPS


def test_the_steps_leave_nothing_out_and_fetch_nothing_twice():
    names = [
        name for step in STEPS for part in step.parts if part != PUSH for name in sets_of(part)
    ]
    assert sorted(names) == sorted(SETS)
    assert STEPS[-1].parts == (PUSH,)


async def test_customers_then_products_then_documents(sale, till):
    sale.keys("f10", "8", "4", "6")
    await sale.until("Step 1 of 3: Customers", "Changes waiting: 3", "Enter = synchronise")
    assert not till.calls
    sale.keys("enter")
    await sale.until("added 17", "Enter continue")
    sale.keys("enter")
    await sale.until("Step 2 of 3", "Changes waiting: 14", "Products", "12", "Users")
    sale.keys("enter")
    await sale.until("added 17", "Enter continue")
    sale.keys("enter")
    await sale.until("Step 3 of 3: Documents", "Transactions: 3 to send")
    sale.keys("enter")
    await sale.until("3 documents sent", "Enter continue")
    sale.keys("enter")
    await sale.until("Synchronisation is finished")
    assert isinstance(sale.app.desk.page, Selling)
    assert till.calls == [
        ("pull", "customers"),
        ("pull", "configuration"),
        ("pull", "users"),
        ("pull", "products"),
        ("push",),
    ]


async def test_the_second_time_everything_is_zero_and_enter_goes_on(sale, till):
    till.changes = {}
    till._push()
    sale.keys("f10", "0")
    for wanted in (
        ("Step 1 of 3", "Changes waiting: 0"),
        ("Step 2 of 3", "Changes waiting: 0"),
        ("Step 3 of 3", "Transactions: 0 to send"),
    ):
        await sale.until(*wanted, "Nothing to do: Enter = continue")
        sale.keys("enter")
    await sale.until("Synchronisation is finished")
    assert not till.calls


async def test_without_the_office_it_says_so_and_every_step_can_be_passed(sale, till):
    till.refuse_pull = till.refuse_push = SyncError(Code.NO_NETWORK)
    sale.keys("f10", "0")
    for title in ("Step 1 of 3", "Step 2 of 3"):
        await sale.until(title, "E-50", "Enter = synchronise")
        sale.keys("enter")
        await sale.until(title, "E-50", "Enter continue")
        sale.keys("enter")
    await sale.until("Step 3 of 3", "3 to send")
    sale.keys("enter")
    await sale.until("E-50", "Enter continue")
    sale.keys("enter")
    await sale.until("Synchronisation is finished")


async def test_leaving_does_not_end_what_runs(sale, till):
    slow = Future()
    till.pull = lambda entry, ever: slow
    sale.keys("f10", "0")
    await sale.until("Changes waiting: 3")
    sale.keys("enter")
    await sale.until("0/3", "sell on")
    sale.keys("enter", "esc", "1", "enter")
    await sale.until("Mleko")
    slow.set_result([])
    await sale.until("Synchronisation is finished")
