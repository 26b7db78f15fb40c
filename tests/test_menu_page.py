"""The page of the menu says what the menu is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from ui.menu import MENU, SERVICE

ROOT = Path(__file__).parent.parent


def script():
    spec = importlib.util.spec_from_file_location("u", ROOT / "deploy" / "update_menu.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_true() -> None:
    update = script()
    page = update.PAGE.read_text(encoding="utf-8")
    assert page == update.updated(page), "run python deploy/update_menu.py"
    for choice in (*MENU, *SERVICE):
        assert f"| {' '.join(choice.path)} | " in page
        assert choice.help in page


def test_an_entry_that_is_not_there_yet_is_written() -> None:
    update = script()
    page = "a\n<!-- menu -->\nold\n<!-- end of menu -->\nb\n"
    text = update.updated(page)
    assert text.startswith("a\n<!-- menu -->\n| numbers |")
    assert text.endswith("<!-- end of menu -->\nb\n")
    assert "old" not in text
