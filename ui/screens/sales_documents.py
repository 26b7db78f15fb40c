"""Menu 9 2 and 9 3: orders and quotes, newest first; each with its lines and what is done with it.

An order that was not finished is offered again on the way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.amounts import zloty
from ui.days import shown
from ui.keypad import Accept, Cycle, Move
from ui.screens.articles import order_sale
from ui.screens.attachments import Attachments
from ui.screens.customers import Customers
from ui.screens.drafting import begin, go_on
from ui.screens.field_words import STATES, TYPES, line_texts
from ui.screens.page import Page
from ui.screens.paged import PAGE_ROWS, Paged
from ui.screens.question import Choices, Question
from ui.screens.text_field import TextField
from ui.widgets import row
from ui.words import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.field.draft import Draft
    from terminal.sync.wire import SalesDocument, SalesType
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_TITLES = {"ZS": _("Sales orders (ZS)"), "OS": _("Quotes (OS)"), "": _("Orders and quotes")}
_NUMBER, _DAY, _STATE, _TOTAL = 20, 10, 10, 12


@dataclass(frozen=True, slots=True)
class Named:
    """An order or a quote, and what its customer is called."""

    one: SalesDocument
    name: str


class SalesDocuments(Paged[Named]):
    """``kind`` is empty for both; ``take`` is told which was chosen, where one is asked for."""

    refreshes = "customers"
    nothing = _("Nothing here")

    def __init__(
        self, desk: Desk, kind: SalesType | str, take: Callable[[Named], object] | None = None
    ) -> None:
        super().__init__(desk)
        self._kind = kind
        self._take = take

    @property
    def title(self) -> str:
        """The heading."""
        return translate(_TITLES[self._kind])

    @property
    def prompt(self) -> str:
        """What is looked for."""
        return translate("Number or customer")

    def legend(self) -> Legend:
        """A new one, too."""
        if self._take is not None:
            return (("Enter", translate("choose")), ("Esc", translate("back")))
        new = translate("new order") if self._kind == "ZS" else translate("new quote")
        return (("#", new), *super().legend())

    def opened(self) -> None:
        """One that was not finished comes first."""
        super().opened()
        if self._take is None:
            till = self.desk.till
            self.desk.ask(till.engine.call(lambda: till.field.draft), self._unfinished)

    def find(self, text: str, after: Named | None) -> list[Named]:
        """Newest first, with their customers."""
        shelf = self.desk.till.shelf
        found = shelf.sales_documents(text, self._kind, after.one if after else None, PAGE_ROWS)
        names: dict[str, str] = {}
        for one in found:
            if one.customer not in names:
                customer = shelf.customer(one.customer)
                names[one.customer] = customer.name if customer else one.customer
        return [Named(one, names[one.customer]) for one in found]

    def text(self, one: Named, width: int) -> str:
        """Number, day, customer, total, state."""
        document = one.one
        day = shown(document.issued_at, self.desk.till.now())[:_DAY]
        room = max(8, width - _NUMBER - _DAY - _STATE - _TOTAL - 4)
        return (
            f"{row.fit(document.number, _NUMBER)} {day:<{_DAY}} {row.fit(one.name, room)}"
            f" {zloty(document.total_gr):>{_TOTAL}} {word(STATES, document.state):<{_STATE}}"
        )

    def chosen(self, one: Named) -> None:
        """Look at it, or take it."""
        if self._take is None:
            self.desk.open(OneDocument(self.desk, one.one, one.name))
        else:
            self.desk.close(self)
            self._take(one)

    def on(self, intent: Intent) -> None:
        """``#`` begins a new one, for whom is asked."""
        if isinstance(intent, Cycle) and self._take is None:
            kind: SalesType = "OS" if self._kind == "OS" else "ZS"
            self.desk.open(Customers(self.desk, lambda one: begin(self.desk, kind, one)))
        else:
            super().on(intent)

    def _unfinished(self, draft: Draft | None) -> None:
        if draft is None or self.desk.page is not self:
            return
        text = translate(
            "{what} was not finished: {count} lines, {total} zł. Go on with it?",
            what=word(TYPES, draft.type),
            count=len(draft.lines),
            total=zloty(draft.total_gr),
        )
        self.desk.open(Question(self.desk, text, lambda: go_on(self.desk)))


