from __future__ import annotations

from concurrent.futures import Future
from types import SimpleNamespace

from terminal.errors import Code, SyncError
from terminal.events import Downloading, Pulled, PullProgress
from ui.exchanging import PUSH, Run, counted, refresh


async def test_a_run_goes_through_its_parts_and_ends_once(sale, till):
    ended = []
    run = Run(sale.app.desk, ("users", PUSH, "products"), {}, lambda: ended.append(1))
    assert not run.is_over
    run.start()
    await sale.true(lambda: run.is_over, "the end")
    assert ended == [1]
    assert till.calls == [("pull", "users"), ("push",), ("pull", "products")]


async def test_what_failed_is_told_and_stops_nothing(sale, till):
    till.refuse_pull = SyncError(Code.NO_NETWORK)
    run = Run(sale.app.desk, ("users", PUSH), {}, lambda: None)
    run.start()
    await sale.true(lambda: run.is_over, "the end")
    assert "E-50" in shown(run)
    assert "3 documents sent" in shown(run)


async def test_refresh_says_so_when_nothing_has_changed(sale, till):
    shown = []
    till.pull = lambda entry: done([Pulled("users", 0, 0, 0)])
    refresh(sale.app.desk, "users", lambda: shown.append(1))
    await sale.until("Up to date: nothing has changed")
    assert shown == [1]


async def test_refresh_of_documents_sends_them(sale, till):
    refresh(sale.app.desk, PUSH, lambda: None)
    await sale.until("3 documents sent", "all sent")


def test_a_set_in_a_sentence():
    one = Pulled("users", 1, 2, 3, (("u1", "why"),))
    assert counted(one) == "Users: added 1, changed 2, removed 3, refused 1"
    assert counted(Pulled("users", 0, 0, 0)) == "Users: no changes"


def done(result):
    future = Future()
    future.set_result(result)
    return future


async def test_what_waits_for_the_end_of_the_receipt_says_so(sale, till):
    till.pull = lambda entry, ever=False: done([Pulled("products", 0, 2, 0, is_staged=True)])
    run = Run(sale.app.desk, ("products",), {}, lambda: None)
    run.start()
    await sale.true(lambda: run.is_over, "the end")
    assert "In force when the open receipt ends" in shown(run)
    refresh(sale.app.desk, "products", lambda: None)
    await sale.until("In force when the open receipt ends; Products: added 0, changed 2")


def test_a_file_shows_how_much_of_it_is_here():
    run = Run(SimpleNamespace(), ("all",), {}, lambda: None)
    run.hear(Downloading(1024 * 300, 1024 * 600))
    run._part = "all"
    assert "A file with all data comes (KiB)" in shown(run)
    assert "300/600" in shown(run)
    run.hear(PullProgress("products", 2000))
    assert "Products: 2000 rows received" in shown(run)


def shown(run):
    return "\n".join("".join(words for words, _ in line) for line in run.rows(78))
