"""Writes docs/errors.md from the handbook that the till shows in menu 7 5."""

from __future__ import annotations

from pathlib import Path

from terminal.handbook.pages import as_markdown

if __name__ == "__main__":
    page = Path(__file__).parent.parent / "docs" / "errors.md"
    page.write_text(as_markdown(), encoding="utf-8")
