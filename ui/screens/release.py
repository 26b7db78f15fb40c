"""Menu 8 4 5: what runs and what is offered, a question, a bar; the day close installs it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import translate
from terminal.version import VERSION
from ui.keypad import Accept, Cancel
from ui.screens.page import Page, Scans
from ui.screens.question import answer
from ui.widgets import row
from ui.widgets.bar import bar

if TYPE_CHECKING:
    from terminal.errors import TillError
    from terminal.update.prepared import Prepared
    from terminal.update.search import Found
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_BAR_MAX = 78
_KIB = 1024
_MB, _KB = 1_000_000, 1_000


class Stage(StrEnum):
    """How far the cashier is."""

    ASKING = "asking"
    CONFIRM = "confirm"
    RUNNING = "running"
    DONE = "done"


def megabytes(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / _MB:.1f}".replace(".", ",")


def prepared_text(version: str, *, is_installable: bool) -> str:
    """What becomes of a version that is prepared."""
    if is_installable:
        return translate(
            "Version {version} is prepared. It will be installed at the day close.",
            version=version,
        )
    return translate(
        "Version {version} is prepared. This program cannot be exchanged by itself: it was not set"
        " up by kasoterminal install.",
        version=version,
    )


class Release(Page):
    """Asks when it opens; nothing is fetched before somebody says yes."""

    acts_at_once = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stage = Stage.ASKING
        self._found: Found | None = None
        self._comes: events.ReleaseComes | None = None
        self._is_cancelled = False
        self._result = ("", row.STRONG)

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Update the program")

    @property
    def scans(self) -> Scans:  # type: ignore[override]
        """The question is modal; while it comes, selling goes on."""
        return Scans.IGNORE if self._stage is Stage.CONFIRM else Scans.SELL

    def legend(self) -> Legend:
        """What may be pressed at this stage."""
        match self._stage:
            case Stage.CONFIRM:
                return (("Enter", translate("fetch")), ("Esc", translate("back")))
            case Stage.RUNNING:
                return (("Esc", translate("cancel")),)
            case Stage.DONE:
                return (("Enter", translate("finish")),)
        return (("Esc", translate("back")),)

    def opened(self) -> None:
        """Ask."""
        self.desk.ask(self.desk.till.finder.look(), self._looked, self._refused)

    def body(self, width: int, height: int) -> list[Row]:
        """The page of this stage."""
        rows = [row.row(width), *self._facts(width), row.row(width)]
        match self._stage:
            case Stage.ASKING:
                rows += row.wrapped(width, translate("Asking the back office…"))
            case Stage.CONFIRM:
                text = translate("Fetch it now? Selling goes on. Enter = yes, Esc = no")
                rows += row.wrapped(width, text, row.STRONG)
            case Stage.RUNNING:
                rows += self._progress(width)
            case Stage.DONE:
                rows += row.wrapped(width, *self._result)
        return rows[:height]

    def _facts(self, width: int) -> list[Row]:
        room, found = min(width, _BAR_MAX), self._found
        facts = [(translate("This program"), VERSION)]
        if found is not None and found.version:
            facts.append((translate("The back office offers"), found.version))
        if found is not None and found.size:
            size, held = megabytes(found.size), megabytes(found.received)
            told = translate("{size} MB, {held} MB of it are here", size=size, held=held)
            facts.append((translate("Size"), told))
        if found is not None and found.is_urgent:
            facts.append((translate("Urgent"), translate("an early day close is asked for")))
        return [row.row(width, *row.ends(room, f" {name}", value)) for name, value in facts]

    def _progress(self, width: int) -> list[Row]:
        comes, room = self._comes, min(width, _BAR_MAX) - 2
        if comes is None:
            return row.wrapped(width, translate("Please wait…"))
        text = translate(
            "Version {version}: {held} of {size} MB, {rate} kB/s",
            version=comes.version,
            held=megabytes(comes.received),
            size=megabytes(comes.size),
            rate=comes.per_s // _KB,
        )
        if comes.received >= comes.size:
            text = translate(
                "Version {version}: checking signature and content", version=comes.version
            )
        shown = bar(room, comes.received // _KIB, -(-comes.size // _KIB))
        return [*row.wrapped(width, text), row.row(width, (f" {shown}", row.TOTAL))]

    # --- what happens --------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """The letters of yes and no answer, too."""
        super().press(answer(key) if self._stage is Stage.CONFIRM else key)

    def on(self, intent: Intent) -> None:
        """Enter fetches or ends; Esc breaks off what comes, or leaves."""
        match intent:
            case Accept() if self._stage is Stage.CONFIRM:
                self._stage = Stage.RUNNING
                self.desk.ask(self.desk.till.finder.fetch(), self._fetched, self._refused)
            case Accept() | Cancel() if self._stage is Stage.DONE:
                self.desk.close(self)
            case Cancel() if self._stage is Stage.RUNNING:
                self._is_cancelled = True
                self.desk.till.finder.cancel()
                self._end(translate("Cancelled. What is here stays; 8 4 5 goes on with it."))
            case Accept():
                return
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """Bytes as they come."""
        if isinstance(event, events.ReleaseComes):
            self._comes = event
        return False

    def _looked(self, found: Found) -> None:
        self._found = found
        if found.is_paused:
            text = translate("The back office has stopped it for now: it waits.")
            self._end(text)
        elif not found.version:
            self._end(translate("The program is up to date."))
        elif found.is_prepared:
            self._end_prepared(found.version)
        else:
            self._stage = Stage.CONFIRM

    def _fetched(self, prepared: Prepared | None) -> None:
        if prepared is not None:
            self._end_prepared(prepared.version)
        elif not self._is_cancelled:
            self._end(translate("It was broken off: something more urgent came. Try again later."))

    def _end_prepared(self, version: str) -> None:
        is_installable = self.desk.till.finder.is_installable
        self._end(prepared_text(version, is_installable=is_installable), row.GOOD)

    def _refused(self, error: TillError) -> None:
        self._end(f"! {error.code} {error.sentence()}", row.WARN)

    def _end(self, text: str, style: str = row.STRONG) -> None:
        self._stage = Stage.DONE
        self._result = text, style
