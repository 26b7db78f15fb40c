"""The peer of the screen: the smallest Textual program, one line of text updated at each key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class Minimal(App[None]):
    """Shows what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = "ready"

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static(self.typed)

    def on_key(self, event: events.Key) -> None:
        """Change the one line."""
        if event.key == "backspace":
            self.typed = self.typed[:-1]
        else:
            self.typed += event.character or ""
        self.query_one(Static).update(self.typed)


if __name__ == "__main__":
    Minimal().run(mouse=False)
