"""What the exchanges of a login brought, beside the sale, whose keys they leave alone. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.screens.history import outcome
from ui.widgets import row
from ui.words import ENTRIES, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terminal.store.exchanges import Exchange
    from ui.widgets.row import Row


def news_rows(width: int, news: Iterable[Exchange]) -> list[Row]:
    """A line for each exchange, and how to accept them; nothing when there is no news."""
    told = []
    for one in news:
        style = row.WARN if one.error or one.refused else row.TEXT
        told += row.wrapped(width, f"{word(ENTRIES, one.entry)}: {outcome(one)}", style)
    if not told:
        return []
    heading = row.row(width, (f" {translate('Synchronisation at the login')}", row.STRONG))
    accept = row.row(width, (f" {translate('Enter = accept')}", row.DIM))
    return [row.row(width), heading, *told, accept]
