"""The peer of the serial screen: a till's screen of Textual's own widgets, as anybody would begin.

A field, a table of lines and a total, a menu as a modal screen. Nothing is sold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Header, Input, OptionList, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class Menu(ModalScreen[None]):
    """Ten entries."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "Back")]

    def compose(self) -> ComposeResult:
        """One list."""
        yield OptionList(*(f"{no} Entry of the menu" for no in range(10)))


class Stock(App[None]):
    """Enter on the field adds a line; F10 opens the menu."""

    BINDINGS: ClassVar[list[BindingType]] = [("f10", "menu", "Menu")]

    def compose(self) -> ComposeResult:
        """Header, lines, total, field, keys."""
        yield Header()
        yield DataTable()
        yield Static("TOTAL 0.00", id="total")
        yield Input(placeholder="Code", id="code")
        yield Footer()

    def on_mount(self) -> None:
        """The columns, and the cursor in the field."""
        self.query_one(DataTable).add_columns("Name", "Quantity", "Price", "Value")
        code = self.query_one("#code", Input)
        code.cursor_blink = False
        code.focus()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Another line."""
        table = self.query_one(DataTable)
        table.add_row("Chleb pszenny krojony 500 g", "1 szt.", "5,49", "5,49")
        table.move_cursor(row=table.row_count - 1)
        self.query_one("#total", Static).update(f"TOTAL {table.row_count * 5.49:.2f}")
        self.query_one("#code", Input).clear()

    def action_menu(self) -> None:
        """Open it."""
        self.push_screen(Menu())


if __name__ == "__main__":
    Stock().run(mouse=False)
