"""Documents through a whole till: invoices exactly once, bills that become receipts, KIDs."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from drivers.errors import InDoubt, Why
from terminal import events
from terminal.errors import Code
from terminal.sale.buyer import Buyer
from terminal.sale.receipt import DocumentKind, State
from terminal.store.sales import EVERYTHING, Filter, Wanted
from terminal.sync.wire import PaymentMethod, Settings
from tests.shop import WAIT_S
from tests.terminal.desk import CASHIER, ROWS, desk
from tests.terminal.fake_printer import lose, no, refuse

LIPA = Buyer("5260250274", "Lipa sp. z o.o.", "Polna 1, 90-001 Łódź")
KID = "123456789012345"
BILL = PaymentMethod("bill", "Rachunek", "other", 5, is_fiscal=False)


@pytest.fixture
def shop(tmp_path):
    methods = [*ROWS["payment_methods"], BILL]
    with desk(tmp_path, payment_methods=methods) as one:
        yield one.start()


def invoice(shop, *codes: str, **options):
    for code in codes:
        shop.do(shop.till.sell, code)
    shop.do(shop.till.issue_invoice, LIPA, **options)
    return shop.pay()


def test_an_invoice_is_printed_counted_and_told(shop) -> None:
    ended = invoice(shop, "1", "3")
    assert isinstance(ended, events.ReceiptPrinted)
    assert shop.printer.sent.invoice.number == "FV/T1/1"
    assert (shop.printer.now.invoices, shop.printer.now.receipts) == (1, 0)
    (told,) = shop.documents("receipt")
    assert (told["document"], told["invoice_no"], told["receipt_no"]) == ("invoice", 1, 1)
    assert (told["nip"], told["buyer_name"]) == (LIPA.nip, LIPA.name)
    invoice(shop, "1")
    shop.pay("1")
    numbers = [
        (it["document"], it["invoice_no"], it["receipt_no"]) for it in shop.documents("receipt")
    ]
    assert numbers[1:] == [("invoice", 2, 2), ("receipt", 0, 1)]


@pytest.mark.parametrize("is_printed", [True, False])
def test_an_invoice_in_doubt_is_settled_by_the_counters(shop, is_printed) -> None:
    trouble = InDoubt("no answer")
    shop.printer.fault("print_receipt", lose(trouble) if is_printed else refuse(trouble))
    ended = invoice(shop, "1")
    assert isinstance(ended, events.ReceiptPrinted) is is_printed
    if not is_printed:
        # Its number stays its own.
        assert shop.receipt().invoice_no == 1
        since = shop.heard.mark()
        shop.do(shop.till.print_receipt)
        assert isinstance(shop.ended(since), events.ReceiptPrinted)
    assert (shop.printer.now.invoices, len(shop.documents("receipt"))) == (1, 1)
    assert shop.printer.sent.invoice.number == "FV/T1/1"


def test_the_number_of_an_invoice_that_was_given_up_is_used_up(shop) -> None:
    shop.printer.fault("print_receipt", refuse(no()))
    invoice(shop, "1")
    shop.do(shop.till.drop_receipt, "no")
    assert shop.documents("dropped")[0]["invoice_no"] == 1
    invoice(shop, "1")
    assert shop.documents("receipt")[0]["invoice_no"] == 2


def test_the_daily_report_counts_invoices_apart(shop) -> None:
    shop.pay("1")
    invoice(shop, "3")
    assert isinstance(shop.close_day(), events.DayClosed)
    (report,) = shop.documents("report")
    assert (report["receipts"], report["invoices"]) == (1, 1)
    assert report["local_gr"] == report["printer_gr"] == [0, 0, 349, 0, 0, 0, 0]
    assert report["local_invoice_gr"] == report["printer_invoice_gr"] == [3999, 0, 0, 0, 0, 0, 0]
    assert shop.named("report_differs") == []


def test_a_day_with_an_invoice_only_can_be_closed(shop) -> None:
    invoice(shop, "3")
    assert shop.do(shop.till.day_summary).problems == ()


def test_invoices_that_the_printer_did_not_count_are_a_difference(shop) -> None:
    invoice(shop, "3")
    shop.printer.fault("daily_report", lambda effect: (_forget(shop.printer), effect()))
    shop.close_day()
    (told,) = shop.named("report_differs")
    assert (sum(told["detail"]["printer_gr"]), sum(told["detail"]["local_gr"])) == (0, 3999)


def _forget(printer) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from drivers.fiscal import NO_TOTALS  # noqa: PLC0415

    printer.now = replace(printer.now, invoices=0, invoice_totals_gr=NO_TOTALS)


def test_a_discount_that_no_invoice_can_have_is_refused_before_money(shop) -> None:
    shop.do(shop.till.sell_article, "bag", 1000, 1)
    shop.do(shop.till.sell_article, "bag", 1000, 1)
    shop.do(shop.till.discount_receipt, amount_gr=1)
    shop.do(shop.till.issue_invoice, LIPA)
    assert shop.code(shop.till.pay, "cash") is Code.INVOICE_DISCOUNT
    shop.do(shop.till.issue_receipt)
    assert isinstance(shop.pay(), events.ReceiptPrinted)


def test_meal_invoices_are_for_shops_that_have_meals(shop) -> None:
    shop.do(shop.till.sell, "1")
    refused = shop.refused(shop.till.issue_invoice, LIPA, is_meal=True)
    assert refused.code is Code.NO_MEAL_INVOICE
    shop.publish("settings", Settings("settings", "identifier", meal_invoices=True))
    shop.do(shop.till.issue_invoice, LIPA, is_meal=True)
    assert isinstance(shop.pay(), events.ReceiptPrinted)
    assert [it.name for it in shop.printer.sent.items] == ["Usługa gastronomiczna 5%"]
    assert shop.documents("receipt")[0]["lines"][0]["name"] == "Mleko 1 l"


# --- electronic receipts -------------------------------------------------------------------------


def test_a_printer_without_the_service_prints_paper(shop) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.issue_e_receipt, KID)
    assert isinstance(shop.pay(), events.ReceiptPrinted)
    assert shop.heard.wait(events.Failed).error.code is Code.E_DOCUMENT
    assert shop.printer.sent.buyer_id == ""
    assert shop.documents("receipt")[0]["document"] == "receipt"


def test_a_kid_goes_to_a_printer_that_sends_and_nowhere_else(shop) -> None:
    ready = SimpleNamespace(is_on=lambda: True, buffer=lambda: SimpleNamespace(free=5))
    shop.printer.e_documents = ready
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.issue_e_receipt, KID)
    shop.pay()
    assert shop.printer.sent.buyer_id == KID
    (told,) = shop.documents("receipt")
    assert told["document"] == "e_receipt"
    assert KID not in str(told)


def test_a_refused_kid_is_printed_with_the_next_try(shop) -> None:
    ready = SimpleNamespace(is_on=lambda: True, buffer=lambda: SimpleNamespace(free=5))
    shop.printer.e_documents = ready
    shop.printer.fault("print_receipt", refuse(no(Why.E_DOCUMENT, 4251)))
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.issue_e_receipt, KID)
    assert shop.pay().reason.code is Code.E_DOCUMENT
    assert (shop.receipt().document, shop.receipt().kid) == (DocumentKind.RECEIPT, "")
    since = shop.heard.mark()
    shop.do(shop.till.print_receipt)
    assert isinstance(shop.ended(since), events.ReceiptPrinted)


# --- bills ---------------------------------------------------------------------------------------


def bill(shop, *codes: str) -> events.BillMade:
    since = shop.heard.mark()
    for code in codes:
        shop.do(shop.till.sell, code)
    shop.do(shop.till.pay, "bill")
    return shop.heard.wait(events.BillMade, since)


def test_a_bill_reaches_the_office_and_no_fiscal_memory(shop) -> None:
    made = bill(shop, "1", "3")
    assert (made.number, made.bill.state, made.bill.total_gr) == (1, State.BILL, 4348)
    assert shop.receipt().is_empty
    (told,) = shop.documents("bill")
    assert (told["bill_no"], told["total_gr"], told["payments"][0]["method"]) == (1, 4348, "bill")
    assert (shop.printer.receipts, shop.documents("receipt"), shop.documents("dropped")) == (
        [],
        [],
        [],
    )


def test_a_receipt_makes_a_bill_good_once(shop) -> None:
    made = bill(shop, "1", "3")
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.receipt_from_bill, made.bill.rid) is Code.RECEIPT_OPEN
    shop.do(shop.till.void_line, 0)
    shop.do(shop.till.receipt_from_bill, made.bill.rid)
    assert (shop.receipt().total_gr, shop.receipt().payments) == (4348, ())
    assert shop.code(shop.till.pay, "bill") is Code.NO_BILL
    assert isinstance(shop.pay(), events.ReceiptPrinted)
    assert shop.documents("receipt")[0]["makes_good"] == made.bill.rid
    assert shop.code(shop.till.receipt_from_bill, made.bill.rid) is Code.NO_BILL


def test_the_lines_of_a_bill_stand(shop) -> None:
    made = bill(shop, "1", "3")
    shop.do(shop.till.receipt_from_bill, made.bill.rid)
    till, before = shop.till, shop.receipt()
    for verb, *about in (
        (till.sell, "1"),
        (till.void_line, 0),
        (till.set_quantity, 0, 2000),
        (till.set_price, 0, 1),
        (till.parking.reprice,),
    ):
        assert shop.code(verb, *about) is Code.BILL_STANDS
    for verb, about in ((till.discount_line, (0,)), (till.discount_receipt, ())):
        refused = shop.refused(verb, *about, percent_bp=1000)
        assert refused.code is Code.BILL_STANDS
    shop.publish("settings", Settings("settings", "identifier", parking=True))
    assert shop.code(till.parking.park) is Code.BILL_STANDS
    assert shop.receipt() == before
    shop.do(till.drop_receipt, "later")
    shop.do(till.receipt_from_bill, made.bill.rid)
    assert isinstance(shop.pay(), events.ReceiptPrinted)
    assert [it["makes_good"] for it in shop.documents("receipt")] == [made.bill.rid]


def test_a_bill_counts_once_in_the_shift_of_its_receipt(shop) -> None:
    shop.publish("settings", Settings("settings", "identifier", cash_management=True))
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.pay, "bill") is Code.SHIFT_MISSING
    shop.do(shop.till.shifts.open, 0)
    made = bill(shop)
    state = shop.do(shop.till.shifts.state)
    assert shop.documents("bill")[0]["shift"] == state.shift.rid
    figures = state.takings
    assert (figures.receipts, figures.dropped, figures.total_gr, figures.methods) == (0, 0, 0, ())
    shop.do(shop.till.receipt_from_bill, made.bill.rid)
    shop.pay()
    figures = shop.do(shop.till.shifts.state).takings
    assert (figures.receipts, figures.dropped, figures.total_gr) == (1, 0, 349)


def test_bills_stand_in_the_list_and_say_what_became_of_them(shop) -> None:
    shop.pay("1")
    shop.wait(minutes=1)
    one = bill(shop, "3")
    shop.wait(minutes=1)
    bill(shop, "1")
    shelf, lookup = shop.till.shelf, shop.till.lookup
    listed = lookup.call(shelf.sales).result(WAIT_S)
    assert [(it.bill_no, it.receipt_no, it.is_waiting) for it in listed] == [
        (2, 0, True),
        (1, 0, True),
        (0, 1, False),
    ]
    shop.do(shop.till.receipt_from_bill, one.bill.rid)
    shop.pay()
    waiting = lookup.call(shelf.sales, Wanted(Filter.BILLS)).result(WAIT_S)
    assert [it.bill_no for it in waiting] == [2]
    paged, last = [], None
    while rows := lookup.call(shelf.sales, EVERYTHING, "", last, 1).result(WAIT_S):
        paged += [(it.bill_no, it.made_good) for it in rows]
        last = rows[-1]
    assert sorted(paged) == [(0, 0), (0, 0), (1, 2), (2, 0)]
    # Who sees his own only sees what waits as well.
    seen = lookup.call(shelf.sales, EVERYTHING, "nobody", None, 50).result(WAIT_S)
    assert {it.bill_no for it in seen if it.bill_no} == {2}
    assert lookup.call(shelf.bill, one.bill.rid).result(WAIT_S).total_gr == 3999


def test_who_may_not_sell_issues_nothing(shop) -> None:
    shop.restart(login=CASHIER)
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.lock)
    for verb, about in (
        (shop.till.issue_receipt, ""),
        (shop.till.issue_invoice, LIPA),
        (shop.till.issue_e_receipt, KID),
        (shop.till.receipt_from_bill, "b"),
    ):
        assert shop.code(verb, about) is Code.NOT_LOGGED_IN


def test_the_day_close_says_how_many_bills_wait(shop) -> None:
    shop.pay("1")
    assert shop.do(shop.till.day_summary).problems == ()
    made = bill(shop, "1", "3")
    (problem,) = shop.do(shop.till.day_summary).problems
    assert (problem.code, problem.params) == (Code.BILLS_WAIT, {"count": 1, "total": "43,48"})
    shop.do(shop.till.receipt_from_bill, made.bill.rid)
    shop.pay()
    assert shop.do(shop.till.day_summary).problems == ()
