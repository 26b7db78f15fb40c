"""A real till at its counter with the cashier's screen before it, for the pages about cash."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from terminal.i18n import use_language
from terminal.sync.wire import Settings
from tests.terminal.desk import MANAGER, desk
from tests.ui.conftest import Screen, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SETTINGS = {"id": "settings", "login_mode": "identifier", "language": "en"}


class Counter(Screen):
    """``shop`` is the till below the screen."""

    def __init__(self, screen: Screen, shop) -> None:
        super().__init__(screen.app)
        self.shop = shop

    async def log_in(self, identifier: str = MANAGER) -> Counter:
        await self.until("Identifier")
        self.keys(*identifier, "enter")
        return self


@asynccontextmanager
async def counter(folder: Path, **settings) -> AsyncIterator[Counter]:
    rows = [Settings(**SETTINGS | {"cash_management": True} | settings)]
    with desk(folder, settings=rows) as shop:
        shop.start(login="")
        use_language("en")
        async with running(shop.till) as screen:
            yield Counter(screen, shop)
