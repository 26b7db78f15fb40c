"""Which document the customer gets: five of them by number, and what each asks for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from terminal.sale.buyer import Buyer
from ui.screens.question import Choices, Field
from ui.screens.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sync.wire import Customer
    from ui.desk import Desk


def choose_document(desk: Desk) -> None:
    """Open the choice; the receipt without NIP is what is printed when nobody chooses."""
    answers = (
        (translate("Invoice"), lambda: _ask_buyer(desk, is_meal=False)),
        (translate("Receipt"), lambda: _issue(desk, desk.till.issue_receipt)),
        (translate("Receipt with NIP"), lambda: ask_nip(desk)),
        (translate("Meal invoice"), lambda: _ask_buyer(desk, is_meal=True)),
        (translate("Electronic receipt: scan the KID"), lambda: _ask_kid(desk)),
    )
    desk.open(Choices(desk, translate("Document"), answers))


def ask_nip(desk: Desk) -> None:
    """The NIP that goes onto a receipt."""

    def typed(nip: str) -> None:
        _issue(desk, desk.till.issue_receipt, nip)

    title, prompt = translate("Receipt with NIP"), translate("NIP (empty: none)")
    desk.open(Field(desk, title, prompt, typed))


def _ask_kid(desk: Desk) -> None:
    def scanned(kid: str) -> None:
        _issue(desk, desk.till.issue_e_receipt, kid)

    title = translate("Electronic receipt")
    desk.open(Field(desk, title, translate("Scan or type the 15 digits of the KID"), scanned))


def _ask_buyer(desk: Desk, *, is_meal: bool) -> None:
    """By the NIP first: of a customer of the shop name and address are there to be confirmed."""

    def typed(nip: str) -> None:
        def found(customers: list[Customer]) -> None:
            known = next((one for one in customers if one.nip == nip), None)
            if known is None:
                desk.refuse(Rejected(Code.BUYER_UNKNOWN, nip=nip))
            _ask_name(desk, buyer_of(known) if known else Buyer(nip, ""), is_meal=is_meal)

        # Keys that are typed ahead belong to the name.
        desk.order(desk.till.lookup.call(desk.till.shelf.customers, nip), found)

    desk.open(Field(desk, translate("Invoice"), translate("NIP of the buyer"), typed))


def _ask_name(desk: Desk, buyer: Buyer, *, is_meal: bool) -> None:
    """Name, then address; Enter takes what stands there."""

    def addressed(name: str, address: str) -> None:
        verb = partial(desk.till.issue_invoice, is_meal=is_meal)
        _issue(desk, verb, Buyer(buyer.nip, name, address))

    def named(name: str) -> None:
        title, prompt = translate("Invoice"), translate("Address of the buyer")
        then = partial(addressed, name)
        desk.open(TextField(desk, title, prompt, then, text=buyer.address, may_be_empty=True))

    title, prompt = translate("Invoice"), translate("Name of the buyer")
    desk.open(TextField(desk, title, prompt, named, text=buyer.name))


def buyer_of(customer: Customer) -> Buyer:
    """A customer of the shop as the buyer of an invoice."""
    place = f"{customer.postal_code} {customer.city}".strip()
    address = ", ".join(part for part in (customer.street, place) if part)
    return Buyer(customer.nip, customer.name, address)


def _issue(desk: Desk, verb: Callable[..., None], *about: object) -> None:
    desk.order(desk.till.engine.call(verb, *about))
