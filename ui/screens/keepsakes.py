"""Menu 9 5: first of what the notes and attachments are, then they themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Entry, Mode
from ui.screens.articles import Names
from ui.screens.attachments import Attachments
from ui.screens.customers import Customers
from ui.screens.question import Choices
from ui.screens.sales_documents import SalesDocuments
from ui.screens.visits import Visits

if TYPE_CHECKING:
    from terminal.sync.wire import About
    from ui.desk import Desk
    from ui.screens.page import Page


def ask_about(desk: Desk) -> Page:
    """Of a customer, an article, an order or quote, or a visit."""

    def show(about: About, of: str, name: str) -> None:
        desk.open(Attachments(desk, about, of, name))

    def customer() -> None:
        desk.open(Customers(desk, lambda one: show("customer", one.id, one.name)))

    def article() -> None:
        desk.open(Names(desk, Entry(Mode.NAME), lambda one: show("product", one.id, one.name)))

    def document() -> None:
        take = SalesDocuments(desk, "", lambda it: show("sales_document", it.one.id, it.one.number))
        desk.open(take)

    def visit() -> None:
        desk.open(Visits(desk, lambda it: show("visit", it.one.id, it.name)))

    answers = [
        (translate("Of a customer"), customer),
        (translate("Of an article"), article),
        (translate("Of an order or a quote"), document),
        (translate("Of a visit"), visit),
    ]
    return Choices(desk, translate("Notes and attachments"), answers)
