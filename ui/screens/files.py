"""Chooses a file: one of those on a USB stick or card, or one whose path is typed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.device.found_files import found_files
from terminal.i18n import translate
from terminal.sync.wire import ATTACHMENT_BYTES_MAX
from ui.keypad import Accept, Cycle, Key
from ui.multitap import Case
from ui.screens.field_words import size
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Scans
from ui.screens.text_field import TextField
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.device.found_files import FoundFile
    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_PATH_MAX = 400


class Files(Listing):
    """Hands the path of the chosen file to ``then``."""

    scans = Scans.IGNORE

    def __init__(
        self,
        desk: Desk,
        then: Callable[[Path], object],
        find: Callable[[], list[FoundFile]] = found_files,
    ) -> None:
        super().__init__(desk)
        self._then = then
        self._find = find
        self._found: list[FoundFile] | None = None
        self._trouble = ""

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Choose a file, newest first")

    @property
    def count(self) -> int:
        """How many were found."""
        return len(self._found or ())

    def legend(self) -> Legend:
        """Choose, or type."""
        return (
            ("Enter", translate("choose")),
            ("#", translate("type the path")),
            ("F5", translate("look again")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Look what is plugged in."""
        self._found, self._trouble = None, ""
        self.desk.ask(self.desk.till.lookup.call(self._find), self._came, self._failed)

    def body(self, width: int, height: int) -> list[Row]:
        """When it changed, how big it is, what it is called."""
        if self._trouble:
            return row.wrapped(width, f"! {self._trouble}", row.WARN)
        if self._found is None:
            return row.wrapped(width, translate("Please wait…"))
        texts = []
        for one in self._found:
            at = datetime.fromtimestamp(one.changed_s, self.desk.till.now().tzinfo)
            mark = "!" if one.size > ATTACHMENT_BYTES_MAX else " "
            texts.append(f"{at:%Y-%m-%d %H:%M} {size(one.size):>9}{mark} {one.path.name}")
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Take one, or say where it is."""
        match intent:
            case Accept() if self._found:
                self._chosen(self._found[self.marked].path)
            case Cycle():
                prompt = translate("Path of the file")
                page = TextField(
                    self.desk,
                    self.title,
                    prompt,
                    self._typed,
                    length_max=_PATH_MAX,
                    case=Case.LOWER,
                    comma=".",
                )
                self.desk.open(page)
            case Key("refresh"):
                self.opened()
            case _:
                super().on(intent)

    def _typed(self, text: str) -> None:
        self._chosen(Path(text).expanduser())

    def _chosen(self, path: Path) -> None:
        self.desk.close(self)
        self._then(path)

    def _came(self, found: list[FoundFile]) -> None:
        self._found = found
        self.marked = 0

    def _failed(self, error: TillError) -> None:
        self._trouble = f"{error.code} {error.sentence()}"
