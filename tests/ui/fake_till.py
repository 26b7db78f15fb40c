"""A till in memory with the verbs of the real one: no printer, no database, no network."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

from stdnum.pl import nip as polish_nip

from drivers.scan import Scan, read_scan
from drivers.weight_code import read_pattern
from terminal import events
from terminal.day.closing import Summary
from terminal.engine import Call, Engine
from terminal.errors import Code, Rejected, TillError
from terminal.gear.labels import Found, Portion, look_up, portion, portion_of
from terminal.people.rights import Approval, Operator, require
from terminal.sale import buyer, tender
from terminal.sale import verbs as sale
from terminal.sale.age import born_by
from terminal.sale.receipt import CardStatus, Receipt, State
from terminal.store.catalogue import Article
from terminal.store.exchanges import Cause, Exchange
from terminal.store.outbox import Unsent
from terminal.store.sales import EVERYTHING, Filter, Sale, Wanted
from terminal.sync.datasets import DATA_SETS, sets_of
from terminal.sync.wire import (
    Currency,
    Customer,
    Discount,
    PaymentMethod,
    ReturnDoc,
    Right,
    Settings,
    Stock,
)
from terminal.update.phase import UpdateState
from tests.ui.fake_cash import FakeReports, FakeShifts
from tests.ui.fake_field import FakeField, FakeFieldShelf
from tests.ui.fake_finder import FakeFinder
from tests.ui.fake_parking import BLANK, FakeParking, FakeSharing
from tests.ui.fake_returns import FakeReturns, case_of
from tests.ui.fake_safe import FakeSafe
from tests.ui.fake_workshop import INSTALLED, FakeWorkshop

if TYPE_CHECKING:
    from msgspec import Struct

    from terminal.sale.entries import Case
    from terminal.store.events import Logged
    from terminal.store.grid import Cell
    from terminal.store.parked import Lying

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PATTERNS = (read_pattern("28PPPPPWWWWWC"),)


def article(no: int, name: str, price_gr: int, **more: object) -> Article:
    made = Article(
        id=f"p{no}",
        plu=str(no),
        barcode=f"590000000000{no}",
        name=name,
        unit="szt",
        precision=0,
        vat="A",
        rate_bp=2300,
        price_gr=price_gr,
        category="",
        is_weighed=False,
        is_open_price=False,
    )
    return replace(made, **more)


ARTICLES = [
    article(1, "Mleko ŁACIATE 3,2% 1l", 349),
    article(2, "Chleb żytni", 520, vat="C", rate_bp=500),
    article(3, "Ser gouda", 3290, unit="kg", precision=3, is_weighed=True),
    article(4, "Usługa", 0, is_open_price=True),
    article(5, "Piwo jasne", 420, barcode="5900000000099"),
    article(6, "Piwo ciemne", 450, barcode="5900000000099"),
    article(7, "Wódka", 3999, min_age=18),
]
METHODS = [
    PaymentMethod("cash", "Gotówka", "cash", 1),
    PaymentMethod("card", "Karta", "card", 2),
]


class FakeShelf(FakeFieldShelf):
    def __init__(self) -> None:
        super().__init__()
        self.sold: list[Sale] = []
        self.receipts: dict[str, Receipt] = {}
        self.asked: list[tuple[Wanted, str]] = []
        self.entered: list[ReturnDoc] = []
        self.stocks: dict[str, Stock] = {}
        self.offered: list[Discount] = []
        self.best: list[Article] = []
        self.keys: list[Cell] = []
        self.categories: dict[str, list[Cell]] = {}
        self.rates: list[Currency] = []
        self.methods = list(METHODS)
        self.exchanged: list[Exchange] = []
        self.logged: list[Logged] = []
        self.rejections: list[tuple[str, str]] = []
        self.sets: dict[str, list[Struct]] = {
            "customers": [
                Customer("c1", "Lipa sp. z o.o.", "5260250274", city="Łódź"),
                Customer("c2", "Jan Dąb"),
            ],
            "currencies": [Currency("EUR", "euro", 42_587)],
        }

    def find(self, code: str) -> list[Article]:
        return [one for one in ARTICLES if code in {one.plu, one.barcode}]

    def article(self, article_id: str) -> Article | None:
        return next((one for one in ARTICLES if one.id == article_id), None)

    def search(self, text: str, by_keys: bool, limit: int = 50) -> list[Article]:
        if by_keys:
            keys = {"0": " ", "2": "abcą", "3": "def", "4": "ghi", "5": "jkl"}
            keys |= {"6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
            return [
                one
                for one in ARTICLES
                if all(c in keys.get(k, k) for k, c in zip(text, one.name.lower(), strict=False))
            ][:limit]
        return [one for one in ARTICLES if text.lower() in one.name.lower()][:limit]

    def best_sellers(self, limit: int = 50) -> list[Article]:
        return self.best[:limit]

    def discounts(self) -> list[Discount]:
        return self.offered

    def quick_keys(self) -> list[Cell]:
        return self.keys

    def in_category(self, category: str, per_page: int) -> list[Cell]:
        return self.categories.get(category, [])

    def currencies(self) -> list[Currency]:
        return self.rates

    def stock(self, product_id: str) -> Stock | None:
        return self.stocks.get(product_id)

    def payment_methods(self) -> list[PaymentMethod]:
        return self.methods

    def sales(
        self,
        wanted: Wanted = EVERYTHING,
        viewer: str = "",
        after: Sale | None = None,
        limit: int = 50,
    ) -> list[Sale]:
        self.asked.append((wanted, viewer))
        found = [one for one in self.sold if after is None or one.closed_at < after.closed_at]
        if wanted.filter is Filter.NUMBER:
            found = [one for one in found if one.receipt_no == int(wanted.value)]
        return found[:limit]

    def bill(self, rid: str) -> Receipt:
        return self.receipts[rid]

    def case(self, rid: str) -> Case:
        return replace(case_of(self.receipts[rid]), entries=tuple(self.entered))

    def register(self, before: ReturnDoc | None = None, limit: int = 50) -> list[ReturnDoc]:
        return self.entered[::-1][:limit] if before is None else []

    def events(self, before: tuple[int, int] | None = None) -> list[Logged]:
        return [one for one in self.logged if before is None or one.place < before][:50]

    def exchanges(self) -> list[Exchange]:
        return self.exchanged

    def rejected(self, limit: int) -> list[tuple[str, str]]:
        return self.rejections[:limit]

    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in self.sets.items()}

    def rows(self, name: str, after: str, limit: int) -> list[Struct]:
        return [one for one in self.sets.get(name, []) if one.id > after][:limit]

    def customers(
        self, text: str = "", after: Customer | None = None, limit: int = 50
    ) -> list[Customer]:
        rows = self.sets["customers"]
        found = [one for one in rows if text.lower() in f"{one.name} {one.nip}".lower()]
        return found[found.index(after) + 1 if after else 0 :][:limit]

    def last_pulls(self) -> dict[str, tuple[int, str]]:
        return {"products": (17, "2026-11-22T10:15:00Z")}


class FakeGear:
    """Reads scans as the real one does, and sells them through the fake till's own verbs."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.lamps: dict[str, events.DeviceChanged] = {}
        self.scale: object | None = None
        self.weights: list[Future[int]] = []

    def read(self, text: str) -> Scan:
        return read_scan(text)

    def weigh(self) -> Future[int]:
        if self.scale is None:
            return self.till.engine.call(lambda: 1_250)
        # The test says when, and what it weighs.
        self.weights.append(Future())
        return self.weights[-1]

    def articles(self, scan: Scan) -> Found:
        return look_up(scan, PATTERNS, self.till.shelf.find)

    def sell_scan(self, scan: Scan, times_milli: int | None = None) -> None:
        self.till.calls.append(("sell_scan", scan.code, times_milli))
        self.sell(portion(scan, self.articles(scan), times_milli))

    def sell_chosen(self, article: Article, found: Found, times_milli: int | None = None) -> None:
        self.sell(portion_of(article, found, times_milli))

    def sell(self, sold: Portion) -> None:
        self.till.sell_article(sold.article.id, sold.qty_milli, sold.price_gr)


