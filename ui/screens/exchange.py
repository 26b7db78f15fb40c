"""Menu 8 4 1 to 4, 8 4 6 and 0: what and how many, confirm, progress, counts, Enter."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import gettext_noop as _
from terminal.i18n import ntranslate, translate
from terminal.sync.datasets import sets_of
from ui.keypad import Accept, Cancel, Move
from ui.screens.page import Page, Scans
from ui.widgets import row
from ui.words import SETS, word

if TYPE_CHECKING:
    from terminal.errors import TillError
    from terminal.events import Pulled
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

EVERYTHING = ("push", "configuration", "users", "products")
_TITLES = {
    ("configuration",): _("Synchronise configuration"),
    ("users",): _("Synchronise users"),
    ("products",): _("Synchronise products"),
    ("push",): _("Synchronise transactions"),
    EVERYTHING: _("Synchronise everything"),
}
_REFUSED_MAX = 200


class Stage(StrEnum):
    """How far the cashier is."""

    CONFIRM = "confirm"
    RUNNING = "running"
    DONE = "done"


class Exchange(Page):
    """``parts`` run one after the other; one that fails does not stop the next."""

    def __init__(self, desk: Desk, parts: tuple[str, ...]) -> None:
        super().__init__(desk)
        self._parts = parts
        self._left = list(parts)
        self._stage = Stage.CONFIRM
        self._last: dict[str, tuple[int, str]] = {}
        self._progress = ""
        self._results: list[tuple[str, str]] = []
        self._first = 0

    @property
    def title(self) -> str:
        """The heading."""
        return translate(_TITLES[self._parts])

    @property
    def scans(self) -> Scans:  # type: ignore[override]
        """The question before is modal; while data comes, selling goes on."""
        return Scans.IGNORE if self._stage is Stage.CONFIRM else Scans.SELL

    def legend(self) -> Legend:
        """What may be pressed at this stage."""
        match self._stage:
            case Stage.CONFIRM:
                return (("Enter", translate("synchronise")), ("Esc", translate("back")))
            case Stage.RUNNING:
                return (("Esc", translate("sell on, it goes on by itself")),)
        return (("Enter", translate("finish")), ("↑ ↓", translate("scroll")))

    def opened(self) -> None:
        """Ask what was fetched before."""
        self.desk.look_up(self._arrived, self.desk.till.shelf.last_pulls)

    def body(self, width: int, height: int) -> list[Row]:
        """The page of this stage."""
        rows = [row.row(width)]
        if self._stage is Stage.CONFIRM:
            for part in self._parts:
                rows += self._confirm_rows(width, part)
            question = translate("Start? Enter = yes, Esc = no")
            return [*rows, row.row(width), *row.wrapped(width, question, row.STRONG)][:height]
        for text, style in self._results:
            rows += row.wrapped(width, text, style)
        if self._stage is Stage.RUNNING:
            rows += row.wrapped(width, self._progress, row.STRONG)
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :]

    def _confirm_rows(self, width: int, part: str) -> list[Row]:
        if part == "push":
            unsent = self.desk.known.unsent
            count, rejected = (unsent.count, unsent.rejected) if unsent else (0, 0)
            text = translate(
                "Transactions: {count} to send, {rejected} rejected", count=count, rejected=rejected
            )
            return row.wrapped(width, text)
        rows = []
        for name in sets_of(part):
            revision, at = self._last.get(name, (0, ""))
            when = self._local(at) if at else translate("never")
            text = translate("last version {revision} from {when}", revision=revision, when=when)
            ends = row.ends(min(width, 78), f" {word(SETS, name)}", text)
            rows.append(row.row(width, *ends))
        return rows

    def _local(self, at: str) -> str:
        """A time of the database, which is UTC, as the clock above shows it."""
        local = datetime.fromisoformat(at).astimezone(self.desk.till.now().tzinfo)
        return local.strftime("%Y-%m-%d %H:%M")

    # --- what happens --------------------------------------------------------------------------

    def on(self, intent: Intent) -> None:
        """Enter starts or ends; Esc leaves at any time, and what runs goes on."""
        match intent:
            case Accept() if self._stage is Stage.CONFIRM:
                self._stage = Stage.RUNNING
                self._next()
            case Accept() | Cancel() if self._stage is Stage.DONE:
                self.desk.close(self)
            case Accept():
                return
            case Move(steps):
                self._first = max(0, self._first + steps)
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """Rows as they come."""
        if isinstance(event, events.PullProgress) and self._stage is Stage.RUNNING:
            name = word(SETS, event.name)
            self._progress = translate(
                "{name}: {count} rows received", name=name, count=event.received
            )
        return False

    def _next(self) -> None:
        if not self._left:
            self._stage = Stage.DONE
            self.desk.look()
            if self not in self.desk.pages:
                self.desk.say(translate("Synchronisation is finished"))
            return
        part = self._left.pop(0)
        self._progress = translate("Please wait…")
        if part == "push":
            self.desk.ask(self.desk.till.push(), self._pushed, self._refused)
        else:
            self.desk.ask(self.desk.till.pull(part), self._pulled, self._refused)

    def _arrived(self, last: dict[str, tuple[int, str]]) -> None:
        self._last = last

    def _pushed(self, count: int) -> None:
        text = ntranslate("{count} document sent", "{count} documents sent", count)
        self._results.append((text, row.TEXT))
        unsent = self.desk.known.unsent
        if unsent is not None and unsent.rejected:
            text = translate("Rejected by the back office: {count}", count=unsent.rejected)
            self._results.append((f"! {text}", row.WARN))
        self._next()

    def _pulled(self, results: list[Pulled]) -> None:
        for result in results:
            text = translate(
                "{name}: added {added}, changed {changed}, removed {removed}, refused {refused}",
                name=word(SETS, result.name),
                added=result.added,
                changed=result.changed,
                removed=result.removed,
                refused=len(result.refused),
            )
            self._results.append((text, row.TEXT))
            for what, why in (*result.refused, *result.warnings)[:_REFUSED_MAX]:
                self._results.append((f"! {what}: {why}", row.WARN))
        self._next()

    def _refused(self, error: TillError) -> None:
        self._results.append((f"! {error.code} {error.sentence()}", row.WARN))
        self._next()
