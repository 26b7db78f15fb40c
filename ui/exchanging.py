"""An exchange with the office as pages show it: parts in turn, a bar, what came. No Textual.

A part is a word of the menu ("products"), or ``PUSH`` for what the till has to send. One that fails
does not stop the next. Whoever leaves the page ends nothing: it goes on by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import gettext_noop as _
from terminal.i18n import ntranslate, translate
from terminal.store.exchanges import Cause
from terminal.sync.datasets import sets_of
from ui.keypad import Move
from ui.screens.page import Page
from ui.widgets import row
from ui.widgets.bar import bar
from ui.words import SETS, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from terminal.errors import TillError
    from terminal.events import Pulled
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.widgets.row import Row

PUSH = "push"
REASONS_MAX = 200
_BAR_MAX = 78
_KIB = 1024
_STAGED = _("In force when the open receipt ends")


def counted(pulled: Pulled) -> str:
    """What happened to one data set, in a sentence."""
    if not (pulled.added or pulled.changed or pulled.removed or pulled.refused):
        return translate("{name}: no changes", name=word(SETS, pulled.name))
    return translate(
        "{name}: added {added}, changed {changed}, removed {removed}, refused {refused}",
        name=word(SETS, pulled.name),
        added=pulled.added,
        changed=pulled.changed,
        removed=pulled.removed,
        refused=len(pulled.refused),
    )


def refresh(desk: Desk, part: str, then: Callable[[], object]) -> None:
    """F5: fetch or send what a page shows, ``then`` show it anew and say what changed."""

    def sent(count: int) -> None:
        then()
        desk.say(ntranslate("{count} document sent", "{count} documents sent", count))

    def pulled(results: list[Pulled]) -> None:
        then()
        changed = [counted(one) for one in results if one.added or one.changed or one.removed]
        staged = [translate(_STAGED)] if any(one.is_staged for one in results) else []
        desk.say("; ".join([*staged, *changed]) or translate("Up to date: nothing has changed"))

    def refused(error: TillError) -> None:
        then()
        desk.refuse(error)

    desk.say(translate("Asking the back office…"))
    if part == PUSH:
        desk.ask(desk.till.push(), sent, refused)
    else:
        desk.ask(desk.till.pull(part), pulled, refused)


class Run:
    """``waiting`` says how many changes of each data set are expected; ``ended`` hears of the end.

    ``ever`` fetches all that is there, not only what changed.
    """

    def __init__(
        self,
        desk: Desk,
        parts: tuple[str, ...],
        waiting: Mapping[str, int],
        ended: Callable[[], object],
        *,
        ever: bool = False,
        cause: Cause = Cause.KEYS,
    ) -> None:
        self._desk = desk
        self._left = list(parts)
        self._waiting = waiting
        self._ended = ended
        self._ever = ever
        self._cause = cause
        self._part = ""
        self._received: dict[str, int] = {}
        self._file: events.Downloading | None = None
        self._unsent = 0
        self._results: list[tuple[str, str]] = []
        self.is_over = False

    def start(self) -> None:
        """Begin with the first part."""
        self._next()

    def hear(self, event: object) -> None:
        """Rows, or a file with all of them, as they come."""
        if isinstance(event, events.PullProgress):
            self._received[event.name] = event.received
            self._file = None
        elif isinstance(event, events.Downloading):
            self._file = event

    def rows(self, width: int) -> list[Row]:
        """What came of the parts so far, and how far the present one is."""
        rows = [line for text, style in self._results for line in row.wrapped(width, text, style)]
        return rows if self.is_over else [*rows, row.row(width), *self._progress(width)]

    def _progress(self, width: int) -> list[Row]:
        room = min(width, _BAR_MAX) - 2
        if self._part == PUSH:
            unsent = self._desk.known.unsent
            done = self._unsent - unsent.count if unsent else 0
            text, total = translate("Sending transactions"), self._unsent
        elif self._file is not None:
            text = translate("A file with all data comes (KiB)")
            done, total = self._file.received // _KIB, self._file.size // _KIB
        else:
            names = [name for name in sets_of(self._part) if name in self._received]
            name = names[-1] if names else ""
            done = sum(self._received[name] for name in names)
            text = translate("Please wait…")
            if name:
                text = translate(
                    "{name}: {count} rows received",
                    name=word(SETS, name),
                    count=self._received[name],
                )
            total = sum(self._waiting.get(name, 0) for name in sets_of(self._part))
        rows = row.wrapped(width, text, row.STRONG)
        if total:
            rows.append(row.row(width, (f" {bar(room, max(0, done), total)}", row.TOTAL)))
        return rows

    # --- what happens --------------------------------------------------------------------------

    def _next(self) -> None:
        if not self._left:
            self.is_over = True
            self._desk.look()
            self._ended()
            return
        self._part, self._received, self._file = self._left.pop(0), {}, None
        till = self._desk.till
        if self._part == PUSH:
            unsent = self._desk.known.unsent
            self._unsent = unsent.count if unsent else 0
            self._desk.ask(till.push(self._cause), self._pushed, self._refused)
        else:
            call = till.pull(self._part, ever=self._ever)
            self._desk.ask(call, self._pulled, self._refused)

    def _pushed(self, count: int) -> None:
        text = ntranslate("{count} document sent", "{count} documents sent", count)
        self._results.append((text, row.TEXT))
        shelf = self._desk.till.shelf
        self._desk.look_up(self._rejected, shelf.rejected, REASONS_MAX)

    def _rejected(self, rejected: list[tuple[str, str]]) -> None:
        if rejected:
            text = translate("Rejected by the back office: {count}", count=len(rejected))
            self._results.append((f"! {text}", row.WARN))
        self._results += [(f"! {what}: {why}", row.WARN) for what, why in rejected]
        self._next()

    def _pulled(self, results: list[Pulled]) -> None:
        for result in results:
            self._results.append((counted(result), row.TEXT))
            for what, why in (*result.refused, *result.warnings)[:REASONS_MAX]:
                self._results.append((f"! {what}: {why}", row.WARN))
        if any(result.is_staged for result in results):
            self._results.append((translate(_STAGED), row.STRONG))
        self._next()

    def _refused(self, error: TillError) -> None:
        self._results.append((f"! {error.code} {error.sentence()}", row.WARN))
        self._next()


class Exchanging(Page):
    """A page that asks how much waits, then has a ``Run`` on it that goes on without it.

    ``_waiting`` is None while nobody knows.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._waiting: Mapping[str, int] | None = None
        self._trouble = ""
        self._run: Run | None = None
        self._first = 0

    def _count(self) -> None:
        """Ask how much waits at the office."""
        self.desk.ask(self.desk.till.waiting(), self._counted, self._not_counted)

    def _begin(self, parts: tuple[str, ...], *, ever: bool = False) -> None:
        # What is fetched anew is no matter of what changed.
        waiting = {} if ever or self._waiting is None else self._waiting
        self._run = Run(self.desk, parts, waiting, self._over, ever=ever)
        self._run.start()

    def _scrolled(self, rows: list[Row], height: int) -> list[Row]:
        """What of ``rows`` is to be seen."""
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :]

    def on(self, intent: Intent) -> None:
        """Up and down scroll."""
        if isinstance(intent, Move):
            self._first = max(0, self._first + intent.steps)
        else:
            super().on(intent)

    def told(self, event: object) -> bool:
        """Rows as they come."""
        if self._run is not None:
            self._run.hear(event)
        return False

    def _over(self) -> None:
        """Who has left the page hears of the end."""
        if self not in self.desk.pages:
            self.desk.say(translate("Synchronisation is finished"))

    def _counted(self, waiting: Mapping[str, int]) -> None:
        self._waiting = waiting

    def _not_counted(self, error: TillError) -> None:
        self._trouble = f"{error.code} {error.sentence()}"
