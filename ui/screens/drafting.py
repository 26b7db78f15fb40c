"""An order or a quote being written: scans, ``3*code``, names, quantities, as at the counter.

Each line is on the disk when it is seen. Whoever leaves the page finds it again in menu 9 2 or 9 3.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code, Rejected
from terminal.i18n import ntranslate, translate
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Cancel, Cycle, Entry, Key, Mode, Move, Number, Other, Sell, Wrong
from ui.screens.articles import Names
from ui.screens.field_words import TYPES, line_texts
from ui.screens.listing import marked_rows
from ui.screens.ordering import add_article, add_code, add_scan
from ui.screens.page import Page
from ui.screens.question import Choices, Question
from ui.screens.sync_due import before_document
from ui.screens.terms import Terms
from ui.widgets import big, row
from ui.words import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.field.draft import Draft
    from terminal.gear.gear import Scan
    from terminal.sync.wire import Customer, SalesLine, SalesType
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_CYCLE = (Mode.CODE, Mode.QTY, Mode.PRICE, Mode.PERCENT)
_ONE_MORE = {"+": 1000, "-": -1000}


class Drafting(Page):
    """``draft`` is the last that the till told; a scan is a line of it, never of the receipt."""

    keeps_awake = True

    def __init__(self, desk: Desk, draft: Draft, name: str) -> None:
        super().__init__(desk, Mode.CODE)
        self._draft = draft
        self._name = name
        self._marked = len(draft.lines) - 1

    @property
    def title(self) -> str:
        """What is written, for whom."""
        return f"{word(TYPES, self._draft.type)}   {self._name}"

    @property
    def prompt(self) -> str:
        """What Enter would do with the entry."""
        line = self._line
        if self.entry.mode is Mode.CODE or line is None:
            return translate("Code")
        match self.entry.mode:
            case Mode.QTY:
                now = quantity(line.qty_milli)
                return translate("Quantity of {name} (now {now})", name=line.name, now=now)
            case Mode.PRICE:
                now = zloty(line.price_gr)
                return translate("Price of {name} (now {now})", name=line.name, now=now)
        return translate("Discount (%) on {name}", name=line.name)

    def legend(self) -> Legend:
        """The keys of the sale, and what ends it."""
        if self.entry.mode is not Mode.CODE:
            return (("Enter", translate("confirm")), ("#", translate("next field")))
        return (
            ("Enter", translate("finish")),
            ("*", translate("name, or 3*code")),
            ("Esc", translate("leave")),
            ("#", translate("qty-price-discount")),
            ("F4", translate("remove the line")),
            ("↑ ↓", translate("choose the line")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Lines above, total below."""
        room = max(1, height - big.HEIGHT - 1)
        texts = line_texts(width, self._draft.lines)
        rows = marked_rows(width, room, texts, self._marked) if texts else []
        if not texts:
            rows = row.wrapped(width, translate("Scan, type a code, or * for a name"))
        rows += [row.row(width)] * (room - len(rows))
        return [*rows, row.row(width, ("─" * width, row.DIM)), *self._total(width)]

    def _total(self, width: int) -> list[Row]:
        count = len(self._draft.lines)
        items = ntranslate("{count} item", "{count} items", count)
        words = (f" {translate('TOTAL')}", f" {items}", f" {self._draft.due}")
        left = max(20, *(len(text) + 1 for text in words))
        digits = big.big(zloty(self._draft.total_gr), width - left - 5)
        units = ("    ", " zł ", "    ")
        return [
            row.row(
                width,
                (row.fit(label, left), row.STRONG),
                (row.fit(part, width - left - 4, right=True) + unit, row.TOTAL),
            )
            for label, part, unit in zip(words, digits, units, strict=True)
        ]

    # --- intents -------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """On an empty field a keyboard's plus and minus change the marked line by one."""
        if key in _ONE_MORE and self.entry == Entry() and (line := self._line):
            self._change(line, qty_milli=line.qty_milli + _ONE_MORE[key])
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:  # noqa: C901, PLR0912 - one table of what keys mean
        """Add, edit the marked line, finish, or leave."""
        match intent:
            case Sell(code, times_milli):
                add_code(self.desk, code, times_milli)
            case Number(mode, value):
                self._edit(mode, value)
            case Accept() if self.entry.mode is Mode.CODE:
                self._finish()
            case Accept() | Wrong():
                self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            case Cancel() if self.entry.mode is Mode.CODE:
                self._leave()
            case Cancel():
                self.ask(Mode.CODE)
            case Cycle():
                self._cycle()
            case Move(steps):
                last = len(self._draft.lines) - 1
                self._marked = max(0, min(last, self._marked + steps)) if last >= 0 else -1
            case Key("void"):
                self._remove()
            case Key("pay"):
                self._finish()
            case Other():
                self._by_name()
            case _ if self.entry.mode is Mode.NAME:
                self._by_name()
            case _:
                super().on(intent)

    def scanned(self, scan: Scan) -> None:
        """A scan is one piece, or as many as ``*`` said before."""
        times = self.entry.times_milli if self.entry.mode is Mode.CODE else None
        self.ask(Mode.CODE)
        add_scan(self.desk, scan, times)

    def told(self, event: object) -> bool:
        """The line that changed is marked; of another draft, or none, this is not the page."""
        if isinstance(event, events.DraftChanged):
            if event.draft is None:
                self.desk.close(self)
            else:
                self._marked = _changed(self._draft, event.draft, self._marked)
                self._draft = event.draft
        return False

    @property
    def _line(self) -> SalesLine | None:
        lines = self._draft.lines
        return lines[self._marked] if 0 <= self._marked < len(lines) else None

    def _by_name(self) -> None:
        typed = self.entry
        self.ask(Mode.CODE)
        take = partial(add_article, self.desk, times_milli=typed.times_milli)
        self.desk.open(Names(self.desk, typed, take))

    def _cycle(self) -> None:
        place = (_CYCLE.index(self.entry.mode) + 1) % len(_CYCLE)
        if self._line is not None:
            self.entry = replace(self.entry, mode=_CYCLE[place], text="", times_milli=None)

    def _edit(self, mode: Mode, value: int) -> None:
        line = self._line
        if line is None or (value <= 0 and mode is not Mode.PERCENT):
            self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            return
        match mode:
            case Mode.QTY:
                self._change(line, qty_milli=value)
            case Mode.PRICE:
                self._change(line, price_gr=value)
            case _:
                self._change(line, percent_bp=value)

    def _change(self, line: SalesLine, **to: int) -> None:
        now = {"qty_milli": line.qty_milli, "price_gr": line.price_gr}
        values = {**now, "percent_bp": line.percent_bp, **to}
        verb = partial(self.desk.till.field.change_line, self._marked, *values.values())
        self.desk.order(self.desk.till.engine.call(verb), lambda _: self.ask(Mode.CODE))

    def _remove(self) -> None:
        if self._line is None:
            self.desk.refuse(Rejected(Code.EMPTY_RECEIPT))
        else:
            self.desk.call(self.desk.till.field.remove_line, self._marked)

    def _finish(self) -> None:
        if self._draft.lines:
            self.desk.open(Terms(self.desk, self._draft, self._name))
        else:
            self.desk.refuse(Rejected(Code.EMPTY_RECEIPT))

    def _leave(self) -> None:
        later = translate("Leave it: it is kept and offered again")
        drop = translate("Give it up")
        answers: list[tuple[str, Callable[[], object]]] = [
            (later, lambda: self.desk.close(self)),
            (drop, self._give_up),
        ]
        if (line := self._line) is not None:
            answers.insert(0, (translate("Remove {name}", name=line.name), self._remove))
        if self._draft.lines:
            self.desk.open(Choices(self.desk, self.title, answers))
        else:
            self._give_up_now()

    def _give_up(self) -> None:
        text = translate("Give up {what}? Its lines are lost.", what=self.title)
        self.desk.open(Question(self.desk, text, self._give_up_now))

    def _give_up_now(self) -> None:
        self.desk.call(self.desk.till.field.give_up)


