"""The page of the console says which words there are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from terminal.console.words import WORDS

ROOT = Path(__file__).parent.parent


def script():
    spec = importlib.util.spec_from_file_location("c", ROOT / "deploy" / "update_console.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_true() -> None:
    update = script()
    page = update.PAGE.read_text(encoding="utf-8")
    assert page == update.updated(page), "run python deploy/update_console.py"
    for word in WORDS:
        assert word.help in page


def test_a_word_that_is_not_there_yet_is_written() -> None:
    text = script().updated("a\n<!-- words -->\nof yesterday\n<!-- end of words -->\nb\n")
    assert text.startswith("a\n<!-- words -->\n| word |")
    assert text.endswith("<!-- end of words -->\nb\n")
    assert "yesterday" not in text
