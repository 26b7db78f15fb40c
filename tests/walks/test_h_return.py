"""Walk (h): sold at one till, taken back at another and at the first; judged by the office."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from terminal import events
from terminal.errors import Code, Rejected
from terminal.sale.entries import Wish
from terminal.sync.wire import code_of
from tests.shop import WAIT_S, Counter, counter, wait_until


def sent(one: Counter) -> None:
    one.till.push().result(WAIT_S)
    wait_until(lambda: one.view().unsent.count == 0, "uploaded")


def cash_gr(one: Counter) -> int | None:
    """What the printer believes to be in the drawer."""
    context = one.running.context
    return context.devices.call(context.printer.cash_state).result(WAIT_S)


def wish(qty_milli: int) -> Wish:
    return Wish("return", {0: qty_milli}, reason="uszkodzone")


def judged(folder) -> list[tuple[str, str, str]]:
    asked = (
        "SELECT e.terminal, e.kind, v.reason FROM journal_entry e JOIN verdict v"
        " USING (company, terminal, epoch, seq) WHERE e.kind IN ('receipt', 'return', 'cash')"
        " ORDER BY e.received_at, e.terminal, e.seq"
    )
    with closing(sqlite3.connect(folder / "office.db")) as db:
        return db.execute(asked).fetchall()


def test_a_receipt_comes_back_in_parts_at_two_tills(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with counter(tmp_path / "one") as one, counter(tmp_path / "two", office=False) as two:
        two.office = one.office
        two.till_folder.mkdir()
        two.enrol("T2")
        for each in (one, two):
            each.start_till()
            each.ready()
        two.sell("2", "2", "2")
        sold = one.sell("1").receipt
        one.do(one.till.sell, "1", 3000)
        since = one.heard.mark()
        one.do(one.till.pay, one.method("cash"))
        whole = one.heard.wait(events.ReceiptPrinted, since).receipt
        assert code_of(sold.rid) in one.paper
        assert code_of(whole.rid) in one.paper
        sent(one)

        found = two.till.returns.find(code_of(whole.rid)).result(WAIT_S)
        assert (found.receipt.terminal, found.is_sure) == ("T1", True)
        first = two.do(two.till.returns.enter, found, wish(2000))
        sent(two)
        wait_until(lambda: not two.journal("SELECT 1 FROM cash_due"), "the printer knows")

        case = one.till.returns.seek(whole.rid).result(WAIT_S)
        assert [entry.rid for entry in case.entries] == [first.rid]
        with pytest.raises(Rejected) as caught:
            one.do(one.till.returns.enter, case, wish(2000))
        assert caught.value.code is Code.MORE_THAN_SOLD
        last = one.do(one.till.returns.enter, case, wish(1000))
        assert first.total_gr + last.total_gr == whole.total_gr
        wait_until(lambda: one.journal("SELECT 1 FROM document WHERE kind = 'cash'"), "booked")
        sent(one)
        ((body,),) = one.journal("SELECT body FROM document WHERE kind = 'cash'")
        assert json.loads(body)["amount_gr"] == -last.total_gr
        taken_gr = sold.total_gr + whole.total_gr - last.total_gr
        assert cash_gr(one) == taken_gr
        assert {reason for _terminal, _kind, reason in judged(one.folder)} == {""}

        # Sold out: nothing of it comes back anywhere.
        again = two.till.returns.find(code_of(whole.rid)).result(WAIT_S)
        assert all(not left.qty_milli and not left.gross_gr for left in again.left)