def begin(desk: Desk, kind: SalesType, one: Customer, visit: str = "") -> None:
    """A new order or quote for a customer; one that is not finished comes first."""

    def begun(draft: Draft | None) -> None:
        if draft is not None:
            go_on(desk)
            text = translate("This one was not finished: finish it or give it up first")
            desk.refuse_text(text)
        else:
            before_document(desk, start)

    def start() -> None:
        verb = partial(desk.till.field.begin, kind, one.id, visit)
        desk.order(desk.till.engine.call(verb), lambda _: go_on(desk))

    desk.order(desk.till.engine.call(lambda: desk.till.field.draft), begun)


def go_on(desk: Desk) -> None:
    """To the order or quote that is being written, if any."""

    def known(draft: Draft | None) -> None:
        if draft is not None:
            find = desk.till.lookup.call(desk.till.shelf.customer, draft.customer)
            desk.order(find, partial(named, draft))

    def named(draft: Draft, one: Customer | None) -> None:
        if not any(isinstance(page, Drafting) for page in desk.pages):
            desk.open(Drafting(desk, draft, one.name if one else draft.customer))

    desk.order(desk.till.engine.call(lambda: desk.till.field.draft), known)


def _changed(old: Draft, new: Draft, marked: int) -> int:
    """The line that a change touched."""
    for no, line in enumerate(new.lines):
        if no >= len(old.lines) or old.lines[no] != line:
            return no if len(new.lines) >= len(old.lines) else min(marked, len(new.lines) - 1)
    return min(marked, len(new.lines) - 1)
