"""Every page as text, at 80×25 and at 132×43, and the same through both drivers.

``SNAPSHOTS=renew .venv/bin/pytest tests/ui/test_snapshots.py`` writes them anew; what changed is
then for ``git diff`` and for a person's eyes.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from functools import cache
from pathlib import Path

import pytest
from textual.app import App

import ui.screens
from tests.ui.celldiff.display import Display
from tests.ui.shots import SHOTS, Shot
from ui.screens.help import Help
from ui.screens.page import Page
from ui.widgets.face import Face
from ui.widgets.row import plain

FOLDER = Path(__file__).parent / "snapshots"
SIZES = ((80, 25), (132, 43))
IS_RENEWING = os.environ.get("SNAPSHOTS") == "renew"
# What fonts of a Linux console have beside the letters of Latin-2; the cloud has a word beside it.
GLYPHS = set("─│█░▀▄≡…↑↓→←☁ñ")


@cache
def taken(shot: Shot):
    return shot.take()


def lines(shot: Shot, width: int, height: int) -> list[str]:
    return [plain(line) for line in taken(shot).rows(width, height)]


def name(shot: Shot) -> str:
    return shot.name


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("shot", SHOTS, ids=name)
def test_the_page_is_as_it_was(shot, size):
    width, height = size
    found = lines(shot, width, height)
    assert [len(line) for line in found] == [width] * height
    signs = {sign for line in found for sign in line} - GLYPHS
    assert "".join(signs).encode("iso-8859-2")
    text = "".join(f"{line.rstrip()}\n" for line in found)
    file = FOLDER / f"{shot.name}.{width}x{height}.txt"
    if IS_RENEWING:
        file.write_text(text, encoding="utf-8")
    assert file.exists(), "SNAPSHOTS=renew writes it"
    assert text == file.read_text(encoding="utf-8")


def test_there_are_no_snapshots_of_pages_that_are_gone():
    wanted = {f"{shot.name}.{width}x{height}.txt" for shot in SHOTS for width, height in SIZES}
    assert {file.name for file in FOLDER.iterdir()} == wanted
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


def pages(kind: type[Page] = Page) -> set[type[Page]]:
    """The pages a cashier can meet: those from which no other is made."""
    made = {one for one in kind.__subclasses__() if one.__module__.startswith("ui.")}
    return {kind} if not made else {page for one in made for page in pages(one)}


def test_every_page_has_a_snapshot():
    for module in pkgutil.iter_modules(ui.screens.__path__):
        importlib.import_module(f"ui.screens.{module.name}")
    seen = {type(taken(shot).page) for shot in SHOTS}
    missing = pages() - seen
    assert not missing, f"a line for each in tests/ui/shots.py: {missing}"


@pytest.mark.parametrize(
    ("theme", "charset", "size"),
    [
        ("normal", "utf-8", SIZES[1]),
        ("contrast", "iso-8859-2", SIZES[0]),
        ("mono", "ascii", SIZES[0]),
    ],
)
def test_a_serial_terminal_shows_the_same(theme, charset, size):
    shown = Display(charset, *size)
    for shot in SHOTS:
        rows = taken(shot).rows(*size)
        shown.show(rows, theme)
        assert shown.differs(rows, theme) == [], shot.name


async def test_textual_shows_the_same():
    class Frame(App):
        def compose(self):
            yield face

    face, app = Face(), Frame()
    async with app.run_test(size=SIZES[0]) as pilot:
        for shot in SHOTS:
            face.show(taken(shot).rows(*SIZES[0]))
            await pilot.pause()
            painted = [strip.text for strip in app.screen._compositor.render_strips()]
            assert painted == lines(shot, *SIZES[0]), shot.name


@pytest.mark.parametrize("shot", SHOTS, ids=name)
def test_help_tells_every_key_of_the_page_though_the_last_line_is_cut(shot):
    desk = taken(shot)
    told = "\n".join(plain(line) for line in Help(desk, desk.page).body(80, 20))
    for key, meaning in desk.page.legend():
        assert key in told
        assert meaning in told
