"""How the pages say what is exchanged, how jobs stand, and when schedules are due. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.jobs import book
from backoffice.jobs.work import Fate, Way
from backoffice.web.i18n import _, gettext_noop, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backoffice.exchange.channels import Channel
    from backoffice.jobs.schedules import Schedule

WAYS = {
    Way.EXPORT: gettext_noop("BUS export of data"),
    Way.IMPORT: gettext_noop("BUS import of data"),
}
OBJECTS = {
    "basic_data": gettext_noop("Basic data"),
    "representatives": gettext_noop("Sales representatives"),
    "partners": gettext_noop("Partners"),
    "categories": gettext_noop("Channel article categories"),
    "articles": gettext_noop("Articles"),
    "availability": gettext_noop("Article availability"),
    "price_lists": gettext_noop("Sales price lists"),
    "documents": gettext_noop("Sales documents"),
    "attachments": gettext_noop("Attachments and notes"),
    "activities": gettext_noop("Activities (sales visits)"),
}
MEANT = {
    "basic_data": gettext_noop("units, currencies, payment methods"),
    "articles": gettext_noop("goods with their bar codes"),
    "availability": gettext_noop("quantities in stock"),
    "price_lists": gettext_noop("price lists and their prices"),
    "documents": gettext_noop("sales orders ZS, quotes OS"),
}
STATES = {
    book.WAITING: gettext_noop("waiting"),
    book.RUNNING: gettext_noop("running"),
    book.DONE: gettext_noop("done"),
    book.CANCELLED: gettext_noop("cancelled"),
    book.DEAD: gettext_noop("stopped"),
}
FATES = {
    Fate.DONE: gettext_noop("done"),
    Fate.SAME: gettext_noop("unchanged"),
    Fate.REFUSED: gettext_noop("rejected"),
    Fate.WAITING: gettext_noop("waits"),
}
DUPLICATES = {
    "ignore": gettext_noop("Ignore: make a new partner all the same"),
    "warn": gettext_noop("Warn: the record waits until warnings are confirmed"),
    "block": gettext_noop("Block: refuse the record"),
}
DAYS = {
    "1": gettext_noop("Monday"),
    "2": gettext_noop("Tuesday"),
    "3": gettext_noop("Wednesday"),
    "4": gettext_noop("Thursday"),
    "5": gettext_noop("Friday"),
    "6": gettext_noop("Saturday"),
    "7": gettext_noop("Sunday"),
}

# As it is called in the database before anybody gave it a name.
_UNNAMED = ("main", "Main")


def way(word: str) -> str:
    """Name of the page of a way."""
    return _(WAYS[Way(word)])


def objects(what: Iterable[str]) -> str:
    """Names of objects, one after another."""
    return ", ".join(one_object(word) for word in what)


def one_object(word: str) -> str:
    """Name of an object; a word that nobody knows stays as it is."""
    return _(OBJECTS[word]) if word in OBJECTS else word


def meant(word: str) -> str:
    """What an object holds, where its name does not say so."""
    return _(MEANT[word]) if word in MEANT else ""


def state(word: str) -> str:
    """How a job stands."""
    return _(STATES[word]) if word in STATES else word


def fate(word: str) -> str:
    """How a record ended."""
    return _(FATES[Fate(word)])


def queue(name: str) -> str:
    """Name of a queue; that which each channel has speaks every language."""
    return _("main") if name == book.MAIN else name


def channel(it: Channel) -> str:
    """Name of a channel; the main one speaks every language until somebody names it."""
    return _("Main channel") if (it.id, it.name) == _UNNAMED else it.name


def times(it: Schedule) -> str:
    """When a schedule is due."""
    if it.every_min:
        return ngettext("every minute", "every {count} minutes", it.every_min)
    if it.days == "".join(DAYS):
        return _("every day at {time}", time=it.at)
    days = ", ".join(_(DAYS[day]) for day in it.days)
    return _("{days} at {time}", days=days, time=it.at)
