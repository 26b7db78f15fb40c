"""Every page of the cashier's screen in its main states: a line each, with the keys to it.

A new page is one more line in ``SHOTS``. Keys are written as somebody presses them, one after the
other: names of actions (``menu``, ``enter``, ``#``) are keys, any other word is typed sign by sign.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from terminal import events
from terminal.context import ZONE
from terminal.day.state import Day
from terminal.errors import Blocked, Code, Rejected, SyncError
from terminal.field.draft import Draft
from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store.availability import Availability
from terminal.store.events import Logged
from terminal.store.exchanges import Cause, Exchange
from terminal.store.grid import Cell
from terminal.store.parked import Lying
from terminal.store.sales import Sale
from terminal.store.settings import Difference
from terminal.sync.wire import Attachment, Currency, Discount, PaymentMethod, Right, SalesLine
from terminal.update.phase import Phase, UpdateChanged, UpdateState
from tests.ui.fake_field import LINE, document, visit
from tests.ui.fake_finder import SIZE
from tests.ui.fake_till import ARTICLES, AtOnce, FakeTill
from ui.desk import Desk
from ui.key_names import ACTIONS
from ui.training import Training

if TYPE_CHECKING:
    from collections.abc import Callable

LOG_IN = "1 enter 1234 enter"
INVOICE = "1 enter 2 enter enter # # 1 5260250274 enter enter"
# From the first data set to the seventeenth.
CUSTOMERS = "page_down down down down down down down"


class StillTill(FakeTill):
    """A till in memory whose clock stands still."""

    def __init__(self) -> None:
        super().__init__(AtOnce)

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 12, 34, 56, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Shot:
    """``given`` prepares the till, ``then`` is told after the keys."""

    name: str
    keys: str
    given: Callable[[FakeTill], object] = id
    then: object | None = None
    is_logged_in: bool = True
    is_training: bool = False

    def take(self) -> Desk:
        """A desk that has come to this state."""
        till = StillTill()
        self.given(till)
        desk = Desk(till, lambda do: do(), lambda _: None)
        desk.clock = till.now().strftime("%H:%M:%S")
        desk.training = Training(self.is_training, lambda: None)
        desk.start()
        for word in [*(LOG_IN.split() if self.is_logged_in else []), *self.keys.split()]:
            for key in [word] if word in ACTIONS else word:
                desk.press(key)
        if self.then is not None:
            till.engine.tell(self.then)
        return desk


def ways(till: FakeTill) -> None:
    bon = PaymentMethod("bon", "Bon", "bon", 3)
    till.shelf.methods += [bon, PaymentMethod("blik", "BLIK", "other", 4, uses_terminal=True)]
    till.shelf.rates = [Currency("EUR", "Euro", 42_650, rate_of="2026-11-20")]


def sold(till: FakeTill) -> None:
    at = "2026-11-22T{}:00+01:00"
    till.shelf.sold = [
        Sale("r3", 3, at.format("12:03"), "Anna Nowak", 349, "Gotówka", False, False, ""),
        Sale("r2", 2, at.format("11:58"), "Jan Dąb", 1040, "Karta", False, True, "unknown product"),
        Sale("r1", 1, at.format("08:00"), "Anna Nowak", 120_000, "Karta", True, False, ""),
    ]
    till.shelf.receipts = dict.fromkeys(("r1", "r2", "r3"), till.receipt)


def bought(till: FakeTill) -> None:
    """A receipt with a discount, paid by card and in cash."""
    cheese = Line("p3", "3", "", "Ser gouda", "kg", 3, "C", 500, 3290, 3290, 250, discount_gr=23)
    lines = (Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 2000), cheese)
    paid = (Payment("card", "Karta", "card", 1000), Payment("cash", "Gotówka", "cash", 1000))
    rid = "0f3e2d1c-5b6a-4978-8796-a5b4c3d2e1f0"
    receipt = Receipt(rid, "", "u1", "Anna Nowak", State.FISCAL, lines, paid, 50)
    till.shelf.receipts = {rid: receipt}
    at = "2026-11-22T12:03:00+01:00"
    row = Sale(rid, 2, at, "Anna Nowak", receipt.total_gr, "Karta + Gotówka", True, False, "")
    till.shelf.sold = [row]


def billed(till: FakeTill) -> None:
    """A bill that waits, one that was made good, and the receipt that did so."""
    line = Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 2000)
    paid = (Payment("bill", "Rachunek", "other", 698),)
    till.shelf.receipts = dict.fromkeys(
        ("b8", "b7"), Receipt("b8", "", "u1", "Anna Nowak", State.BILL, (line,), paid)
    )
    rows = (("b8", 0, "12:20", 8, 0), ("r31", 31, "12:10", 0, 0), ("b7", 0, "11:00", 7, 31))
    till.shelf.sold = [
        Sale(
            *(rid, no, f"2026-11-22T{at}:00+01:00", "Anna Nowak", 698, "Karta", True, False, ""),
            bill_no=bill_no,
            made_good=made_good,
        )
        for rid, no, at, bill_no, made_good in rows
    ]


def alone(till: FakeTill) -> None:
    bought(till)
    till.returns.is_sure = False


def exchanged(till: FakeTill) -> None:
    at = "2026-11-22T10:15:30.000+01:00"
    till.shelf.exchanged = [
        Exchange(at, "push", Cause.LEAVING, "Anna Nowak", error="E-50 no answer of the office"),
        Exchange(at, "products", Cause.START, "", added=17, refused=2),
    ]


def logged(till: FakeTill) -> None:
    at = "2026-11-22T10:15:30.000+01:00"
    told = (("by", "Marek"), ("right", "discount"), ("user", "u2"))
    till.shelf.logged = [
        Logged((1, 8), at, "Anna Nowak", "approved", told),
        Logged((1, 7), at, "", "data_applied", (("set", "products"), ("revision", "17"))),
    ]


def stopped(code: Code, **more: object) -> Callable[[FakeTill], object]:
    return lambda till: setattr(till, "blocked", Blocked(code, **more))


def day(state: Day, refusal: Code | None = None) -> Callable[[FakeTill], object]:
    """The state of the day, and what it says at the door of the payment."""

    def given(till: FakeTill) -> None:
        till.day = state
        till.reminder.refusal = Rejected(refusal) if refusal else None

    return given


def updating(phase: Phase, **more: object) -> UpdateChanged:
    return UpdateChanged(UpdateState(phase, "1.5.0", **more))


def trying(phase: Phase) -> Callable[[FakeTill], object]:
    return lambda till: setattr(till.updates, "state", updating(phase).state)


def restored(till: FakeTill) -> None:
    till.updates.state = UpdateState(rolled_back="1.5.0: its screen did not come up")


def is_late(till: FakeTill) -> None:
    """Half an hour before midnight."""
    till.day = Day.DUE
    till.now = lambda: datetime(2026, 11, 22, 23, 30, tzinfo=ZONE)


def prints(how: str) -> Callable[[FakeTill], object]:
    return lambda till: setattr(till, "prints", how)


def offers(till: FakeTill) -> None:
    till.shelf.offered = [
        Discount("off", "Końcówka serii", "line", amount_gr=50),
        Discount("more", "Uszkodzone", "line", percent_bp=2500),
    ]


def has_reasons(till: FakeTill) -> None:
    till.settings = msgspec.structs.replace(till.settings, void_reasons=["Pomyłka", "Zła cena"])


def has_keys(till: FakeTill) -> None:
    milk, bread, cheese, *_ = ARTICLES
    till.shelf.keys = [
        Cell(1, 7, "Mleko", milk),
        Cell(1, 12, "Gouda", cheese),
        Cell(1, 31, "Pieczywo", category="bread"),
    ]
    till.shelf.categories = {
        "": [Cell(1, 1, "Spożywcze", category="food"), Cell(1, 2, "Napoje", category="drinks")],
        "bread": [Cell(1, 1, "Bułki", category="rolls"), Cell(1, 2, "Chleb żytni", bread)],
    }


def has_scale(till: FakeTill) -> None:
    till.gear.scale = object()


def has_best(till: FakeTill) -> None:
    till.shelf.best = ARTICLES[:4]


def offline(till: FakeTill) -> None:
    till.refuse_pull = till.refuse_push = SyncError(Code.NO_NETWORK)


def offered(till: FakeTill) -> None:
    till.finder.offer("9.1.0", 3_100_000)


def waiting_release(till: FakeTill) -> None:
    till.finder.offer("9.1.0", SIZE, is_prepared=True)


COMES = events.ReleaseComes("9.1.0", 12_300_000, SIZE, 1_250_000)


def rejects(till: FakeTill) -> None:
    till.unsent = replace(till.unsent, rejected=2)
    till.shelf.rejections = [("receipt 12", "unknown product"), ("report 3", "other totals")]


def all_sent(till: FakeTill) -> None:
    till.unsent = replace(till.unsent, count=0, oldest_at="")


def only_sells(till: FakeTill) -> None:
    till.rights = frozenset({Right.SELL})


def has_problems(till: FakeTill) -> None:
    till.problems = (
        Rejected(Code.NO_PAPER, reason="no paper"),
        Rejected(Code.PRINTER_CLOCK, printer="2026-11-22 20:00", till="2026-11-22 20:09"),
        Rejected(Code.RECEIPT_OPEN),
    )


def holds_document(till: FakeTill) -> None:
    till.problems = (Rejected(Code.OPEN_DOCUMENT, number=17),)


def parked_today(till: FakeTill) -> None:
    lying = Lying("Stolik 4", "r9", "2026-11-22T12:00:00+01:00", "u1", "Anna", 520, "", 1, "Chleb")
    till.added = (lying,)


def asks_to_synchronise(till: FakeTill) -> None:
    settings = till.settings
    till.settings = msgspec.structs.replace(settings, remind_every_min=60, remind_snooze_min=10)
    till.sync_reminder.last_at = till.now() - timedelta(minutes=75)


def has_field(till: FakeTill) -> None:
    shelf = till.shelf
    shelf.documents = [
        document(3, customer="c2", due="2026-12-01", note="Brama B, dzwonić godzinę wcześniej"),
        document(2, "OS", due="2026-12-31"),
        document(1, state="realised", receipt="r1"),
    ]
    shelf.calendar = [
        visit(1, "2026-11-20T10:00:00+01:00", state="done", note="Zamówią po świętach"),
        visit(2, "2026-11-22T13:00:00+01:00"),
        visit(3, "2026-11-24T09:30:00+01:00", customer="c2", subject=""),
    ]
    at = "2026-11-22T11:00:00+01:00"
    shelf.kept = [
        Attachment("a1", "customer", "c1", "note", at, text="Płacą przelewem, 14 dni"),
        Attachment(
            *("a2", "customer", "c1", "file", "2026-11-21T11:00:00+01:00", "umowa.pdf", 345_678),
            *("a" * 64, "application/pdf"),
        ),
    ]
    shelf.available = [
        Availability("p2", "Chleb żytni", "szt", 0, 12_000, "2026-11-22T09:20:00+01:00", 2_000),
        Availability("p3", "Ser gouda", "kg", 3, 4_250, "2026-11-20T09:20:00+01:00"),
    ]


def has_draft(till: FakeTill) -> None:
    cheese = SalesLine("p3", "Ser gouda", "kg", "A", 1_250, 3290, 3701, percent_bp=1000)
    till.field.draft = Draft("ZS", "c1", (LINE, cheese), due="2026-12-01")


def sold_nothing(till: FakeTill) -> None:
    till.problems = (Rejected(Code.NO_SALES),)


def refuses_report(till: FakeTill) -> None:
    def close_day(**_: bool) -> None:
        till.engine.tell(events.ClosingStep("INTENT"))
        till.engine.tell(events.Failed(Rejected(Code.NO_PAPER, reason="cover open")))
        return till.engine.call(lambda: None)

    till.close_day = close_day


def counts_down(till: FakeTill) -> None:
    def close_day(**_: bool) -> None:
        till.engine.tell(events.ClosingStep("INTENT"))
        till.engine.tell(updating(Phase.COUNTDOWN, seconds_left=30))
        return till.engine.call(lambda: None)

    till.close_day = close_day


def forced(till: FakeTill) -> None:
    till.prints = "fails"
    till.day = Day.FORCED


def blind(till: FakeTill) -> None:
    till.settings = msgspec.structs.replace(till.settings, blind_count=True)


def refuses_cash(till: FakeTill) -> None:
    def refuse(amount_gr: int, reason: str) -> None:
        raise Rejected(Code.CASH_NEGATIVE)

    till.move_cash = refuse


IMPORTED = events.ReportImported(8, datetime(2026, 11, 23, tzinfo=ZONE), 12_345, 12_300)
DIFFERS = events.DayClosed(
    7,
    34567,
    12,
    (),
    ("PUSH", "PRODUCTS"),
    difference=Difference(7, (34_560, 7, 0, 0, 0, 0, 0), (34_560, 0, 0, 0, 0, 0, 0)),
    version="1.4.2",
)
NO_PAPER = events.PrinterChanged(is_online=True, waits_for="no_paper")

SHOTS = (
    Shot("login", "", is_logged_in=False),
    Shot("login-pin", "1 enter 12", is_logged_in=False),
    Shot("login-wrong-pin", "1 enter 1111 enter", is_logged_in=False),
    Shot("selling-empty", ""),
    Shot("selling-lines", "1 enter 2 * 2 enter 59"),
    Shot("selling-quantity", "1 enter 2 enter # 3,5"),
    Shot("selling-voided", "1 enter 2 enter void"),
    Shot("selling-unknown", "1 enter 777 enter"),
    Shot("selling-parked", "1 enter park"),
    Shot("selling-change", "1 enter enter 2000 enter"),
    Shot("selling-no-paper", "1 enter", then=NO_PAPER),
    Shot("names-keys", "* 653"),
    Shot("names-letters", "piw"),
    Shot("names-none", "xyzzy"),
    Shot("several", "5900000000099 enter"),
    Shot("open-price", "4 enter 12"),
    Shot("void-or-cancel", "1 enter 2 enter esc"),
    Shot("cancel-receipt", "1 enter esc 2"),
    Shot("cancel-reasons", "1 enter esc 2", has_reasons),
    Shot("reason", "1 enter void 3 #55", has_reasons),
    Shot("nip", "1 enter nip 526025"),
    Shot("mark-up", "1 enter refresh * * 10"),
    Shot("quick-keys", "3 * ,", has_keys),
    Shot("category", ", 31", has_keys),
    Shot("categories", ", ,", has_keys),
    Shot("weight", "3 enter", has_scale),
    Shot("weight-typed", "3 enter 0,35"),
    Shot("age", "7 enter"),
    Shot("selling-signs", "7 enter enter 1 enter refresh * 50 enter # # 300 enter"),
    Shot("names-best", "*", has_best),
    Shot("training", "1 enter", is_training=True),
    Shot("training-begins", "menu 8 8"),
    Shot("approve", "1 enter # # 500 enter 2 enter 22", only_sells),
    Shot("discounts", "1 enter refresh enter", offers),
    Shot("price-check", "price_check 1 enter"),
    Shot("price-check-unknown", "price_check 777 enter"),
    Shot("payment", "1 enter 2 enter enter"),
    Shot("payment-split", "1 enter 2 enter enter 100 enter *"),
    Shot("payment-notes", "1 enter 2 enter enter , 2", given=ways),
    Shot("payment-invoice", f"{INVOICE} enter", given=ways),
    Shot("payment-back", "1 enter 2 enter enter 100 enter esc"),
    Shot("document", "1 enter 2 enter enter # #"),
    Shot("buyer", INVOICE),
    Shot("card", "1 enter 2 enter enter up up enter", given=ways),
    Shot("card-unknown", "1 enter 2 enter enter up up enter 3", given=ways),
    Shot("printing", "1 enter enter enter", prints("waits")),
    Shot("printing-no-paper", "1 enter enter enter", prints("waits"), NO_PAPER),
    Shot("not-printed", "1 enter enter enter", prints("fails")),
    Shot("blocked", "", stopped(Code.DISAGREES, detail="x", expected="8 receipts", found="9")),
    Shot("blocked-memory", "", stopped(Code.MEMORY_FULL)),
    Shot("menu", "menu"),
    Shot("menu-8-4", "menu 8 4"),
    Shot("parked", "1 enter 2 * 2 enter park recall down"),
    Shot("parked-name", "1 enter menu 6 1 jan"),
    Shot("split", "3 * 1 enter 2 enter menu 6 3 2 enter down"),
    Shot("help", "help"),
    Shot("help-payment", "1 enter enter help"),
    Shot("leaving", "menu 1"),
    Shot("leaving-offline", "menu 1 enter", offline),
    Shot("locked", "menu 1", all_sent),
    Shot("shift-opening", "", then=events.ShiftWanted(20_000)),
    Shot("cash-in", "menu 2 1 5000"),
    Shot("cash-in-why", "menu 2 1 5000 enter"),
    Shot("cash-out-refused", "menu 2 2 5000 enter 1", refuses_cash),
    Shot("drawer-why", "drawer"),
    Shot("cash-state", "menu 2 4"),
    Shot("cash-state-blind", "menu 2 4", blind),
    Shot("counting", "menu 2 5 enter 3 enter 4 enter"),
    Shot("counting-total", "menu 2 5 # 2123"),
    Shot("shift-end-differs", "menu 2 5 # 212350 enter"),
    Shot("shift-ended", "menu 2 5 # 212350 enter enter 1"),
    Shot("monthly-report", "menu 4 2"),
    Shot("monthly-report-printing", "menu 4 2 enter 1"),
    Shot("periodic-report", "menu 4 3 1 01102026 enter 31"),
    Shot("sales-report", "menu 4 6"),
    Shot("day-preview", "menu 4 4"),
    Shot("closings", "menu 4 9"),
    Shot("day-summary", "menu 3"),
    Shot("day-problems", "menu 3", has_problems),
    Shot("day-empty", "menu 3", sold_nothing),
    Shot("day-closed", "menu 3 enter"),
    Shot("day-closed-differs", "menu 3", then=DIFFERS),
    Shot("day-wrong-time", "menu 3 #"),
    Shot("day-running", "menu 3", then=events.ClosingStep("REPORTED")),
    Shot("day-in-doubt", "menu 3", then=events.ClosingStep("UNKNOWN")),
    Shot("day-asked", "menu 3", then=events.ClosingAsked("report")),
    Shot("day-asked-settings", "menu 3", then=events.ClosingAsked("settings")),
    Shot("day-parked", "menu 3 enter", parked_today),
    Shot("day-open-document", "menu 3", holds_document),
    Shot("day-refused", "menu 3 enter", refuses_report),
    Shot("customer-form", "menu 9 1 enter # 4"),
    Shot("customer-fields", "menu 9 1 enter #"),
    Shot("customer-changed", "menu 9 1 enter # 8 esc"),
    Shot("orders", "menu 9 2", has_field),
    Shot("orders-none", "menu 9 2"),
    Shot("quotes", "menu 9 3", has_field),
    Shot("order", "menu 9 2 enter", has_field),
    Shot("order-deeds", "menu 9 2 enter enter", has_field),
    Shot("quote-deeds", "menu 9 3 enter enter", has_field),
    Shot("order-unfinished", "menu 9 2", has_draft),
    Shot("drafting", "menu 9 2 enter 3 * 2", has_draft),
    Shot("drafting-empty", "menu 9 2 # enter"),
    Shot("drafting-quantity", "menu 9 2 enter #", has_draft),
    Shot("drafting-leave", "menu 9 2 enter esc", has_draft),
    Shot("terms", "menu 9 2 enter enter", has_draft),
    Shot("terms-day", "menu 9 2 enter enter 1 32 enter", has_draft),
    Shot("visits", "menu 9 4", has_field),
    Shot("visits-past", "menu 9 4 *", has_field),
    Shot("visit", "menu 9 4 enter", has_field),
    Shot("visit-deeds", "menu 9 4 enter *", has_field),
    Shot("visit-plan", "menu 9 4 # enter 27 enter", has_field),
    Shot("attachments-of", "menu 9 5"),
    Shot("attachments", "menu 9 5 1 enter", has_field),
    Shot("attachment-note", "menu 9 5 1 enter enter", has_field),
    Shot("attachment-file", "menu 9 5 1 enter down enter", has_field),
    Shot("files-none", "menu 9 5 1 enter *", has_field),
    Shot("availability", "menu 9 6", has_field),
    Shot("stock", "menu 9 6 enter", has_field),
    Shot("sync-due", "", asks_to_synchronise, then=events.SyncWanted()),
    Shot("day-due", "", is_late, then=events.ReportWanted("DUE")),
    Shot("day-overdue", "1 enter", day(Day.OVERDUE)),
    Shot("day-overdue-asked", "", day(Day.OVERDUE), then=events.ReportWanted("OVERDUE")),
    Shot("day-blocked", "1 enter enter", day(Day.OVERDUE, Code.DAY_NOT_CLOSED)),
    Shot("day-reminded", "1 enter enter", day(Day.OVERDUE, Code.REPORT_WANTED)),
    Shot("day-forced", "1 enter enter", day(Day.FORCED, Code.REPORT_MISSING)),
    Shot("day-forced-printing", "1 enter enter enter", forced),
    Shot("day-imported", "", then=IMPORTED),
    Shot("day-finishing", "", day(Day.UNKNOWN)),
    Shot("day-finishing-made", "", day(Day.CLOSING)),
    Shot("login-overdue", "", day(Day.OVERDUE), is_logged_in=False),
    Shot("login-restored", "", restored, is_logged_in=False),
    Shot("update-trial", "", trying(Phase.TRIAL)),
    Shot("update-waiting", "", trying(Phase.WAITING)),
    Shot("update-countdown", "menu 3 enter", counts_down),
    Shot(
        "update-installing",
        "menu 3 enter",
        counts_down,
        updating(Phase.INSTALLING, step="Self-test"),
    ),
    Shot("sales-empty", "menu 5"),
    Shot("sales", "menu 5 down", sold),
    Shot("sales-number", "menu 5 2 enter", sold),
    Shot("sales-bills", "menu 5", billed),
    Shot("bill-waits", "menu 5 enter", billed),
    Shot("bill-done", "menu 5 down down enter", billed),
    Shot("sale", "menu 5 enter", bought),
    Shot("sale-returned", "menu 5 enter 1 enter enter 1 enter enter enter", bought),
    Shot("sale-correction", "menu 5 enter 2", bought),
    Shot("sale-copy", "menu 5 enter 4", bought),
    Shot("return-lines", "menu 5 enter 1 1 enter down *", bought),
    Shot("return-offline", "menu 5 enter 1", alone),
    Shot("return-more", "menu 5 enter 1 3 enter", bought),
    Shot("return-reason", "menu 5 enter 1 # enter", bought),
    Shot("return-reason-text", "menu 5 enter 1 # enter 4 zimne", bought),
    Shot("return-ways", "menu 5 enter 1 # enter 2 jan enter *", bought),
    Shot("return-done", "menu 5 enter 1 # enter 2 jan enter enter", bought),
    Shot("complaint", "menu 5 enter 6 1 enter enter 1 enter 200 enter", bought),
    Shot("register", "menu 5 enter 1 # enter 2 enter enter enter esc *", bought),
    Shot("printer", "menu 7 1"),
    Shot("connections", "menu 7 2"),
    Shot("unsent", "menu 7 3", rejects),
    Shot("data-sets", "menu 8 1"),
    Shot("data-rows", f"menu 8 1 {CUSTOMERS} enter"),
    Shot("data-row", f"menu 8 1 {CUSTOMERS} enter down enter"),
    Shot("exchange", "menu 8 4 3"),
    Shot("exchange-done", "menu 8 4 3 enter"),
    Shot("exchange-offline", "menu 8 4 3 enter", offline),
    Shot("full-download", "menu 8 4 8"),
    Shot("release", "menu 8 4 5"),
    Shot("release-offer", "menu 8 4 5", offered),
    Shot("release-comes", "menu 8 4 5 enter", offered, then=COMES),
    Shot("release-prepared", "menu 8 4 5", waiting_release),
    Shot("wizard", "menu 8 4 6"),
    Shot("wizard-step-2", "menu 8 4 6 enter enter"),
    Shot("history", "menu 8 4 7", exchanged),
    Shot("about", "menu 7 4"),
    Shot("handbook", "menu 7 5 48"),
    Shot("remedy", "menu 7 5 48 enter"),
    Shot("network", "menu 8 2"),
    Shot("devices", "menu 8 3 down", then=events.PaperChanged("ok", "cover")),
    Shot("printer-clock", "menu 8 5"),
    Shot("look", "menu 8 6"),
    Shot("trial", "menu 8 7"),
    Shot("menu-help", "menu 8 down down down help"),
    Shot("service-menu", "service", is_logged_in=False),
    Shot("service-door", "service 2", is_logged_in=False),
    Shot("service-printer", "service 1 3", is_logged_in=False),
    Shot("enrolment", "service 1 4", is_logged_in=False),
    Shot("rejected", "service 2 1 2 down", rejects),
    Shot("events", "service 2 2 down", logged),
    Shot("event", "service 2 2 enter", logged),
    Shot("copies", "service 2 3"),
    Shot("copies-choice", "service 2 3 enter"),
    Shot("workbench", "service 2 4"),
    Shot("emergency", "service 2 5"),
    Shot("technician", "service 2 6"),
    Shot("customers", "menu 9 1"),
    Shot("customers-search", "menu 9 1 lipa"),
    Shot("customer", "menu 9 1 lipa enter"),
    Shot("customer-new", "menu 9 1 # 526"),
)
