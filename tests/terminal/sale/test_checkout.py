"""A paid receipt on its way to the fiscal memory, whatever the printer does to it."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt, NotReady, Refused, Unreachable, Why
from drivers.fiscal import INACTIVE, Attention, Mechanism, Status
from terminal import events
from terminal.errors import Blocked, Code
from terminal.sale import fiscalise, meeting
from terminal.sale.ledger import Ledger
from terminal.sale.receipt import State
from terminal.sale.waiting import waiting_for
from tests.shop import wait_until
from tests.terminal.desk import CASHIER, MANAGER, TECHNICIAN, Desk, desk
from tests.terminal.fake_printer import NO_PAPER, RATES, READY, lose, no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SILENCE = InDoubt("silence")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fiscalise, "_RETRY_FIRST_S", 0.002)
    monkeypatch.setattr(fiscalise, "_RETRY_MAX_S", 0.01)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def outcomes(shop: Desk) -> list[str | None]:
    return [row[0] for row in shop.sql("SELECT outcome FROM attempt ORDER BY token")]


def half_done(shop: Desk, error: Exception):
    """The lines arrive, the end does not."""

    def fault(effect) -> None:
        shop.printer.leave_open(shop.printer.sent)
        raise error

    return fault


def without_footer(shop: Desk):
    """The receipt counts; the power fails before its footer."""

    def fault(effect) -> None:
        effect()
        shop.printer.is_open = shop.printer.footer_pending = True
        raise SILENCE

    return fault


def taken_for_sold(shop: Desk, told: object) -> None:
    assert isinstance(told, events.ReceiptPrinted)
    assert told.receipt.state is State.FISCAL
    assert told.receipt_no == shop.printer.now.last_receipt_no == len(shop.printer.receipts)
    assert shop.documents("receipt")[-1]["rid"] == told.receipt.rid
    assert shop.receipt().rid == ""
    assert outcomes(shop)[-1] == "SOLD"


def taken_for_unsold(shop: Desk, told: object, code: Code, *, was_cancelled: bool) -> None:
    assert isinstance(told, events.ReceiptNotPrinted)
    assert (told.reason.code, told.was_cancelled) == (code, was_cancelled)
    assert shop.receipt() == told.receipt
    assert told.receipt.state is State.PAID
    assert told.receipt.payments
    assert shop.documents("receipt") == []
    assert outcomes(shop)[-1] == ("CANCELLED" if was_cancelled else "NOT_SOLD")


def again(shop: Desk) -> object:
    """The cashier presses Enter once more."""
    since = shop.heard.mark()
    shop.do(shop.till.print_receipt)
    return shop.ended(since)


# --- the good way --------------------------------------------------------------------------------


def test_sold_with_change(shop: Desk) -> None:
    told = shop.pay("1", "3", amount_gr=5000)
    taken_for_sold(shop, told)
    assert told.change_gr == 652
    assert shop.printer.receipts[-1].desk == "T1"
    assert shop.view().last_sale == told


def test_the_intent_is_on_disk_before_the_printer_hears_of_it(shop: Desk) -> None:
    seen = []

    def look(effect) -> None:
        seen.extend(shop.sql("SELECT state FROM receipt UNION ALL SELECT outcome FROM attempt"))
        effect()

    shop.printer.fault("print_receipt", look)
    shop.pay("1")
    assert seen == [("PRINTING",), (None,)]


def test_each_printing_has_its_own_token(shop: Desk) -> None:
    for _ in range(3):
        shop.pay("1")
    assert shop.printer.tokens == [1, 2, 3]


def test_the_screen_goes_on_while_the_printer_prints(shop: Desk) -> None:
    gate = threading.Event()

    def slowly(effect) -> None:
        gate.wait(10)
        effect()

    shop.printer.fault("print_receipt", slowly)
    shop.do(shop.till.sell, "1")
    since = shop.heard.mark()
    shop.do(shop.till.pay, "cash")
    wait_until(lambda: shop.receipt().state is State.PRINTING, "printing")
    verbs = (
        (shop.till.sell, "1"),
        (shop.till.pay, "cash"),
        (shop.till.drop_receipt, ""),
        (shop.till.take_back_payments,),
        (shop.till.print_receipt,),
        (shop.till.void_line, 0),
        (shop.till.set_nip, ""),
    )
    assert {shop.code(*verb) for verb in verbs} == {Code.BUSY}
    gate.set()
    assert shop.heard.wait(events.ReceiptPrinted, since).receipt_no == 1


# --- counters, not errors ------------------------------------------------------------------------


@pytest.mark.parametrize("error", [SILENCE, no(), Unreachable("cable"), NotReady("cover")])
def test_sold_whatever_the_answer_was(shop: Desk, error) -> None:
    shop.printer.fault("print_receipt", lose(error))
    taken_for_sold(shop, shop.pay("1"))
    assert shop.printer.count("print_receipt") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SILENCE, Code.NOT_PRINTED),
        (Unreachable("cable"), Code.NO_PRINTER),
        (NotReady("cover"), Code.NO_PAPER),
        (no(Why.TAX_STEP, 2106), Code.TAX_STEP),
        (no(Why.NAME, 2104), Code.NAME_REFUSED),
        (no(Why.RATE_INACTIVE, 2000), Code.RATE_INACTIVE),
        (no(Why.REPORT_MISSING), Code.REPORT_MISSING),
        (no(Why.OTHER, 1234), Code.PRINTER_REFUSED),
    ],
    ids=str,
)
def test_never_sold_whatever_the_answer_was(shop: Desk, error, code: Code) -> None:
    shop.printer.fault("print_receipt", refuse(error))
    taken_for_unsold(shop, shop.pay("1"), code, was_cancelled=False)
    assert len(shop.named("attempt_not_sold")) == 1
    taken_for_sold(shop, again(shop))
    assert outcomes(shop) == ["NOT_SOLD", "SOLD"]


@pytest.mark.parametrize(
    ("why", "code"),
    [
        (Why.TAX_STEP, Code.TAX_STEP),
        (Why.NAME, Code.NAME_REFUSED),
        (Why.RATE_INACTIVE, Code.RATE_INACTIVE),
    ],
)
def test_a_refused_line_is_cancelled_on_paper_and_the_receipt_payable_again(
    shop: Desk, why: Why, code: Code
) -> None:
    shop.printer.fault("print_receipt", half_done(shop, no(why)))
    told = shop.pay("1")
    taken_for_unsold(shop, told, code, was_cancelled=True)
    assert (told.reason.params["name"], told.reason.params["vat"]) == ("Mleko 1 l", "C")
    (dropped,) = shop.documents("dropped")
    assert dropped["printed_as_cancelled"] is True
    assert shop.printer.now.cancelled == 1
    taken_for_sold(shop, again(shop))
    # The cancelled attempt is nothing that the next counting would stumble over.
    shop.settle()
    assert shop.view().blocked is None


def test_a_pending_footer_is_finished(shop: Desk) -> None:
    shop.printer.fault("print_receipt", without_footer(shop))
    taken_for_sold(shop, shop.pay("1"))
    assert shop.printer.count("finish_footer") == 1
    assert shop.printer.count("cancel") == 0


def test_lost_answers_are_asked_for_until_they_come(shop: Desk) -> None:
    shop.printer.fault("print_receipt", lose(SILENCE))

    def vanish(effect) -> None:
        shop.printer.is_off = True
        raise SILENCE

    shop.printer.fault("transaction", vanish)
    since = shop.heard.mark()
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash")
    wait_until(lambda: shop.printer.count("connect") > 4, "asks again")
    assert shop.receipt().state is State.PRINTING
    assert shop.view().printer_online is False
    shop.printer.is_off = False
    taken_for_sold(shop, shop.ended(since))
    assert shop.view().printer_online is True


# --- before the first byte -----------------------------------------------------------------------


def test_a_printer_that_is_off_begins_nothing(shop: Desk) -> None:
    shop.printer.is_off = True
    told = shop.pay("1")
    assert (told.reason.code, told.was_cancelled) == (Code.NO_PRINTER, False)
    assert shop.receipt().state is State.PAID
    assert outcomes(shop) == []
    assert [d for d in shop.documents() if d["kind"] != "event"] == []
    assert shop.named("attempt_not_sold") == []
    assert shop.view().printer_online is False
    shop.printer.is_off = False
    taken_for_sold(shop, again(shop))


def test_payments_taken_back_in_time_are_not_printed(shop: Desk) -> None:
    gate = threading.Event()
    shop.context.devices.call(gate.wait, 10)
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash")
    shop.do(shop.till.take_back_payments)
    gate.set()
    shop.settle()
    assert (shop.receipt().state, shop.receipt().payments) == (State.OPEN, ())
    assert shop.printer.count("print_receipt") == 0


def test_an_impatient_cashier_prints_once(shop: Desk) -> None:
    gate = threading.Event()
    shop.context.devices.call(gate.wait, 10)
    since = shop.heard.mark()
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash")
    for _ in range(3):
        shop.do(shop.till.print_receipt)
    gate.set()
    shop.ended(since)
    shop.settle()
    assert len(shop.printer.receipts) == 1
    assert outcomes(shop) == ["SOLD"]


# --- the printer's lamp --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (READY, ""),
        (NO_PAPER, "no_paper"),
        (Status(Mechanism.COVER, Attention.READY), "cover"),
        (Status(Mechanism.OK, Attention.WAITING_KEY), "waiting_key"),
        (Status(Mechanism.OK, Attention.IN_MENU, paper_low=True), "in_menu"),
        (Status(Mechanism.OVERHEATED, Attention.WAITING_ERROR), "overheated"),
    ],
)
def test_one_word_for_what_it_waits_for(shop: Desk, status: Status, word: str) -> None:
    assert waiting_for(status) == word
    shop.printer.state = status
    shop.settle()
    view = shop.view()
    assert (view.printer_online, view.waits_for) == (True, word)


def test_a_printer_comes_and_goes(shop: Desk) -> None:
    shop.printer.is_off = True
    shop.settle()
    assert shop.view().printer_online is False
    shop.printer.is_off = False
    shop.settle()
    assert shop.view().printer_online is True


def test_a_till_starts_without_its_printer(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.printer.is_off = True
        shop.start()
        assert (shop.view().printer_online, shop.view().day) == (False, "EMPTY")
        assert shop.pay("1").reason.code is Code.NO_PRINTER
        shop.printer.is_off = False
        taken_for_sold(shop, again(shop))


def test_rates_are_read_when_the_printer_is_met(shop: Desk) -> None:
    shop.printer.programmed = (*RATES[:2], INACTIVE, *RATES[3:])
    shop.settle()
    shop.do(shop.till.sell, "1")
    shop.restart()
    assert shop.code(shop.till.sell, "1") is Code.RATE_INACTIVE


# --- what somebody did at the printer ------------------------------------------------------------


def test_a_report_made_at_the_printer_is_imported_once(shop: Desk) -> None:
    shop.pay("1", "3")
    shop.printer.make_report()
    assert shop.pay("1").receipt_no == 1
    (report,) = shop.documents("report")
    assert (report["report_no"], report["route"]) == (1, "external")
    assert report["printer_gr"] == report["local_gr"]
    shop.restart()
    shop.pay("1")
    assert len(shop.documents("report")) == 1
    assert [document["report_no"] for document in shop.documents("receipt")] == [1, 2, 2]


def test_a_report_that_the_printer_cannot_give_stops_selling(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.make_report()
    shop.printer.fault("report", *[refuse(no(Why.NOT_FOUND))] * 9)
    assert shop.pay("1").reason.code is Code.DISAGREES
    assert shop.view().blocked.code is Code.DISAGREES
    assert shop.documents("report") == []


def test_several_reports_are_imported_in_their_order(shop: Desk) -> None:
    shop.pay("1")
    shop.stop()
    for _ in range(3):
        shop.printer.make_report()
    shop.start()
    numbers = [report["report_no"] for report in shop.documents("report")]
    assert numbers == [1, 2, 3]
    assert shop.view().blocked is None


def test_an_idle_till_notices_a_report(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.pay("1")
    shop.printer.make_report()
    shop.settle()
    assert shop.documents("report") == []
    monkeypatch.setattr(meeting, "_MEET_EVERY_S", 0.0)
    shop.settle()
    assert len(shop.documents("report")) == 1
    assert shop.view().day == "EMPTY"


def test_an_imported_report_is_not_imported_again_while_selling_is_blocked(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.make_report()
    shop.printer.now = replace(shop.printer.now, receipts=1)
    assert shop.pay("1").reason.code is Code.DISAGREES
    for _ in range(3):
        shop.settle()
    assert len(shop.documents("report")) == 1
    assert shop.view().blocked.code is Code.DISAGREES


@pytest.mark.parametrize("is_sold", [True, False])
def test_a_report_between_the_sending_and_the_settling(shop: Desk, is_sold: bool) -> None:
    def report_comes(effect) -> None:
        if is_sold:
            effect()
        shop.printer.make_report()
        raise SILENCE

    shop.pay("1")
    shop.printer.fault("print_receipt", report_comes)
    told = shop.pay("3")
    assert isinstance(told, events.ReceiptPrinted if is_sold else events.ReceiptNotPrinted)
    shop.settle()
    if not is_sold:
        assert isinstance(again(shop), events.ReceiptPrinted)
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    (report,) = shop.documents("report")
    assert report["printer_gr"] == report["local_gr"]
    assert shop.named("report_differs") == []
    assert shop.view().blocked is None


def test_receipts_that_the_printer_cancelled_by_itself_are_an_event(shop: Desk) -> None:
    shop.printer.cancel_one()
    shop.printer.cancel_one()
    shop.pay("1")
    (event,) = shop.named("printer_cancelled")
    assert event["detail"] == {"count": 2}


# --- blocked -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unique_no": "XYZ 1"}, Code.WRONG_PRINTER),
        ({"ram_resets": 1}, Code.RAM_RESET),
        ({"receipts": 7}, Code.DISAGREES),
        ({"totals_gr": (1, 0, 0, 0, 0, 0, 0)}, Code.DISAGREES),
    ],
)
def test_what_cannot_be_explained_stops_selling(shop: Desk, change: dict, code: Code) -> None:
    good = shop.printer.now
    shop.printer.now = replace(good, **change)
    told = shop.pay("1")
    assert isinstance(told, events.SellingBlocked)
    blocked = shop.view().blocked
    assert isinstance(blocked, Blocked)
    assert blocked.code is code
    assert "{" not in blocked.sentence()
    # The paid receipt waits; nothing was sent.
    assert shop.receipt().state is State.PAID
    assert shop.printer.count("print_receipt") == 0
    assert shop.code(shop.till.print_receipt) is code
    shop.restart()
    assert shop.view().blocked.code is code
    # The right printer is put back.
    shop.printer.now = good
    shop.settle()
    assert shop.view().blocked is None
    taken_for_sold(shop, again(shop))


def dispute(shop: Desk) -> None:
    """A receipt was sent, and the printer counted something that is not it."""

    def other(effect) -> None:
        effect()
        shop.printer.now = replace(shop.printer.now, receipts=shop.printer.now.receipts + 1)
        raise SILENCE

    shop.printer.fault("print_receipt", other)
    assert isinstance(shop.pay("1"), events.SellingBlocked)


def test_a_disputed_receipt_stays_in_doubt_until_somebody_comes(shop: Desk) -> None:
    dispute(shop)
    assert shop.view().blocked.code is Code.DISAGREES
    assert shop.receipt().state is State.PRINTING
    for _ in range(2):
        shop.settle()
    shop.restart()
    assert shop.view().blocked.code is Code.DISAGREES
    assert shop.receipt().state is State.PRINTING
    assert outcomes(shop) == [None]


@pytest.mark.parametrize("who", [CASHIER, MANAGER])
def test_only_a_technician_may_accept_the_printer(shop: Desk, who: str) -> None:
    dispute(shop)
    shop.do(shop.till.login, who)
    assert shop.code(shop.till.accept_printer) is Code.NO_RIGHT
    assert shop.view().blocked is not None


def test_a_technician_gives_the_disputed_receipt_up_and_selling_goes_on(shop: Desk) -> None:
    dispute(shop)
    shop.do(shop.till.login, TECHNICIAN)
    shop.do(shop.till.accept_printer)
    assert shop.view().blocked is None
    assert shop.receipt().rid == ""
    (dropped,) = shop.documents("dropped")
    assert (dropped["reason"], dropped["printed_as_cancelled"]) == ("disputed", False)
    (event,) = shop.named("printer_accepted")
    assert event["operator"] == "Ewa"
    assert outcomes(shop) == ["DISPUTED"]
    assert isinstance(shop.pay("3"), events.ReceiptPrinted)
    shop.restart()
    assert shop.view().blocked is None


def test_accepting_leaves_a_receipt_that_was_never_sent(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.printer.now = replace(shop.printer.now, receipts=7)
    shop.restart(login=TECHNICIAN)
    assert shop.view().blocked is not None
    shop.do(shop.till.accept_printer)
    assert [line.name for line in shop.receipt().lines] == ["Mleko 1 l"]
    assert isinstance(shop.pay("3"), events.ReceiptPrinted)
    assert shop.documents("dropped") == []


def test_a_receipt_that_cannot_be_cancelled_stops_selling(shop: Desk) -> None:
    shop.printer.fault("print_receipt", half_done(shop, SILENCE))
    shop.printer.fault("cancel", *[lambda effect: None] * 9)
    assert isinstance(shop.pay("1"), events.SellingBlocked)
    assert shop.view().blocked.code is Code.DISAGREES
    assert len(shop.named("printer_disagrees")) == 1
    assert shop.receipt().state is State.PRINTING


def test_good_answers_for_which_nothing_was_counted_stop_selling(shop: Desk) -> None:
    shop.printer.fault("print_receipt", lambda effect: None)
    assert isinstance(shop.pay("1"), events.SellingBlocked)
    assert shop.view().blocked.code is Code.DISAGREES


# --- taken up by the next start ------------------------------------------------------------------


@pytest.mark.parametrize("fate", ["sold", "open", "footer", "nothing"])
def test_a_receipt_in_doubt_is_settled_by_the_next_start(shop: Desk, fate: str) -> None:
    def die(effect) -> None:
        if fate in {"sold", "footer"}:
            effect()
        shop.printer.is_open = fate in {"open", "footer"}
        shop.printer.footer_pending = fate == "footer"
        shop.printer.is_off = True
        raise SILENCE

    shop.printer.fault("print_receipt", die)
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash", 1000)
    wait_until(lambda: shop.printer.is_off, "sent")
    shop.stop()
    shop.printer.is_off = False
    shop.start(login="")
    told = shop.ended(0)
    assert shop.printer.count("print_receipt") == 1
    if fate in {"sold", "footer"}:
        taken_for_sold(shop, told)
        assert told.change_gr == 651
    else:
        taken_for_unsold(shop, told, Code.NOT_PRINTED, was_cancelled=fate == "open")


def test_a_paid_receipt_whose_intent_was_lost_is_looked_for(shop: Desk) -> None:
    """A disk that lies: the printer sold it, and the journal still says PAID."""
    shop.printer.is_off = True
    assert isinstance(shop.pay("1"), events.ReceiptNotPrinted)
    shop.stop()
    shop.printer.is_off = False
    with desk(shop.folder / "other", printer=shop.printer) as other:
        other.start()
        taken_for_sold(other, other.pay("1"))
    shop.start(login="")
    told = shop.ended(0)
    assert isinstance(told, events.ReceiptPrinted)
    assert (told.receipt_no, shop.printer.count("print_receipt")) == (1, 1)


def test_a_paid_receipt_that_was_not_sold_stays_payable(shop: Desk) -> None:
    shop.printer.is_off = True
    shop.pay("1")
    shop.printer.is_off = False
    shop.restart()
    assert shop.receipt().state is State.PAID
    assert shop.printer.receipts == []
    taken_for_sold(shop, again(shop))


def test_the_refused_line_is_named_among_several(shop: Desk) -> None:
    error = Refused(2106, "ERR_DB", "locked", "trline", Why.TAX_STEP, "Mleko 1 l")
    shop.printer.fault("print_receipt", half_done(shop, error))
    told = shop.pay("1", "3")
    assert told.reason.params["name"] == "Mleko 1 l"


# --- a full disk ---------------------------------------------------------------------------------

FULL = Blocked(Code.STORAGE, detail="database or disk is full")


def failing_once(really):
    left = [FULL]

    def verb(*args, **kwargs):
        if left:
            raise left.pop()
        return really(*args, **kwargs)

    return verb


def test_nothing_is_sent_when_the_intent_cannot_be_written(shop: Desk, monkeypatch) -> None:
    monkeypatch.setattr(Ledger, "begin", failing_once(Ledger.begin))
    told = shop.pay("1")
    assert isinstance(told, events.ReceiptNotPrinted)
    assert told.reason.code is Code.STORAGE
    assert (shop.printer.receipts, shop.receipt().state) == ([], State.PAID)
    taken_for_sold(shop, again(shop))


def test_selling_stops_until_the_number_of_a_receipt_is_written(shop: Desk, monkeypatch) -> None:
    monkeypatch.setattr(Ledger, "sold", failing_once(Ledger.sold))
    since = shop.heard.mark()
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash")
    stopped = shop.heard.wait(events.SellingBlocked, since)
    assert stopped.reason is not None
    assert stopped.reason.code is Code.STORAGE
    assert shop.receipt().state is State.PRINTING
    shop.till.tick().result()
    shop.settle()
    taken_for_sold(shop, shop.heard.wait(events.ReceiptPrinted, since))
    assert len(shop.printer.receipts) == 1
    assert shop.view().blocked is None
