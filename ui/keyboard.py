"""Between keyboard and desk: keys get names, bursts become scans, and what a scan typed is undone.

No Textual. On a page on which a digit acts at once nothing can be undone, so everything waits there
for the length of a scanner's gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.bursts import Bursts, Scanned, Typed
from ui.key_names import canonical, key_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.bursts import Verdict
    from ui.desk import Desk


class Keyboard:
    """``changes`` are the till's own keys, ``prefix`` the sign with which its scanner begins.

    Raises ValueError for an unknown action.
    """

    def __init__(self, desk: Desk, changes: Mapping[str, str], prefix: str = "") -> None:
        self._desk = desk
        self._names = key_names(changes)
        self._bursts = Bursts(prefix)
        self._page = desk.page
        self._entry = desk.page.entry

    @property
    def is_holding(self) -> bool:
        """Whether ``release`` must be called when no key follows."""
        return self._bursts.is_holding

    def feed(self, key: str, character: str | None, at_s: float) -> None:
        """One key event at ``at_s`` seconds of a steady clock."""
        self.release(at_s)
        name = canonical(self._names, key, character)
        page, entry = self._desk.page, self._desk.page.entry
        verdicts = self._bursts.feed(name, character, at_s, may_pass=not page.acts_at_once)
        if self._bursts.is_new:
            self._page, self._entry = page, entry
        self._carry_out(verdicts)

    def release(self, at_s: float) -> None:
        """Give up waiting for the rest of a scan, unless a key came just now."""
        self._carry_out(self._bursts.rest(at_s))

    def _carry_out(self, verdicts: list[Verdict]) -> None:
        for verdict in verdicts:
            match verdict:
                case Typed(keys):
                    for key in keys:
                        self._desk.press(key)
                case Scanned(text):
                    self._undo()
                    self._desk.scan(text)
                case _:
                    self._undo()
                    self._desk.refuse_scan()

    def _undo(self) -> None:
        if self._desk.page is self._page:
            self._page.entry = self._entry