class AtOnce(Engine):
    """Does what it is called for before ``call`` returns: no thread, no waiting."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        super().stop()

    def call(self, do, *args, **kwargs):
        call = Call(self, partial(do, *args, **kwargs))
        try:
            call.set_result(call.job())
        except Exception as error:  # noqa: BLE001 - as a real engine does
            call.set_exception(error)
        return call


class FakeReminder:
    """``refusal`` is what stands at the door of the payment."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.refusal: TillError | None = None

    def enter_payment(self) -> None:
        if self.refusal:
            raise self.refusal

    def put_off(self) -> None:
        self.till.calls.append(("put_off",))
        self.refusal = None


class FakeSyncReminder:
    """``is_wanted`` is what stands before a new document."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.last_at: datetime | None = None
        self.is_wanted = False

    def is_first(self) -> bool:
        return self.is_wanted

    def put_off(self) -> None:
        self.till.calls.append(("put_off_sync",))
        self.is_wanted = False


class FakeClosing:
    def __init__(self, till: FakeTill) -> None:
        self.till = till

    def answer(self, *, is_done: bool) -> Future[None]:
        self.till.calls.append(("answer", is_done))
        return self.till.engine.call(self.till.engine.tell, events.ClosingAsked(""))

    def cancel_open(self) -> Future[None]:
        self.till.calls.append(("cancel_open",))
        self.till.problems = ()
        return self.till.engine.call(lambda: None)


class FakeUpdates:
    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.state = UpdateState()

    def install_now(self) -> None:
        self.till.calls.append(("install_now",))

    def postpone(self) -> None:
        self.till.calls.append(("postpone",))


class FakeTill:
    """``prints`` is how attempts to print end: ``ok``, ``fails``, ``cancelled``, ``waits`` or
    ``in line`` (the printer's thread has not begun)."""

    def __init__(self, engine: type[Engine] = Engine) -> None:
        self.engine = engine("engine")
        self.lookup = engine("lookup")
        self.shelf = FakeShelf()
        self.gear = FakeGear(self)
        self.parking = FakeParking(self)
        self.workshop = FakeWorkshop(self)
        self.safe = FakeSafe(self.engine)
        self.slips = SimpleNamespace(print_trial=lambda: self.workshop._do("slip", None))
        self.installed = INSTALLED
        self.console = SimpleNamespace(is_listening=True, names=lambda: ["J. Kowal"])
        self.shifts = FakeShifts(self)
        self.reports = FakeReports()
        self.returns = FakeReturns(self)
        self.clients = SimpleNamespace(create=self.create_customer)
        self.sharing = FakeSharing(self)
        self.bill = SimpleNamespace(print=lambda: self.calls.append(("bill",)))
        self.rights = frozenset(Right)
        self.operator: Operator | None = None
        self.receipt = BLANK
        self.settings = Settings("settings", login_mode="pin", language="en", cash_management=True)
        self.prints = "ok"
        self.printed = 0
        self.blocked: TillError | None = None
        self.problems: tuple[TillError, ...] = ()
        self.unsent = Unsent(3, "2026-11-22T10:15:00+01:00", 0)
        self.calls: list[tuple[object, ...]] = []
        self.refuse_pull: TillError | None = None
        self.refuse_push: TillError | None = None
        self.refuse_bill: Rejected | None = None
        self.changes = {"products": 12, "users": 2, "customers": 3}
        self.version = ""
        self.day = "OPEN"
        self.reminder = FakeReminder(self)
        self.field = FakeField(self)
        self.sync_reminder = FakeSyncReminder(self)
        self.updates = FakeUpdates(self)
        self.finder = FakeFinder()
        self.closing = FakeClosing(self)
        self.added: tuple[Lying, ...] = ()
        self.notes = ()

    def stop(self) -> None:
        self.engine.stop()
        self.lookup.stop()

    def view(self) -> SimpleNamespace:
        return SimpleNamespace(
            operator=self.operator,
            receipt=self.receipt,
            printer_online=True,
            waits_for="",
            network_online=True,
            unsent=self.unsent,
            blocked=self.blocked,
            last_sale=None,
            settings=self.settings,
            day=self.day,
            notes=self.notes,
            heard_at=None,
            parking=self.parking.state,
            office_off=None,
            update=self.updates.state,
            imported=None,
        )

    def login(self, identifier: str, pin: str = "") -> Operator:
        if pin == "9999":
            raise Rejected(Code.LOCKED_OUT, seconds=30)
        if (identifier, pin) != ("1", "1234"):
            raise Rejected(Code.WRONG_PIN)
        self.operator = Operator("u1", "1", "Anna Nowak", "kasjer", self.rights, "")
        self.engine.tell(events.OperatorChanged(self.operator))
        return self.operator

    def approve(self, right: Right, identifier: str, pin: str) -> Approval:
        self.calls.append(("approve", right, identifier))
        if (identifier, pin) != ("2", "2222"):
            raise Rejected(Code.WRONG_PIN)
        return Approval(right, self.operator, "Marek")

    def lock(self) -> None:
        self.operator = None
        self.engine.tell(events.OperatorChanged(None))

    def sell(self, code: str, times_milli: int | None = 1000) -> None:
        self.calls.append(("sell", code, times_milli))
        found = self.shelf.find(code)
        if not found:
            raise Rejected(Code.NOT_FOUND, item=code)
        if len(found) > 1:
            raise Rejected(Code.AMBIGUOUS, item=code)
        self.sell_article(found[0].id, times_milli)

    def sell_article(
        self, article_id: str, qty_milli: int | None = 1000, price_gr: int | None = None
    ) -> None:
        self.calls.append(("sell_article", article_id, qty_milli, price_gr))
        one = next(one for one in ARTICLES if one.id == article_id)
        if one.min_age > self.receipt.age_checked:
            born = born_by(NOW.date(), one.min_age)
            raise Rejected(Code.AGE_WANTED, name=one.name, age=one.min_age, born=born)
        if qty_milli is None and one.is_weighed:
            raise Rejected(Code.WEIGHT_WANTED, name=one.name)
        if one.is_open_price and price_gr is None:
            raise Rejected(Code.PRICE_WANTED, name=one.name)
        price = one.price_gr if price_gr is None else price_gr
        qty = 1000 if qty_milli is None else qty_milli
        self._put(sale.add(self._current(), one, qty, price, one.rate_bp))

    def confirm_age(self, age: int) -> None:
        self.calls.append(("confirm_age", age))
        self._put(sale.with_age(self._current(), age))

    def refuse_age(self, age: int) -> None:
        self.calls.append(("refuse_age", age))

    def repeat(self, times_milli: int | None = None) -> None:
        self.calls.append(("repeat", times_milli))
        if not self.receipt.live_lines:
            raise Rejected(Code.NOTHING_TO_REPEAT)
        last = self.receipt.live_lines[-1]
        is_weighed = self.shelf.article(last.product).is_weighed
        qty_milli = times_milli or (None if is_weighed else last.qty_milli)
        self.sell_article(last.product, qty_milli)

    def set_quantity(self, no: int, qty_milli: int) -> None:
        self._put(sale.change(self._current(), no, qty_milli=qty_milli))

    def set_price(self, no: int, price_gr: int) -> None:
        require(self.operator, Right.CHANGE_PRICE)
        self._put(sale.change(self._current(), no, price_gr=price_gr))

    def discount_line(self, no: int, **off: int) -> None:
        self._put(sale.discount_line(self._current(), no, **off))

    def discount_receipt(self, **off: int) -> None:
        self._put(sale.discount_receipt(self._current(), **off))

    def give_discount(self, discount_id: str, no: int | None = None) -> None:
        self.calls.append(("give_discount", discount_id, no))
        (one,) = (one for one in self.shelf.offered if one.id == discount_id)
        sign = -1 if one.is_markup else 1
        off = {"amount_gr": sign * one.amount_gr, "percent_bp": sign * one.percent_bp or None}
        off["of_shop"] = sale.OfShop(one.id, one.name)
        if no is None:
            self.discount_receipt(**off)
        else:
            self.discount_line(no, **off)

    def void_line(self, no: int, reason: str = "") -> None:
        self.calls.append(("void_line", no, reason))
        self._put(sale.void(self._current(), no))

    def drop_receipt(self, reason: str) -> None:
        self.calls.append(("drop_receipt", reason))
        self._put(BLANK)

    def set_customer(self, customer_id: str) -> None:
        self.calls.append(("set_customer", customer_id))
        known = {one.id: one.name for one in self.shelf.sets["customers"]}
        name = known[customer_id] if customer_id else ""
        self._put(sale.with_customer(self._current(), customer_id, name))

    def create_customer(self, name: str, nip: str = "") -> Customer:
        self.calls.append(("create_customer", name, nip))
        if nip and not polish_nip.is_valid(nip):
            raise Rejected(Code.BAD_NIP, nip=nip)
        made = Customer("new", name, nip)
        self.shelf.sets["customers"].append(made)
        return made

    def set_nip(self, nip: str) -> None:
        self._put(sale.with_nip(self._current(), nip))

    def receipt_from_bill(self, rid: str) -> None:
        self.calls.append(("receipt_from_bill", rid))
        if self.refuse_bill:
            raise self.refuse_bill
        bill = self.shelf.bill(rid)
        self._put(replace(bill, rid="made", state=State.OPEN, payments=(), makes_good=rid))

    def pay(self, method_id: str, amount_gr: int | None = None) -> None:
        self.calls.append(("pay", method_id, amount_gr))
        method = next(one for one in self.shelf.methods if one.id == method_id)
        receipt = self._current()
        amount = receipt.due_gr if amount_gr is None else amount_gr
        payment = tender.tendered(receipt, method, amount)
        paid = tender.pay(receipt, payment, gives_change=method.gives_change)
        if method.is_fiscal:
            self._received(paid)
        else:
            self._put(BLANK)
            self.engine.tell(events.BillMade(replace(paid, state=State.BILL), 1))

    def pay_currency(self, symbol: str, foreign: int | None = None) -> None:
        self.calls.append(("pay_currency", symbol, foreign))
        receipt = self._current()
        currency = next(one for one in self.shelf.rates if one.id == symbol)
        amount = tender.enough(receipt.due_gr, currency.rate_e4) if foreign is None else foreign
        self._received(tender.pay(receipt, tender.exchanged(currency, amount)))

    def answer_card(self, status: CardStatus, reference: str = "") -> None:
        self.calls.append(("answer_card", status, reference))
        self._received(tender.answered(self.receipt, status, reference))

    def _received(self, paid: Receipt) -> None:
        self._put(paid)
        if paid.state is State.PAID:
            self.print_receipt()

    def take_back_payments(self, *, is_reversed: bool = False) -> None:
        self._take_back(tender.reopen(self.receipt), is_reversed)

    def take_back_payment(self, *, is_reversed: bool = False) -> None:
        self._take_back(tender.take_back(self.receipt), is_reversed)

    def _take_back(self, left: Receipt, is_reversed: bool) -> None:
        if not is_reversed and tender.to_reverse(self.receipt.payments[len(left.payments) :]):
            tender.let_go(self.receipt)
        self._put(left)

    def issue_receipt(self, nip: str = "") -> None:
        self._put(buyer.as_receipt(self._current(), nip))

    def issue_invoice(self, who: buyer.Buyer, *, is_meal: bool = False) -> None:
        self._put(buyer.as_invoice(self._current(), who, is_meal=is_meal))

    def issue_e_receipt(self, kid: str) -> None:
        self._put(buyer.as_e_receipt(self._current(), kid))

    def print_receipt(self) -> None:
        self.calls.append(("print_receipt",))
        self.printed += 1
        if self.prints == "in line":
            return
        paid = self.receipt
        self._put(replace(paid, state=State.PRINTING))
        if self.prints == "ok":
            self._sold(paid)
        elif self.prints != "waits":
            self._put(paid)
            reason = Rejected(Code.NO_PRINTER)
            was_cancelled = self.prints == "cancelled"
            self.engine.tell(events.ReceiptNotPrinted(paid, reason, was_cancelled))

    def _sold(self, paid: Receipt) -> None:
        sold = replace(paid, state=State.FISCAL)
        no = len(self.shelf.sold) + 1
        self.shelf.receipts[sold.rid] = sold
        at = f"2026-11-22T12:{no:02}:00+01:00"
        method = " + ".join(payment.name for payment in sold.payments)
        one = Sale(sold.rid, no, at, sold.operator, sold.total_gr, method, False, False, "")
        self.shelf.sold.insert(0, one)
        self._put(BLANK)
        self.engine.tell(events.ReceiptPrinted(sold, no, sold.change_gr))

    def now(self) -> datetime:
        return datetime.now(UTC)

    def day_summary(self) -> Future[Summary]:
        clocks = {"printer_clock": "2026-11-22 20:00", "till_clock": "2026-11-22 20:01"}
        figures = {"report_no": 7, "receipts": 12, "cancelled": 1, "total_gr": 34567, "unsent": 3}
        summary = Summary(**figures, **clocks, problems=self.problems, added=self.added)
        return self.lookup.call(lambda: summary)

    def close_day(self, *, allow_empty: bool = False, drops: tuple[str, ...] = ()) -> Future[None]:
        self.calls.append(("close_day", allow_empty, *drops))
        return self.engine.call(self._close_day)

    def _close_day(self) -> None:
        require(self.operator, Right.CLOSE_DAY)
        for step in ("INTENT", "REPORTED", "SETTINGS", "PUSH"):
            self.engine.tell(events.ClosingStep(step))
        self.lock()
        notes = ("Back office does not answer",)
        self.engine.tell(events.DayClosed(7, 34567, 12, notes, ("PUSH",), 3, version="0.1.0"))

    def accept_printer(self) -> Future[None]:
        self.calls.append(("accept_printer",))
        self.blocked = None
        return self.engine.call(self.engine.tell, events.SellingBlocked(None))

    def confirm_report(self) -> Future[None]:
        self.calls.append(("confirm_report",))
        self.blocked = None
        return self.engine.call(self.engine.tell, events.SellingBlocked(None))

    def pull(self, entry: str, *, ever: bool = False) -> Future[list[events.Pulled]]:
        self.calls.append(("pull", entry, "ever") if ever else ("pull", entry))
        return self.lookup.call(self._pull, entry)

    def _pull(self, entry: str) -> list[events.Pulled]:
        if self.refuse_pull:
            raise self.refuse_pull
        self.engine.tell(events.PullProgress(entry, 5))
        for name in sets_of(entry):
            self.changes.pop(name, None)
        return [events.Pulled(entry, 17, 4, 1, (("p9", "No price"),))]

    def waiting(self) -> Future[dict[str, int]]:
        return self.lookup.call(self._waiting)

    def _waiting(self) -> dict[str, int]:
        if self.refuse_pull:
            raise self.refuse_pull
        return dict.fromkeys(DATA_SETS, 0) | self.changes

    def push(self, cause: Cause = Cause.KEYS) -> Future[int]:
        self.calls.append(("push",) if cause is Cause.KEYS else ("push", cause))
        return self.lookup.call(self._push)

    def _push(self) -> int:
        if self.refuse_push:
            raise self.refuse_push
        count, self.unsent = self.unsent.count, Unsent(0, "", self.unsent.rejected)
        self.engine.tell(events.UnsentChanged(self.unsent))
        return count

    def find_release(self) -> Future[str]:
        return self.lookup.call(lambda: self.version)

    def _current(self) -> Receipt:
        return self.receipt if self.receipt.rid else Receipt("r1", "", "u1", "Anna Nowak")

    def _put(self, receipt: Receipt) -> None:
        self.receipt = receipt
        self.engine.tell(events.ReceiptChanged(receipt))
