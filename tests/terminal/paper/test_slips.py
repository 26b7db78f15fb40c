from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest

from drivers.errors import NotReady, Unreachable
from terminal import events
from terminal.engine import Engine
from terminal.errors import Code, Rejected
from terminal.paper.slips import Equipment, Slips
from terminal.paper.state import State
from terminal.people.rights import Approval, lent
from terminal.sale.ledger import Ledger
from terminal.sync.wire import Right, Shop
from tests.terminal.paper.desk_of_slips import (
    ANNA,
    NO_PAPER,
    SLIP,
    WELL,
    close_day,
    make_context,
    queue,
    told,
)
from tests.terminal.sale.test_tender import BILL, OWED, pays

WAIT_S = 10.0


# --- verbs ---------------------------------------------------------------------------------------


def test_a_test_printout(slips, paper):
    job = slips.print_trial().result()
    assert job.kind == "trial"
    assert paper.printed[0].title == "Test printout"
    assert "ąć" in [row.text for row in paper.printed[0].rows]
    slips.print_trial().result()
    assert len(paper.printed) == 2


def test_slips_speak_the_language_of_the_papers_whatever_the_screen_does(slips, paper):
    slips._read_language = lambda: "pl"
    slips.print_trial().result()
    assert paper.printed[0].title == "Wydruk testowy"
    slips._read_language = lambda: ""
    slips.print_trial().result()
    assert paper.printed[1].title == "Test printout"


def test_the_drawer(slips, paper, journal):
    slips.open_drawer().result()
    assert paper.kicks == 1
    (body,) = journal.execute("SELECT body FROM document").fetchone()
    assert (json.loads(body)["name"], json.loads(body)["operator"]) == ("drawer_opened", "Anna")
    paper.state = NotReady("cover")
    with pytest.raises(Rejected) as caught:
        slips.open_drawer().result()
    assert caught.value.sentence() == "Receipt printer: cover open"
    paper.state = Unreachable("x")
    with pytest.raises(Rejected, match="does not answer"):
        slips.open_drawer().result()


def test_the_drawer_by_the_right_of_another(slips, paper):
    anna = replace(ANNA, rights=frozenset())
    slips._operator = lambda: anna
    refused = slips.open_drawer()
    assert refused.exception().right is Right.DRAWER
    refused.again(lent(Approval(Right.DRAWER, anna, "Marek"))).result()
    assert paper.kicks == 1


@pytest.mark.parametrize("verb", ["print_trial", "open_drawer", "again", "seen", "drop", "copy"])
@pytest.mark.parametrize("who", [None, "nobody"])
def test_who_may_not(slips, paper, journal, verb, who):
    (job,) = queue(slips, "1")
    operator = None
    if who:
        operator = ANNA.__class__("u0", "0", "Nikt", "", frozenset(), "")
    slips._operator = lambda: operator
    arguments = [job.id] if verb in {"again", "seen", "drop", "copy"} else []
    with pytest.raises(Rejected) as caught:
        getattr(slips, verb)(*arguments).result()
    assert caught.value.code is (Code.NO_RIGHT if who else Code.NOT_LOGGED_IN)
    assert len(paper.printed) == 1
    assert journal.execute("SELECT count(*) FROM document").fetchone() == (0,)


def test_a_till_without_a_receipt_printer_queues_nothing(context):
    slips = Slips(context, Equipment())
    slips.start(lambda: ANNA)
    slips.tick()
    for ask in (lambda: slips.print("trial", "1", SLIP), slips.print_trial, slips.open_drawer):
        with pytest.raises(Rejected) as caught:
            ask().result()
        assert caught.value.code is Code.NO_RECEIPT_PRINTER
    assert slips.jobs().result() == []
    assert not slips.is_set_up
    assert slips.stop(1.0)


# --- the day close -------------------------------------------------------------------------------


def test_each_day_close_is_printed_once(slips, paper, context, engine):
    engine.tell(close_day(context, 1))
    engine.tell(events.DayClosed(1, 100, 1, ()))
    engine.tell(close_day(context, 2))
    titles = [slip.title for slip in paper.printed]
    assert titles == ["Day close, daily report 1", "Day close, daily report 2"]


def test_a_day_close_that_a_crash_kept_from_the_queue_is_printed_at_the_start(
    slips, context, paper
):
    close_day(context, 1)
    again = Slips(context, Equipment(paper), lambda: Shop("shop", "Lipa", "5261040828"))
    again.start(lambda: None)
    assert [slip.title for slip in paper.printed] == ["Day close, daily report 1"]
    assert paper.printed[0].rows[0].text == "Lipa"
    Slips(context, Equipment(paper)).start(lambda: None)
    assert len(paper.printed) == 1


def test_a_day_close_waits_for_room_in_the_queue(slips, paper, context, engine, monkeypatch):
    paper.state = NO_PAPER
    queue(slips, "1")
    monkeypatch.setattr("terminal.paper.book.UNFINISHED_MAX", 1)
    engine.tell(close_day(context, 1))
    assert told(engine, events.Failed)[-1].error.code is Code.SLIPS_FULL
    paper.state = WELL
    slips.tick()
    engine.tell(events.DayClosed(1, 100, 1, ()))
    assert [slip.title for slip in paper.printed] == ["Kwit", "Day close, daily report 1"]


# --- bills ---------------------------------------------------------------------------------------


def make_bill(context, rid):
    ledger, receipt = Ledger(context), replace(OWED, rid=rid)
    ledger.store(None, receipt)
    return events.BillMade(*ledger.bill(receipt, pays(receipt, BILL, receipt.total_gr)))


def test_each_bill_is_printed_once(slips, paper, context, engine):
    made = make_bill(context, "r1")
    engine.tell(made)
    engine.tell(made)
    engine.tell(make_bill(context, "r2"))
    assert [slip.title for slip in paper.printed] == ["Bill 1", "Bill 2"]


def test_a_bill_that_a_power_cut_kept_from_the_queue_is_printed_at_the_start(slips, paper, context):
    make_bill(context, "r1")
    assert paper.printed == []
    Slips(context, Equipment(paper)).start(lambda: None)
    Slips(context, Equipment(paper)).start(lambda: None)
    assert [slip.title for slip in paper.printed] == ["Bill 1"]


# --- threads -------------------------------------------------------------------------------------


def test_nobody_waits_for_the_printer(journal, clock, paper):
    """Queueing and everything else on the engine's thread goes on while the printer hangs."""
    engine = Engine("engine")
    context = make_context(journal, engine, clock)
    gate = threading.Event()
    paper.status = lambda: (gate.wait(WAIT_S) and WELL) or WELL
    slips = Slips(context, Equipment(paper))
    engine.call(slips.start, lambda: ANNA).result(WAIT_S)
    jobs = [slips.print("trial", str(number), SLIP).result(WAIT_S) for number in range(5)]
    assert [job.state for job in jobs] == [State.WAITING] * 5
    slips.tick()
    assert paper.printed == []
    gate.set()
    assert slips.stop(WAIT_S)
    assert len(paper.printed) == 5
    assert paper.closed == 1
    assert engine.stop(WAIT_S)


def test_a_printer_that_hangs_does_not_keep_the_till_on(journal, clock, paper):
    engine = Engine("engine")
    gate = threading.Event()
    paper.status = lambda: (gate.wait(WAIT_S) and WELL) or WELL
    slips = Slips(make_context(journal, engine, clock), Equipment(paper))
    slips.tick()
    assert not slips.stop(0.05)
    assert paper.closed == 0
    gate.set()
    assert slips.stop(WAIT_S)
    engine.stop(WAIT_S)