class OneDocument(Page):
    """Its lines and terms; Enter says what can be done with it."""

    def __init__(self, desk: Desk, one: SalesDocument, name: str) -> None:
        super().__init__(desk)
        self._one = one
        self._name = name
        self._first = 0

    @property
    def title(self) -> str:
        """What it is."""
        return f"{word(TYPES, self._one.type)} {self._one.number}   {self._name}"

    def legend(self) -> Legend:
        """Do, read, leave."""
        return (
            ("Enter", translate("what to do")),
            ("↑ ↓", translate("scroll")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Terms, lines, total."""
        rows = [row.row(width, (f" {text}", row.TEXT)) for text in self._terms()]
        rows.append(row.row(width))
        rows += [row.row(width, (text, row.TEXT)) for text in line_texts(width, self._one.lines)]
        total = f"{zloty(self._one.total_gr)} zł"
        rows += [row.row(width), row.ends(width, f" {translate('TOTAL')}", total, row.TOTAL)]
        if self._one.note:
            rows += [row.row(width), *row.wrapped(width, self._one.note)]
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first : self._first + height]

    def _terms(self) -> list[str]:
        one = self._one
        issued = shown(one.issued_at, self.desk.till.now())
        is_order = one.type == "ZS"
        due = translate("day of delivery") if is_order else translate("holds until")
        texts = [f"{issued}   {word(STATES, one.state)}"]
        texts += [f"{due}: {one.due}"] if one.due else []
        texts += [translate("Made of a quote")] if one.from_quote else []
        texts += [translate("Sold on a receipt")] if one.receipt else []
        return texts

    def on(self, intent: Intent) -> None:
        """Scroll, or choose what to do."""
        match intent:
            case Move(steps):
                self._first = max(0, self._first + steps)
            case Accept():
                self.desk.open(Choices(self.desk, self.title, self._deeds()))
            case _:
                super().on(intent)

    def _deeds(self) -> list[tuple[str, Callable[[], object]]]:
        notes = (
            translate("Notes and attachments"),
            lambda: self.desk.open(
                Attachments(self.desk, "sales_document", self._one.id, self._one.number)
            ),
        )
        if self._one.state != "open":
            return [notes]
        deeds: list[tuple[str, Callable[[], object]]] = [
            (translate("Sell it: its lines go onto the receipt"), self._sell)
        ]
        if self._one.type == "OS":
            deeds.insert(0, (translate("Make an order of it"), self._order))
        return [*deeds, notes, (translate("Cancel it"), self._cancel)]

    def _sell(self) -> None:
        desk, sell = self.desk, self.desk.till.field.sell
        desk.home()
        order_sale(desk, partial(sell, self._one.id))

    def _order(self) -> None:
        verb = partial(self.desk.till.field.order_from, self._one.id)
        self.desk.order(self.desk.till.engine.call(verb), self._ordered)

    def _ordered(self, made: SalesDocument) -> None:
        self._changed()
        self.desk.open(OneDocument(self.desk, made, self._name))
        total = zloty(made.total_gr)
        self.desk.say(
            translate("Written down: {number}, {total} zł", number=made.number, total=total)
        )

    def _cancel(self) -> None:
        def said(reason: str) -> None:
            verb = partial(self.desk.till.field.cancel_document, self._one.id, reason)
            self.desk.order(self.desk.till.engine.call(verb), lambda _: self._changed())

        prompt = translate("Reason (may be empty)")
        self.desk.open(TextField(self.desk, self.title, prompt, said, may_be_empty=True))

    def _changed(self) -> None:
        self.desk.close(self)
        for page in self.desk.pages:
            if isinstance(page, SalesDocuments):
                page.refreshed()
