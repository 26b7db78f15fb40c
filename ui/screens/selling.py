"""The selling screen: lines, a total to be read from a step away, the field for codes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.keypad import (
    REDUCTIONS,
    Accept,
    Cancel,
    Cycle,
    Entry,
    Key,
    Mode,
    Move,
    Number,
    Other,
    Sell,
    Wrong,
)
from ui.screens.articles import Names, order_sale, sell_code, sell_scan, weigh_line
from ui.screens.discounts import (
    choose_discount,
    reduction,
    reduction_legend,
    reduction_prompt,
)
from ui.screens.grid import QuickKeys
from ui.screens.lines import changed_line, heading, line_rows
from ui.screens.news import news_rows
from ui.screens.page import Page
from ui.screens.parked import parked_words
from ui.screens.payment import Payment
from ui.screens.price_check import PriceCheck
from ui.screens.question import Field
from ui.screens.totals import imported_rows, last_sale_rows, total_rows
from ui.screens.voiding import living_line, offer_void, void_line
from ui.widgets import big, row

if TYPE_CHECKING:
    from terminal.gear.gear import Scan
    from terminal.sale.line import Line
    from terminal.sync.wire import Discount
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

# No PLU begins with a nought: alone it says "the same once more".
REPEAT = "0"
_ONE_MORE = {"+": 1000, "-": -1000}
_CUSTOMER_MAX = 30
_CYCLE = (Mode.CODE, Mode.QTY, Mode.PRICE, Mode.PERCENT)


class Selling(Page):
    """What the cashier sees all day."""

    may_be_asked = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.CODE)
        receipt = desk.known.receipt
        self._seen = receipt
        self._marked = len(receipt.lines) - 1 if receipt else -1

    @property
    def title(self) -> str:
        """The heading: what the receipt is called, the buyer's tax number, how many lie aside."""
        receipt, parking = self.desk.known.receipt, self.desk.known.parking
        parts = [parking.name or translate("Sale")]
        if receipt and receipt.nip:
            parts.append(f"NIP {receipt.nip}")
        if receipt and receipt.customer:
            parts.append(row.fit(receipt.customer, _CUSTOMER_MAX).rstrip())
        if parking.count:
            parts.append(f"[{parked_words(parking.count)}]")
        return "   ".join(parts)

    @property
    def prompt(self) -> str:
        """What Enter would do with the entry."""
        line = self._line
        if self.entry.mode is Mode.CODE or line is None:
            return translate("Code")
        name = line.name
        match self.entry.mode:
            case Mode.QTY:
                now = quantity(line.qty_milli, 0)
                return translate("Quantity of {name} (now {now})", name=name, now=now)
            case Mode.PRICE:
                now = zloty(line.price_gr)
                return translate("Price of {name} (now {now})", name=name, now=now)
            case mode:
                return reduction_prompt(mode, name)

    def legend(self) -> Legend:
        """The keys of the sale."""
        if self.entry.mode in REDUCTIONS:
            return reduction_legend()
        if self.entry.mode is not Mode.CODE:
            return (("Enter", translate("confirm")), ("#", translate("next field")))
        return (
            ("Enter", translate("pay")),
            ("*", translate("name, or 3*code")),
            ("#", translate("qty-price-discount")),
            ("Esc", translate("void, cancel")),
            (",", translate("quick keys, categories")),
            ("0 Enter", translate("the last line once more")),
            ("F9", translate("NIP")),
            ("F3", translate("quantity of the line")),
            ("F4", translate("void the line")),
            ("F5", translate("discount on the line")),
            ("F6", translate("park")),
            ("F7", translate("parked receipts")),
            ("F11", translate("pay")),
            ("↑ ↓", translate("choose the line")),
        )

    # --- rows ----------------------------------------------------------------------------------

    def body(self, width: int, height: int) -> list[Row]:
        """Lines above, total below; the last sale stays until the first new line."""
        receipt = self.desk.known.receipt
        room = max(1, height - big.HEIGHT - 3)
        rows = [heading(width)]
        if receipt is not None and receipt.lines:
            rows += line_rows(width, room, receipt, self._marked)
        elif self.desk.known.last_sale is not None:
            rows += last_sale_rows(width, self.desk.known.last_sale)
        else:
            rows.append(row.row(width))
        if not self.desk.known.has_lines:
            rows += imported_rows(width, self.desk.known.imported)
            rows += news_rows(width, self.desk.news)
        rows = rows[: room + 1]
        rows += [row.row(width)] * (room + 1 - len(rows))
        return [*rows, row.row(width, ("─" * width, row.DIM)), *total_rows(width, receipt)]

    # --- intents -------------------------------------------------------------------------------

    def on(self, intent: Intent) -> None:  # noqa: C901, PLR0912 - one table of what keys mean
        """Sell, edit the marked line, or go on to another page."""
        match intent:
            case Sell(code, times_milli) if code == REPEAT:
                order_sale(self.desk, partial(self.desk.till.repeat, times_milli), self._weigh)
            case Sell(code, times_milli):
                sell_code(self.desk, code, times_milli)
            case Accept() if self.entry.mode is Mode.CODE:
                self._pay()
            case Accept() if self.entry.mode in REDUCTIONS:
                choose_discount(self.desk, "line", self._give)
            case Accept() | Wrong():
                self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            case Cancel() if self.entry.mode is Mode.CODE:
                offer_void(self.desk, self._marked)
            case Cancel():
                self.ask(Mode.CODE)
            case Number(mode, value):
                self._edit(mode, value)
            case Cycle():
                self._cycle()
            case Other():
                self._by_name()
            case Move(steps):
                self._move(steps)
            case Key(name):
                self._key(name)
            case _:
                if self.entry.mode is Mode.NAME:
                    self._by_name()

    def press(self, key: str) -> None:
        """On an empty field a keyboard's plus and minus change the marked line by one."""
        if key in _ONE_MORE and self.entry == Entry() and (line := self._line):
            qty_milli = line.qty_milli + _ONE_MORE[key]
            self.desk.call(self.desk.till.set_quantity, self._marked, qty_milli)
        else:
            super().press(key)

    def scanned(self, scan: Scan) -> None:
        """A scan is one piece, or as many as ``*`` said before; never a quantity itself."""
        times = self.entry.times_milli if self.entry.mode is Mode.CODE else None
        self.ask(Mode.CODE)
        sell_scan(self.desk, scan, times)

    def told(self, event: object) -> bool:
        """The line that changed is marked; of another receipt no line is being edited."""
        if isinstance(event, events.ReceiptChanged):
            is_another = self._seen is not None and self._seen.rid != event.receipt.rid
            if is_another and self.entry.mode is not Mode.CODE:
                self.ask(Mode.CODE)
            self._marked = changed_line(self._seen, event.receipt)
            self._seen = event.receipt
        return False

    @property
    def _line(self) -> Line | None:
        return living_line(self.desk.known.receipt, self._marked)

    def _pay(self) -> None:
        receipt = self.desk.known.receipt
        if self.desk.news and not self.desk.known.has_lines:
            self.desk.accept_news()
        elif receipt is None or receipt.is_empty:
            self.desk.refuse(Rejected(Code.EMPTY_RECEIPT))
        else:
            till = self.desk.till
            self.desk.order(till.engine.call(till.reminder.enter_payment), self._enter)

    def _enter(self, _: None) -> None:
        """The day lets a payment begin; the receipt may have gone meanwhile."""
        if self.desk.known.receipt is not None and not self.desk.known.receipt.is_empty:
            self.desk.open(Payment(self.desk))

    def _edit(self, mode: Mode, value: int) -> None:
        till, no = self.desk.till, self._marked
        if value <= 0 and mode in {Mode.QTY, Mode.PRICE}:
            self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            return
        match mode:
            case Mode.QTY:
                verb = partial(till.set_quantity, no, value)
            case Mode.PRICE:
                verb = partial(till.set_price, no, value)
            case _:
                verb = partial(till.discount_line, no, **reduction(mode, value))
        self.desk.order(till.engine.call(verb), lambda _: self.ask(Mode.CODE))

    def _give(self, discount: Discount) -> None:
        verb = partial(self.desk.till.give_discount, discount.id, self._marked)
        self.desk.order(self.desk.till.engine.call(verb), lambda _: self.ask(Mode.CODE))

    def _cycle(self) -> None:
        mode = Mode.PERCENT if self.entry.mode in REDUCTIONS else self.entry.mode
        place = _CYCLE.index(mode) + 1
        if self._line is None or place == len(_CYCLE):
            self.ask(Mode.CODE)
            self.desk.open(PriceCheck(self.desk))
        else:
            self.entry = replace(self.entry, mode=_CYCLE[place], times_milli=None)

    def _weigh(self) -> None:
        """The last line is of something weighed: the scale tells how much more of it."""
        receipt = self.desk.known.receipt
        if receipt is not None and receipt.live_lines:
            weigh_line(self.desk, receipt.live_lines[-1])

    def _by_name(self) -> None:
        typed = self.entry
        self.ask(Mode.CODE)
        self.desk.open(Names(self.desk, typed))

    def _move(self, steps: int) -> None:
        count = len(self.desk.known.receipt.lines) if self.desk.known.receipt else 0
        self._marked = max(0, min(count - 1, self._marked + steps)) if count else -1

    def _key(self, name: str) -> None:
        if name == "pay":
            self._pay()
        elif name == "quantity":
            self._quantity()
        elif name == "void":
            void_line(self.desk, self._marked)
        elif name == "refresh" and self._line is not None:
            self.ask(Mode.PERCENT)
        elif name == "quick_keys":
            times = self.entry.times_milli
            self.ask(Mode.CODE)
            self.desk.open(QuickKeys(self.desk, times))
        elif name == "nip":
            self._ask_nip()
        else:
            self.desk.service_key(name)

    def _quantity(self) -> None:
        if self.entry.mode is Mode.CODE and self.entry.text:
            self.press("*")
        elif self._line is not None:
            self.ask(Mode.QTY)

    def _ask_nip(self) -> None:
        till = self.desk.till
        title, prompt = translate("NIP of the buyer"), translate("NIP (empty: none)")
        self.desk.open(
            Field(self.desk, title, prompt, lambda nip: self.desk.call(till.set_nip, nip))
        )
