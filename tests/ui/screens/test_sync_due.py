"""The question to synchronise: over nothing that is sold, and on the way to a document."""

from __future__ import annotations

from datetime import timedelta

from terminal import events
from terminal.sync.wire import Settings
from tests.ui.conftest import running
from ui.screens.selling import Selling
from ui.screens.sync_due import SyncDue, before_document


async def test_it_says_how_old_the_data_is_and_what_later_means(sale, till):
    till.settings = Settings("settings", language="en", remind_every_min=60, remind_snooze_min=10)
    till.sync_reminder.last_at = till.now() - timedelta(minutes=75)
    sale.app.desk.look()
    till.engine.tell(events.SyncWanted())
    await sale.until("(75 minutes ago)", "It is asked again in 10 minutes.")
    till.engine.tell(events.SyncWanted())
    sale.keys("esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))
    assert [call for call in till.calls if call == ("put_off_sync",)] == [("put_off_sync",)]


async def test_enter_sends_and_fetches_at_once(sale, till):
    till.engine.tell(events.SyncWanted())
    await sale.until("Not everything has been fetched yet.")
    sale.keys("enter")
    await sale.until("documents sent", "changed 4")
    assert [call for call in till.calls if call[0] in {"push", "pull"}] == [
        ("push",),
        ("pull", "all"),
    ]
    sale.keys("enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))


async def test_whoever_types_or_sells_is_not_interrupted(sale, till):
    sale.keys("1")
    till.engine.tell(events.SyncWanted())
    sale.keys("enter")
    await sale.until("Mleko")
    till.engine.tell(events.SyncWanted())
    await sale.until("Mleko", "TOTAL")
    assert not any(isinstance(page, SyncDue) for page in sale.app.desk.pages)


async def test_before_a_document_either_answer_goes_on_to_it(sale, till):
    begun: list[str] = []
    desk = sale.app.desk

    def begin(name):
        desk._hop(lambda: before_document(desk, lambda: begun.append(name)))

    begin("unasked")
    await sale.true(lambda: begun == ["unasked"])
    till.sync_reminder.is_wanted = True
    begin("later")
    await sale.until("synchronise now")
    sale.keys("esc")
    await sale.true(lambda: begun == ["unasked", "later"])
    till.sync_reminder.is_wanted = True
    begin("synchronised")
    await sale.until("synchronise now")
    sale.keys("enter")
    await sale.until("changed 4")
    sale.keys("enter")
    await sale.true(lambda: begun[-1] == "synchronised")
    assert isinstance(desk.page, Selling)


async def test_a_training_has_nobody_to_synchronise_with(till):
    till.sync_reminder.is_wanted = True
    begun: list[str] = []
    async with running(till, is_training=True) as screen:
        await screen.log_in()
        till.engine.tell(events.SyncWanted())
        desk = screen.app.desk
        desk._hop(lambda: before_document(desk, lambda: begun.append("begun")))
        await screen.true(lambda: begun == ["begun"])
        assert isinstance(desk.page, Selling)
