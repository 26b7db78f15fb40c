"""Between keyboard and desk: tells scans from typing and undoes what a scan typed. No Textual.

A page on which a digit acts at once cannot be undone; there keys are held for the length of a
scanner's gap, which fingers do not notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.keypad import BURST_GAP_MAX_S, Burst, canonical, catch, key_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.desk import Desk


class Keyboard:
    """``changes`` are the till's own keys; raises ValueError for an unknown action."""

    def __init__(self, desk: Desk, changes: Mapping[str, str]) -> None:
        self._desk = desk
        self._names = key_names(changes)
        self._burst = Burst()
        self._held: list[str] = []
        self._page = desk.page
        self._entry = desk.page.entry

    @property
    def is_holding(self) -> bool:
        """Whether ``release`` must be called when no key follows."""
        return bool(self._held)

    def feed(self, key: str, character: str | None, at_s: float) -> None:
        """One key event at ``at_s`` seconds of a steady clock."""
        name = canonical(self._names, key, character)
        if not name:
            return
        if at_s - self._burst.last_s > BURST_GAP_MAX_S:
            self._let_go()
        self._burst, code = catch(self._burst, name, at_s)
        if code:
            self._scanned(code)
            return
        if self._burst.is_new:
            self._page, self._entry = self._desk.page, self._desk.page.entry
        if self._burst.chars and (self._held or self._desk.page.acts_at_once):
            self._held.append(name)
            return
        self._let_go()
        self._desk.press(name)

    def release(self, at_s: float) -> None:
        """Give up waiting for the rest of a scan, unless a key came just now."""
        if at_s - self._burst.last_s > BURST_GAP_MAX_S:
            self._let_go()

    def _let_go(self) -> None:
        held, self._held = self._held, []
        for name in held:
            self._desk.press(name)

    def _scanned(self, code: str) -> None:
        self._held = []
        if self._desk.page is self._page:
            self._page.entry = self._entry
        self._desk.scan(code)
