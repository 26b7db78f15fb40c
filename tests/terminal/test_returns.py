"""Returns, corrections and copies at a till: one commit, cash once, whatever happens between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from backoffice import register_rules
from drivers.errors import InDoubt, Unreachable
from terminal import events
from terminal.day import cash
from terminal.errors import Code, Rejected, SyncError
from terminal.sale.buyer import Buyer
from terminal.sale.entries import Wish
from terminal.store import cash_due, copies, figures
from terminal.store.db import write
from terminal.sync.wire import (
    Currency,
    PaymentMethod,
    ReceiptDoc,
    RefundDoc,
    SoldAnswer,
    canonical,
    code_of,
)
from tests.backoffice.test_register_rules import Sales
from tests.shop import WAIT_S, wait_until
from tests.terminal.day.test_shifts import ON, opened
from tests.terminal.desk import CASHIER, MANAGER, ROWS, Desk, desk
from tests.terminal.fake_printer import lose, refuse
from tests.terminal.sale.sold import entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# What the drawer holds; this printer does not count the cash of sales.
FLOAT_GR = 50_000


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cash, "_RETRY_S", 0.01)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        one.printer.cash_gr = FLOAT_GR
        yield one.start()


def sold(shop: Desk, *codes: str, method: str = "cash"):
    """Sell, and give the case as the details page gets it."""
    event = shop.pay(*codes, method=method)
    assert isinstance(event, events.ReceiptPrinted)
    return shop.till.returns.seek(event.receipt.rid).result(WAIT_S)


def give_back(shop: Desk, case, way: int = 0, **wish):
    wanted = Wish(**{"entry": "return", "lines": {0: 1000}, "reason": "uszkodzone"} | wish)
    return shop.do(shop.till.returns.enter, case, wanted, way)


def refused(shop: Desk, case, way: int = 0, **wish) -> Code:
    with pytest.raises(Rejected) as caught:
        give_back(shop, case, way, **wish)
    return caught.value.code


def cash_moved(shop: Desk) -> list[int]:
    wait_until(lambda: not shop.do(cash_due.owed, shop.context.journal), "cash is handed over")
    shop.settle()
    return [it["amount_gr"] for it in shop.documents("cash")]


def test_a_return_is_told_registered_and_its_cash_leaves_the_printer(shop: Desk) -> None:
    case = sold(shop, "1", "3")
    entry = give_back(shop, case)
    (told,) = shop.documents("return")
    assert (told["receipt"], told["total_gr"], told["number"]) == (case.receipt.rid, 349, 1)
    assert (told["entry"], told["reason"], told["operator"]) == ("return", "uszkodzone", "Marek")
    assert cash_moved(shop) == [-349]
    assert shop.printer.cash_gr == FLOAT_GR - 349
    listed = shop.till.lookup.call(shop.till.shelf.register).result(WAIT_S)
    assert [msgspec.structs.replace(one, running=None) for one in listed] == [entry]
    assert shop.pay("1").receipt_no == 2


def test_what_came_back_cannot_come_back_again(shop: Desk) -> None:
    case = sold(shop, "1")
    give_back(shop, case)
    # The page still holds the sale as it was before.
    assert refused(shop, case) is Code.MORE_THAN_SOLD
    assert len(shop.documents("return")) == 1


def test_each_register_counts_for_itself(shop: Desk) -> None:
    case = sold(shop, "1", "1", "1")
    made = [
        give_back(shop, case),
        give_back(shop, case, lines={1: 1000}, entry="mistake"),
        give_back(shop, case, lines={2: 1000}, entry="complaint", amount_gr=100),
    ]
    assert [one.number for one in made] == [1, 1, 2]
    # For the mistake no money went.
    assert cash_moved(shop) == [-349, -100]


def test_a_card_gets_it_back_and_the_drawer_is_left_alone(shop: Desk) -> None:
    entry = give_back(shop, sold(shop, "1", method="card"))
    assert [one.method for one in entry.refunds] == ["card"]
    assert cash_moved(shop) == []


def test_a_return_needs_a_right_and_a_reason(shop: Desk) -> None:
    case = sold(shop, "1")
    assert refused(shop, case, reason="") is Code.REASON_WANTED
    shop.do(shop.till.login, CASHIER)
    assert refused(shop, case) is Code.NO_RIGHT
    assert shop.code(shop.till.returns.correct, case, "card") is Code.NO_RIGHT
    assert shop.documents("return") == []


def test_cash_that_the_printer_did_not_hear_of_follows_once(shop: Desk) -> None:
    case = sold(shop, "1")
    shop.printer.fault("counters", refuse(Unreachable("cable")))
    give_back(shop, case)
    shop.heard.wait(events.Failed)
    assert shop.documents("cash") == []
    shop.restart()
    assert cash_moved(shop) == [-349]
    shop.restart()
    assert cash_moved(shop) == [-349]


def test_cash_that_was_not_booked_follows_the_next_receipt(shop: Desk) -> None:
    case = sold(shop, "1")
    shop.printer.fault("counters", refuse(Unreachable("cable")))
    give_back(shop, case)
    shop.heard.wait(events.Failed)
    shop.pay("3")
    assert cash_moved(shop) == [-349]


def test_a_lost_answer_does_not_pay_twice(shop: Desk) -> None:
    case = sold(shop, "1", "3")
    shop.printer.fault("cash", lose(InDoubt("silence")))
    give_back(shop, case)
    assert cash_moved(shop) == [-349]
    assert shop.printer.cash_gr == FLOAT_GR - 349


def test_a_payment_is_corrected_once_and_cash_follows(shop: Desk) -> None:
    case = sold(shop, "1")
    made = shop.do(shop.till.returns.correct, case, "card")
    assert (made.number, made.before.amount_gr, made.after.name) == (1, 349, "Karta")
    assert cash_moved(shop) == [-349]
    assert shop.code(shop.till.returns.correct, case, "card") is Code.CORRECTED
    assert shop.code(shop.till.returns.correct, case, "none") is Code.NO_METHOD
    again = shop.till.returns.seek(case.receipt.rid).result(WAIT_S)
    assert again.correction == made
    paid = shop.do(lambda: figures.by_method(shop.context.journal, figures.of_report(1)))
    assert [(one.key, one.name, one.count, one.gross_gr) for one in paid] == [
        ("card", "Karta", 1, 349)
    ]
    # It goes back to the card from now on.
    assert give_back(shop, again).refunds[0].method == "card"


def test_a_copy_is_counted_and_says_what_it_is(shop: Desk) -> None:
    case = sold(shop, "1")
    shown = [shop.do(shop.till.returns.copy, case.receipt.rid) for _ in range(2)]
    texts = [[row.text for row in one.rows] for one in shown]
    assert "Copy no. 1" in texts[0]
    assert "Copy no. 2" in texts[1]
    assert "NOT A FISCAL DOCUMENT" in texts[0]
    assert [it["detail"]["times"] for it in shop.named("receipt_copied")] == [1, 2]
    assert shop.code(shop.till.returns.copy, "nothing") is Code.NO_SUCH_RECEIPT


def test_the_last_five_are_copied_by_anybody_who_sells(shop: Desk) -> None:
    rids = [sold(shop, "1").receipt.rid for _ in range(6)]
    shop.do(shop.till.login, CASHIER)
    shop.do(shop.till.returns.copy, rids[1])
    assert shop.code(shop.till.returns.copy, rids[0]) is Code.NO_RIGHT
    shop.do(shop.till.login, MANAGER)
    shop.do(shop.till.returns.copy, rids[0])


def other_till(case) -> ReceiptDoc:
    rid = "11111111-2222-4333-8444-555555555555"
    return msgspec.structs.replace(case.receipt, rid=rid, terminal="T2")


def answering(shop: Desk, answer) -> None:
    """An office that knows receipts."""

    def ask(_code: str) -> SoldAnswer:
        if isinstance(answer, Exception):
            raise answer
        return answer

    shop.till.returns._ask_office = ask


def test_a_receipt_of_another_till_comes_from_the_office(shop: Desk) -> None:
    foreign = other_till(sold(shop, "1", "1"))
    taken = give_back(shop, sold(shop, "1")).lines
    told = entry_of(foreign, *taken)
    answering(shop, SoldAnswer(canonical(foreign), [canonical(told)]))
    case = shop.till.returns.find(code_of(foreign.rid)).result(WAIT_S)
    assert (case.receipt.terminal, case.is_sure) == ("T2", True)
    assert refused(shop, case) is Code.MORE_THAN_SOLD
    entry = give_back(shop, case, lines={1: 1000})
    assert (entry.sold_by, entry.terminal) == ("T2", "T1")
    # The office has not heard of it yet; this till remembers.
    again = shop.till.returns.find(code_of(foreign.rid)).result(WAIT_S)
    assert {one.rid for one in again.entries} == {told.rid, entry.rid}


def test_without_the_office_only_own_receipts_are_known(shop: Desk) -> None:
    case = sold(shop, "1")
    assert not case.is_sure
    code = code_of(other_till(case).rid)
    answering(shop, SyncError(Code.NO_NETWORK, detail=""))
    with pytest.raises(Rejected) as away:
        shop.till.returns.find(code).result(WAIT_S)
    assert away.value.code is Code.ASK_LATER
    answering(shop, SyncError(Code.OFFICE_REFUSED, detail="", status=404))
    with pytest.raises(Rejected) as unknown:
        shop.till.returns.find(code).result(WAIT_S)
    assert unknown.value.code is Code.NO_SUCH_RECEIPT
    with pytest.raises(Rejected) as nonsense:
        shop.till.returns.find("123").result(WAIT_S)
    assert nonsense.value.code is Code.NO_SUCH_RECEIPT


def test_a_restored_till_knows_what_came_back(shop: Desk, tmp_path: Path) -> None:
    from terminal.store.db import close_writer, open_writer  # noqa: PLC0415
    from terminal.store.register import next_number, of_receipt  # noqa: PLC0415

    case = sold(shop, "1", "1")
    entry = give_back(shop, case)
    other = sold(shop, "3")
    shop.do(shop.till.returns.correct, other, "card")
    cash_moved(shop)
    rows = shop.sql("SELECT * FROM document ORDER BY seq")
    restored = open_writer(tmp_path / "new.db", "journal")
    with write(restored):
        marks = ", ".join("?" * 8)
        restored.executemany(f"INSERT INTO document VALUES ({marks})", rows)  # noqa: S608
        copies.rebuild(restored, lost=0)
    (kept,) = of_receipt(restored, case.receipt.rid)
    assert msgspec.structs.replace(kept, running=None) == entry
    assert next_number(restored, "return") == 2
    assert restored.execute("SELECT receipt FROM payment_correction").fetchall() == [
        (other.receipt.rid,)
    ]
    # What left the drawer then does not leave it again.
    assert cash_due.owed(restored) == []
    close_writer(restored)


def test_a_return_counts_in_the_shift_of_who_makes_it(tmp_path: Path) -> None:
    with desk(tmp_path, settings=[ON]) as one:
        one.printer.cash_gr = FLOAT_GR
        one.start()
        opened(one)
        case = sold(one, "1", "1")
        give_back(one, case)
        other = sold(one, "3")
        one.do(one.till.returns.correct, other, "card")
        assert cash_moved(one)[-2:] == [-349, -3999]
        figures = one.do(one.till.shifts.state).takings
        assert (figures.returned_gr, figures.returns, figures.out_gr) == (349 + 3999, 1, 0)


VOUCHER = PaymentMethod("voucher", "Bon", "voucher", 3)
EURO = Currency("EUR", "euro", 43_210)


@pytest.fixture
def rich(tmp_path: Path) -> Iterator[Desk]:
    """A shop that takes vouchers and euros."""
    methods = [*ROWS["payment_methods"], VOUCHER]
    with desk(tmp_path, payment_methods=methods, currencies=[EURO]) as one:
        one.printer.cash_gr = FLOAT_GR
        yield one.start()


def of_receipt(shop: Desk, since: int):
    event = shop.ended(since)
    assert isinstance(event, events.ReceiptPrinted)
    return shop.till.returns.seek(event.receipt.rid).result(WAIT_S)


def refunds_of(entry) -> list[tuple[str, int]]:
    return [(one.method, one.amount_gr) for one in entry.refunds]


def judged(entry, case) -> list[str]:
    """What the office says of it."""
    return list(register_rules.wrong_entry(entry, Sales(case.receipt, list(case.entries))))


def test_an_invoice_is_not_taken_back_by_the_register(shop: Desk) -> None:
    since = shop.heard.mark()
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.issue_invoice, Buyer("5260250274", "Lipa", "Polna 1"))
    shop.do(shop.till.pay, "cash")
    case = of_receipt(shop, since)
    for entry in ("return", "complaint", "mistake"):
        assert refused(shop, case, entry=entry) is Code.CORRECTING_INVOICE
    assert shop.documents("return") == []


def test_a_mark_up_comes_back_with_the_goods(shop: Desk) -> None:
    since = shop.heard.mark()
    shop.do(shop.till.sell, "1", 3000)
    shop.do(shop.till.discount_line, 0, percent_bp=-1000)
    shop.do(shop.till.discount_receipt, amount_gr=-7)
    shop.do(shop.till.pay, "cash")
    case = of_receipt(shop, since)
    total = case.receipt.total_gr
    assert total == 1047 + 105 + 7
    first = give_back(shop, case)
    assert judged(first, case) == []
    case = shop.till.returns.seek(case.receipt.rid).result(WAIT_S)
    second = give_back(shop, case, lines={0: 2000})
    assert judged(second, case) == []
    assert first.total_gr + second.total_gr == total


def test_foreign_money_comes_back_in_zlotys(rich: Desk) -> None:
    since = rich.heard.mark()
    rich.do(rich.till.sell, "1")
    rich.do(rich.till.pay_currency, "EUR", 100)
    case = of_receipt(rich, since)
    entry = give_back(rich, case)
    assert refunds_of(entry) == [("cash", 349)]
    assert judged(entry, case) == []


def test_what_a_voucher_paid_is_never_paid_out_in_cash(rich: Desk) -> None:
    since = rich.heard.mark()
    rich.do(rich.till.sell, "1", 3000)
    rich.do(rich.till.pay, "voucher", 500)
    rich.do(rich.till.pay, "cash")
    case = of_receipt(rich, since)
    for expected in ([("voucher", 349)], [("voucher", 151), ("cash", 198)], [("cash", 349)]):
        entry = give_back(rich, case)
        assert refunds_of(entry) == expected
        assert judged(entry, case) == []
        case = rich.till.returns.seek(case.receipt.rid).result(WAIT_S)


def test_the_office_refuses_cash_for_a_voucher_and_entries_on_an_invoice(rich: Desk) -> None:
    since = rich.heard.mark()
    rich.do(rich.till.sell, "1")
    rich.do(rich.till.pay, "voucher")
    case = of_receipt(rich, since)
    entry = give_back(rich, case)
    paid_out = [RefundDoc("cash", "Gotówka", "cash", 349)]
    found = judged(msgspec.structs.replace(entry, refunds=paid_out), case)
    assert found == ["voucher_in_money: 349"]
    invoice = msgspec.structs.replace(case.receipt, document="invoice", invoice_no=4)
    assert judged(entry, replace(case, receipt=invoice)) == [
        "invoice: 4 wants a correcting invoice"
    ]


def test_a_method_that_the_office_does_not_refund_goes_back_in_cash(tmp_path: Path) -> None:
    methods = [
        PaymentMethod("cash", "Gotówka", "cash", 1),
        PaymentMethod("card", "Karta", "card", 2, refund_allowed=False),
        PaymentMethod("transfer", "Przelew", "transfer", 3),
    ]
    with desk(tmp_path, payment_methods=methods) as shop:
        shop.printer.cash_gr = FLOAT_GR
        shop.start()
        by_card = give_back(shop, sold(shop, "1", method="card"))
        by_transfer = give_back(shop, sold(shop, "1", method="transfer"))
    assert refunds_of(by_card) == [("cash", 349)]
    assert refunds_of(by_transfer) == [("transfer", 349)]
