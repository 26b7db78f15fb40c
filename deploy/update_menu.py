"""Writes the tables of docs/menu.md from the menu that the till has; the words around them stay."""

from __future__ import annotations

import re
from pathlib import Path

from terminal.people.rights import NAMES
from terminal.sync.wire import Right
from ui.menu import MENU, SERVICE, Choice

PAGE = Path(__file__).parent.parent / "docs" / "menu.md"
_TABLES = {"menu": MENU, "service menu": SERVICE}
_HEAD = "| numbers | entry | needs | what it does |\n|---|---|---|---|\n"


def updated(page: str) -> str:
    """``page`` with the tables of today between their marks."""
    for name, table in _TABLES.items():
        rows = _HEAD + "".join(map(_row, table))
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        page = re.sub(
            re.escape(begin) + ".*?" + re.escape(end),
            lambda _, text=begin + rows + end: text,
            page,
            flags=re.DOTALL,
        )
    return page


def _row(choice: Choice) -> str:
    title = f"**{choice.title}**" if choice.is_submenu else choice.title
    right = NAMES[Right(choice.right)] if choice.right else ""
    return f"| {' '.join(choice.path)} | {title} | {right} | {choice.help} |\n"


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
