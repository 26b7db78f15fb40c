"""The menu: which pages there are, in which group, and what one must be allowed to see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backoffice.rights import Right
from backoffice.web.i18n import gettext_noop

if TYPE_CHECKING:
    from backoffice.actor import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu; the pages below its path belong to it, and those below ``also``."""

    path: str
    label: str
    right: Right
    group: str
    also: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a page is this one or belongs to it."""
        below = tuple(f"{place}/" for place in (self.path, *self.also) if place != "/")
        return path == self.path or path.startswith(below)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    label: str
    entries: tuple[Entry, ...]


SALES = gettext_noop("Sales")
GOODS = gettext_noop("Goods")
FIELD = gettext_noop("In the field")
SHOP = gettext_noop("Shop")
TILLS = gettext_noop("Tills")
EXCHANGE = gettext_noop("Exchange")
OFFICE = gettext_noop("Office")
GROUPS = (SALES, GOODS, FIELD, SHOP, TILLS, EXCHANGE, OFFICE)

# One line for each page, in the order of the menu.
ENTRIES = (
    Entry("/", gettext_noop("Today"), Right.SEE, SALES),
    Entry("/sales", gettext_noop("Sales"), Right.FIGURES, SALES),
    Entry(
        "/transactions",
        gettext_noop("Transactions"),
        Right.FIGURES,
        SALES,
        also=("/receipts",),
    ),
    Entry("/reports", gettext_noop("Daily reports"), Right.FIGURES, SALES),
    Entry("/shifts", gettext_noop("Shifts and cash"), Right.FIGURES, SALES),
    Entry(
        "/registers/returns",
        gettext_noop("Returns and corrections"),
        Right.FIGURES,
        SALES,
        also=("/registers",),
    ),
    Entry("/goods", gettext_noop("Goods"), Right.SEE, GOODS),
    Entry("/goods/import", gettext_noop("Import of goods"), Right.GOODS, GOODS),
    Entry("/quick-keys", gettext_noop("Quick keys"), Right.GOODS, GOODS),
    Entry("/data/categories", gettext_noop("Categories"), Right.SEE, GOODS),
    Entry("/data/units", gettext_noop("Units"), Right.SEE, GOODS),
    Entry("/data/price_lists", gettext_noop("Price lists"), Right.SEE, GOODS),
    Entry("/data/prices", gettext_noop("Prices in price lists"), Right.SEE, GOODS),
    Entry("/data/discounts", gettext_noop("Discounts"), Right.SEE, GOODS),
    Entry("/data/customers", gettext_noop("Customers"), Right.GOODS, GOODS),
    Entry("/field/documents", gettext_noop("Sales documents"), Right.GOODS, FIELD),
    Entry("/field/visits", gettext_noop("Visits"), Right.GOODS, FIELD),
    Entry("/field/attachments", gettext_noop("Notes and attachments"), Right.GOODS, FIELD),
    Entry("/data/representatives", gettext_noop("Representatives"), Right.STAFF, FIELD),
    Entry("/company", gettext_noop("Company"), Right.SHOPS, SHOP),
    Entry("/shops", gettext_noop("Shops"), Right.SHOPS, SHOP),
    Entry("/staff", gettext_noop("Staff"), Right.STAFF, SHOP),
    Entry("/roles", gettext_noop("Roles and rights"), Right.STAFF, SHOP),
    Entry("/settings", gettext_noop("Settings of the tills"), Right.SHOPS, SHOP),
    Entry("/data/payment_methods", gettext_noop("Payment methods"), Right.SEE, SHOP),
    Entry("/data/vat_rates", gettext_noop("VAT rates"), Right.SEE, SHOP),
    Entry("/data/currencies", gettext_noop("Currencies"), Right.SEE, SHOP),
    Entry("/terminals", gettext_noop("Tills"), Right.SEE, TILLS),
    Entry("/synchronisation", gettext_noop("Synchronisation"), Right.SEE, TILLS),
    Entry("/settings/groups", gettext_noop("Groups of tills"), Right.TERMINALS, TILLS),
    Entry("/versions", gettext_noop("Versions"), Right.TERMINALS, TILLS),
    Entry("/exchange/export", gettext_noop("BUS export of data"), Right.GOODS, EXCHANGE),
    Entry("/exchange/import", gettext_noop("BUS import of data"), Right.GOODS, EXCHANGE),
    Entry("/exchange/jobs", gettext_noop("Jobs"), Right.GOODS, EXCHANGE),
    Entry("/exchange/schedules", gettext_noop("Schedules"), Right.GOODS, EXCHANGE),
    Entry("/exchange/queues", gettext_noop("Queues"), Right.SHOPS, EXCHANGE),
    Entry("/exchange/channels", gettext_noop("Sales channels"), Right.SHOPS, EXCHANGE),
    Entry("/rejected", gettext_noop("Rejected documents"), Right.JUDGE, OFFICE),
    Entry("/audit", gettext_noop("Who changed what"), Right.ACCOUNTS, OFFICE),
    Entry("/accounts", gettext_noop("Accounts"), Right.ACCOUNTS, OFFICE),
    Entry("/backup", gettext_noop("Backup"), Right.ACCOUNTS, OFFICE),
)


def menu_of(actor: Actor) -> tuple[Group, ...]:
    """The groups with what the actor may see; a group without any is left out."""
    seen = [entry for entry in ENTRIES if actor.may(entry.right)]
    groups = (Group(label, tuple(it for it in seen if it.group == label)) for label in GROUPS)
    return tuple(group for group in groups if group.entries)


def here(path: str) -> Entry | None:
    """The entry that a page belongs to: the one with the longest path."""
    holding = (entry for entry in ENTRIES if entry.holds(path))
    return max(holding, key=lambda entry: len(entry.path), default=None)
