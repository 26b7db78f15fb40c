"""Every verb at the counter: who may do it, what it refuses, what it tells."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.errors import Code, Rejected
from terminal.sale.receipt import State
from terminal.sale.verbs import LINES_MAX
from terminal.sync.wire import Barcode, Product, Right, Settings
from tests.terminal.desk import (
    BAG,
    CASHIER,
    GONE,
    MANAGER,
    MILK,
    NOBODY,
    RIGHTS,
    TECHNICIAN,
    Desk,
    desk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NIP = "5260001246"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def lines(shop: Desk) -> list[tuple[str, int, int]]:
    return [(line.name, line.qty_milli, line.price_gr) for line in shop.receipt().live_lines]


# --- who may do what -----------------------------------------------------------------------------

# Each verb with arguments that are good, and the right it needs.
VERBS = [
    ("sell", ("1",), {}, Right.SELL),
    ("sell_article", (MILK,), {}, Right.SELL),
    ("set_quantity", (0, 3000), {}, Right.SELL),
    ("set_price", (0, 300), {}, Right.CHANGE_PRICE),
    ("discount_line", (0,), {"amount_gr": 10}, Right.DISCOUNT),
    ("discount_receipt", (), {"percent_bp": 500}, Right.DISCOUNT),
    ("void_line", (0,), {}, Right.VOID_LINE),
    ("set_nip", (NIP,), {}, Right.SELL),
    ("drop_receipt", ("no money",), {}, Right.DROP_RECEIPT),
    ("pay", ("cash",), {}, Right.SELL),
    ("take_back_payments", (), {}, Right.SELL),
    ("accept_printer", (), {}, Right.SERVICE),
]


@pytest.mark.parametrize("who", [NOBODY, CASHIER, MANAGER, TECHNICIAN, None])
@pytest.mark.parametrize(("verb", "args", "named", "right"), VERBS, ids=str)
def test_each_verb_asks_for_its_right(shop: Desk, verb, args, named, right, who) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.sell, "3")
    if who is None:
        shop.do(shop.till.lock)
    else:
        shop.do(shop.till.login, who)
    before = shop.receipt()
    documents = shop.documents()
    do = getattr(shop.till, verb)
    if who is not None and right in RIGHTS[who]:
        shop.do(do, *args, **named)
    else:
        error = shop.refused(do, *args, **named)
        assert isinstance(error, Rejected)
        assert error.code is (Code.NOT_LOGGED_IN if who is None else Code.NO_RIGHT)
        assert shop.receipt() == before
        assert shop.documents() == documents


@pytest.mark.parametrize("who", [CASHIER, NOBODY])
def test_a_price_of_ones_own_needs_its_right(shop: Desk, who: str) -> None:
    shop.do(shop.till.login, who)
    assert shop.code(shop.till.sell_article, MILK, 1000, 300) is Code.NO_RIGHT
    assert lines(shop) == []


# --- selling -------------------------------------------------------------------------------------


def test_by_number_and_by_barcode(shop: Desk) -> None:
    shop.do(shop.till.sell, "1", 2000)
    shop.do(shop.till.sell, "5900000000015")
    shop.do(shop.till.sell, "2", 333)
    assert lines(shop) == [
        ("Mleko 1 l", 2000, 349),
        ("Mleko 1 l", 1000, 349),
        ("Ser gouda", 333, 2990),
    ]
    assert shop.receipt().total_gr == 698 + 349 + 996
    assert [line.barcode for line in shop.receipt().lines][1] == "5900000000015"


def test_the_code_of_a_multipack_sells_as_many(tmp_path: Path) -> None:
    with desk(tmp_path, barcodes=[Barcode("5900000000060", MILK, 6000)]) as one:
        shop = one.start()
        shop.do(shop.till.sell, "5900000000060")
        shop.do(shop.till.sell, "5900000000060", 2000)
        pack, packs = shop.receipt().lines
        assert (pack.product, pack.qty_milli, pack.gross_gr) == (MILK, 6000, 6 * 349)
        assert (packs.barcode, packs.qty_milli) == ("5900000000060", 12_000)


def test_each_change_is_told_and_on_disk_before_it_is_shown(shop: Desk) -> None:
    since = shop.heard.mark()
    shop.do(shop.till.sell, "1")
    told = shop.heard.wait(events.ReceiptChanged, since).receipt
    assert told == shop.receipt()
    assert (told.state, told.operator) == (State.OPEN, "Marek")
    shop.restart(login="")
    assert shop.receipt() == told


@pytest.mark.parametrize("code", ["99", "", "0", "5900000000039", "8", "' OR 1=1 --"])
def test_an_unknown_code_names_itself(shop: Desk, code: str) -> None:
    error = shop.refused(shop.till.sell, code)
    assert (error.code, error.params) == (Code.NOT_FOUND, {"item": code})
    assert shop.sql("SELECT count(*) FROM receipt") == [(0,)]


def test_what_is_no_longer_sold_is_not_found(shop: Desk) -> None:
    assert shop.code(shop.till.sell_article, GONE) is Code.NOT_FOUND
    assert shop.code(shop.till.sell_article, "never was") is Code.NOT_FOUND


def test_a_code_of_two_articles_is_chosen_by_hand(shop: Desk) -> None:
    assert shop.code(shop.till.sell, "5900000000022") is Code.AMBIGUOUS
    found = shop.till.lookup.call(shop.till.shelf.find, "5900000000022").result(5)
    assert [article.id for article in found] == ["r1", "r2"]
    shop.do(shop.till.sell_article, found[1].id)
    assert lines(shop) == [("Róża biała", 1000, 800)]


def test_an_open_price_is_asked_for(shop: Desk) -> None:
    shop.do(shop.till.login, CASHIER)
    error = shop.refused(shop.till.sell, "6")
    assert (error.code, error.params) == (Code.PRICE_WANTED, {"name": "Torba"})
    shop.do(shop.till.sell_article, BAG, 2000, 75)
    assert lines(shop) == [("Torba", 2000, 75)]
    assert shop.code(shop.till.sell_article, BAG, 1000, 0) is Code.BAD_AMOUNT


def test_a_rate_that_the_printer_does_not_have_is_refused_at_the_line(shop: Desk) -> None:
    error = shop.refused(shop.till.sell, "7")
    assert (error.code, error.params) == (Code.RATE_INACTIVE, {"vat": "G"})
    assert lines(shop) == []


@pytest.mark.parametrize(
    ("qty_milli", "code"),
    [
        (0, Code.BAD_AMOUNT),
        (-1000, Code.BAD_AMOUNT),
        (10**13, Code.BAD_AMOUNT),
        (1500, Code.NOT_A_WHOLE),
    ],
)
def test_a_quantity_that_makes_no_sense(shop: Desk, qty_milli: int, code: Code) -> None:
    assert shop.code(shop.till.sell, "1", qty_milli) is code
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.set_quantity, 0, qty_milli) is code
    assert lines(shop) == [("Mleko 1 l", 1000, 349)]


@pytest.mark.parametrize("price_gr", [0, -1, 10**13])
def test_a_price_that_makes_no_sense(shop: Desk, price_gr: int) -> None:
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.set_price, 0, price_gr) is Code.BAD_AMOUNT
    assert shop.code(shop.till.sell_article, MILK, 1000, price_gr) is Code.BAD_AMOUNT
    assert lines(shop) == [("Mleko 1 l", 1000, 349)]


@pytest.mark.parametrize(
    "discount",
    [
        {"amount_gr": 349},
        {"amount_gr": 9999},
        {"percent_bp": 10_000},
        {"amount_gr": -9_999_999_999},
    ],
)
def test_a_discount_leaves_something_to_pay(shop: Desk, discount: dict) -> None:
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.discount_line, 0, **discount) is Code.DISCOUNT_TOO_BIG
    assert shop.code(shop.till.discount_receipt, **discount) is Code.DISCOUNT_TOO_BIG
    assert shop.receipt().total_gr == 349


def test_discounts_that_fit(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.discount_line, 0, amount_gr=49)
    shop.do(shop.till.discount_receipt, percent_bp=1000)
    assert shop.receipt().total_gr == (300 + 3999) - 430
    told = shop.pay()
    assert shop.printer.receipts[-1].total_gr == told.receipt.total_gr == 3869


@pytest.mark.parametrize("verb", ["void_line", "set_quantity", "set_price", "discount_line"])
@pytest.mark.parametrize("no", [0, 1, -1, 99])
def test_a_line_that_is_not_there(shop: Desk, verb: str, no: int) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.void_line, 0)
    args = {"void_line": (no,), "discount_line": (no,)}.get(verb, (no, 1000))
    assert shop.code(getattr(shop.till, verb), *args) is Code.EMPTY_RECEIPT


def test_a_struck_line_stays_and_is_not_printed(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.void_line, 0)
    told = shop.pay()
    assert [line.is_void for line in told.receipt.lines] == [True, False]
    assert [item.name for item in shop.printer.receipts[-1].items] == ["Wódka"]


@pytest.mark.parametrize("nip", [NIP, "526-000-12-46", "526 000 12 46"])
def test_a_nip_is_kept_as_digits(shop: Desk, nip: str) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.set_nip, nip)
    assert shop.receipt().nip == NIP
    shop.pay()
    assert shop.printer.receipts[-1].nip == NIP
    assert shop.documents("receipt")[0]["nip"] == NIP


@pytest.mark.parametrize("nip", ["5260001247", "123", "abc", "526000124６", "PL5260001246"])
def test_a_wrong_nip_is_refused(shop: Desk, nip: str) -> None:
    assert shop.code(shop.till.set_nip, nip) is Code.BAD_NIP
    assert shop.receipt().nip == ""


def test_a_receipt_has_its_limit_of_lines(shop: Desk) -> None:
    def sell_many() -> None:
        for _ in range(LINES_MAX):
            shop.till.sell("1")

    shop.do(sell_many)
    assert shop.code(shop.till.sell, "1") is Code.BAD_AMOUNT
    assert len(shop.receipt().lines) == LINES_MAX


# --- paying --------------------------------------------------------------------------------------


def test_nothing_cannot_be_paid(shop: Desk) -> None:
    assert shop.code(shop.till.pay, "cash") is Code.EMPTY_RECEIPT
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.void_line, 0)
    assert shop.code(shop.till.pay, "cash") is Code.EMPTY_RECEIPT


def test_an_unknown_way_to_pay(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.pay, "bitcoin") is Code.NO_METHOD
    assert shop.receipt().payments == ()


@pytest.mark.parametrize("amount", [0, -5, 10**13])
def test_an_amount_that_makes_no_sense(shop: Desk, amount: int) -> None:
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.pay, "cash", amount) is Code.BAD_AMOUNT


def test_a_card_pays_no_more_than_is_due(shop: Desk) -> None:
    shop.do(shop.till.sell, "3")
    error = shop.refused(shop.till.pay, "card", 4000)
    assert (error.code, error.params) == (
        Code.CARD_TOO_MUCH,
        {"method": "Karta", "due": "39,99"},
    )


def test_a_split_payment_prints_with_its_last_part(shop: Desk) -> None:
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "card", 1000)
    assert (shop.receipt().state, shop.receipt().due_gr) == (State.OPEN, 2999)
    assert shop.printer.count("print_receipt") == 0
    for verb in ((shop.till.sell, "1"), (shop.till.discount_receipt,), (shop.till.void_line, 0)):
        assert shop.code(*verb) is Code.PAYMENT_BEGUN
    told = shop.pay(amount_gr=3000)
    assert told.change_gr == 1
    assert [payment.kind for payment in told.receipt.payments] == ["card", "cash"]


def test_payments_are_taken_back_to_sell_on(shop: Desk) -> None:
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "card", 1000)
    shop.do(shop.till.take_back_payments)
    assert (shop.receipt().payments, shop.receipt().due_gr) == ((), 3999)
    shop.printer.is_off = True
    shop.pay()
    assert shop.receipt().state is State.PAID
    shop.do(shop.till.take_back_payments)
    assert shop.receipt().state is State.OPEN
    shop.printer.is_off = False
    assert shop.pay("1", method="card").receipt.total_gr == 4348


def test_only_a_paid_receipt_is_printed_again(shop: Desk) -> None:
    assert shop.code(shop.till.print_receipt) is Code.BUSY
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.print_receipt) is Code.BUSY


# --- giving up -----------------------------------------------------------------------------------


def test_a_receipt_given_up_is_told_with_its_reason(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    rid = shop.receipt().rid
    since = shop.heard.mark()
    shop.do(shop.till.drop_receipt, "no money")
    assert shop.receipt().rid == ""
    (dropped,) = shop.documents("dropped")
    assert (dropped["rid"], dropped["reason"], dropped["operator"]) == (rid, "no money", "Marek")
    told = [event for event in shop.heard.events[since:] if hasattr(event, "unsent")]
    assert len(shop.documents()) in {event.unsent.count for event in told}
    assert shop.pay("1").receipt.rid != rid


def test_a_paid_receipt_may_be_given_up_and_nothing_is_printed(shop: Desk) -> None:
    shop.printer.is_off = True
    shop.pay("1")
    shop.do(shop.till.drop_receipt, "printer broken")
    shop.printer.is_off = False
    shop.restart()
    assert shop.receipt().rid == ""
    assert shop.printer.receipts == []


def test_there_is_nothing_to_give_up(shop: Desk) -> None:
    assert shop.code(shop.till.drop_receipt, "") is Code.EMPTY_RECEIPT


# --- the day -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "may_pay"), [("block", False), ("remind", True), ("off", True)]
)
def test_yesterday_stops_the_payment_where_the_shop_wants_it(
    tmp_path: Path, profile: str, may_pay: bool
) -> None:
    settings = Settings("settings", "identifier", close_profile=profile)
    with desk(tmp_path, settings=[settings]) as shop:
        shop.start()
        shop.pay("1")
        assert shop.view().day == "OPEN"
        shop.now = shop.now.replace(hour=22)
        assert shop.view().day == "DUE"
        shop.wait(hours=2)
        assert shop.view().day == "OVERDUE"
        # Lines may be sold: it is the payment that waits.
        shop.do(shop.till.sell, "3")
        if profile == "remind":
            assert shop.code(shop.till.pay, "cash") is Code.REPORT_WANTED
            shop.do(shop.till.reminder.put_off)
        if may_pay:
            assert isinstance(shop.pay(), events.ReceiptPrinted)
            return
        assert shop.code(shop.till.pay, "cash") is Code.DAY_NOT_CLOSED
        shop.do(shop.till.drop_receipt, "the day comes first")
        assert isinstance(shop.close_day(), events.DayClosed)
        assert shop.view().day == "EMPTY"
        shop.do(shop.till.login, MANAGER)
        assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_quiet_day_is_never_overdue(shop: Desk) -> None:
    shop.wait(days=30)
    assert shop.view().day == "EMPTY"
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


# --- what others see -----------------------------------------------------------------------------


def test_the_view_of_a_fresh_till(shop: Desk) -> None:
    view = shop.view()
    assert view.operator.name == "Marek"
    assert (view.receipt.rid, view.receipt.is_empty) == ("", True)
    assert (view.printer_online, view.waits_for, view.network_online) == (True, "", False)
    assert (view.blocked, view.last_sale, view.day) == (None, None, "EMPTY")
    assert view.unsent.count == 1
    assert view.settings.login_mode == "identifier"


def test_the_tills_time_can_be_asked_from_any_thread(shop: Desk) -> None:
    assert shop.till.now() == shop.now


def test_the_last_sale_stays_in_view_until_the_next(shop: Desk) -> None:
    told = shop.pay("1", amount_gr=1000)
    assert shop.view().last_sale == told
    shop.do(shop.till.sell, "3")
    view = shop.view()
    assert (view.last_sale, view.receipt.total_gr) == (told, 3999)


def test_a_new_price_counts_from_the_next_line_on(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    dearer = Product(MILK, "Mleko 1 l", "C", 399, "pcs", "1", ["5900000000015"])
    shop.publish("products", dearer)
    shop.do(shop.till.sell, "1")
    assert [price for _, _, price in lines(shop)] == [349, 399]


def test_every_document_bears_the_time_of_the_tills_clock(shop: Desk) -> None:
    shop.pay("1")
    shop.wait(hours=1)
    shop.pay("1")
    first, second = (document["closed_at"] for document in shop.documents("receipt"))
    assert (first, second) == (
        shop.now.replace(hour=10).isoformat(timespec="milliseconds"),
        (shop.now.replace(hour=10) + timedelta(hours=1)).isoformat(timespec="milliseconds"),
    )
