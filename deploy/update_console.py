"""Writes the table of docs/console.md from the words that the console has; the rest stays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.console.words import MENU_VERBS, WORDS, find
from ui.menu import MENU

if TYPE_CHECKING:
    from terminal.console.word import Word

PAGE = Path(__file__).parent.parent / "docs" / "console.md"
_BEGIN, _END = "<!-- words -->\n", "<!-- end of words -->"
_HEAD = "| word | menu | scope | | what it does |\n|---|---|---|---|---|\n"


def updated(page: str) -> str:
    """``page`` with the table of today between its marks."""
    rows = _HEAD + "".join(map(_row, WORDS))
    pattern = re.escape(_BEGIN) + ".*?" + re.escape(_END)
    return re.sub(pattern, lambda _: _BEGIN + rows + _END, page, flags=re.DOTALL)


def _row(word: Word) -> str:
    kind = "looks" if word.reads else "acts"
    where = "" if word.is_live else ", files"
    numbers = [" ".join(choice.path) for choice in MENU if _is_of(choice.verb, word)]
    usage = word.usage.replace("|", "\\|")
    return f"| `{usage}` | {', '.join(numbers)} | {word.scope} | {kind}{where} | {word.help} |\n"


def _is_of(verb: str, word: Word) -> bool:
    return verb in MENU_VERBS and find(MENU_VERBS[verb].split())[0] is word


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
