"""Pages in a stack and the message line below them; a page that breaks is closed. No till here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from terminal.i18n import translate
from ui.notices import Said
from ui.sounds import Sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.screens.page import Page

P = ParamSpec("P")
T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class Stack:
    """The lowest page stays; ``bell`` sounds."""

    def __init__(self, bell: Callable[[Sound], object]) -> None:
        self.pages: list[Page] = []
        self.said: Said | None = None
        self._bell = bell

    @property
    def page(self) -> Page:
        """The page on top: the one that gets the keys."""
        return self.pages[-1]

    def open(self, page: Page) -> None:
        """Put a page on top."""
        self.pages.append(page)
        self._guarded(page.opened)

    def close(self, page: Page) -> None:
        """Take a page and everything above it away; the lowest page stays."""
        if page in self.pages[1:]:
            del self.pages[self.pages.index(page) :]

    def home(self) -> None:
        """Back to the lowest page."""
        del self.pages[1:]

    def say(self, text: str) -> None:
        """Good news for the message line."""
        self.said = Said(text)

    def refuse_text(self, text: str) -> None:
        """Bad news for the message line, with a beep."""
        self.said = Said(text, is_error=True)
        self._bell(Sound.REFUSED)

    def _settle_root(self, wanted: type[Page], make: Callable[[], Page]) -> None:
        """The lowest page is of the kind that is ``wanted``; pages above it stay."""
        if type(self.pages[0]) is not wanted:
            self.pages[0] = make()
            self._guarded(self.pages[0].opened)

    def _safe(self, do: Callable[[T], object]) -> Callable[[T], object]:
        return lambda value: self._guarded(do, value)

    def _guarded(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return do(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - a broken page must not end the till
            _LOG.exception("a page broke")
            del self.pages[1:]
            self._broken(error)
            return None

    def _broken(self, error: BaseException) -> None:
        text = translate("Program error ({name}): the receipt is safe", name=type(error).__name__)
        self.refuse_text(text)
