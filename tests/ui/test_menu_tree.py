"""Each path of both menus in each language: a page opens, fits, is explained, and Esc leaves it."""

from __future__ import annotations

import pytest

from terminal import events
from terminal.handbook.pages import HANDBOOK
from terminal.i18n import LANGUAGES, translate, use_language
from terminal.people.rights import Operator
from terminal.sync.wire import Right, Settings
from tests.ui.fake_till import AtOnce, FakeTill
from ui.desk import Desk
from ui.menu import MENU, SERVICE, find
from ui.screens.approve import Approve
from ui.screens.handbook import Handbook, Remedy
from ui.screens.help import EntryHelp, Help
from ui.screens.menu import Menu
from ui.screens.selling import Selling
from ui.training import Training
from ui.widgets.row import plain

SIZES = ((80, 25), (132, 43))
TABLES = {"f10": MENU, "f12": SERVICE}
PATHS = [(key, choice) for key, table in TABLES.items() for choice in table]
# The key of each menu, as the keypad names it.
OPENS = {"f10": "menu", "f12": "service"}


@pytest.fixture
def till():
    made = FakeTill(AtOnce)
    made.settings = Settings("settings", language="en", cash_management=True, parking=True)
    return made


@pytest.fixture(params=LANGUAGES)
def language(request):
    use_language(request.param)
    yield request.param
    use_language("en")


def desk_of(till, rights=frozenset(Right)):
    desk = Desk(till, lambda do: do(), lambda *_: None)
    desk.training = Training(is_on=False, switch=lambda: None)
    desk.start()
    till.operator = Operator("u1", "1", "Anna Nowak", "kasjer", rights, "")
    till.engine.tell(events.OperatorChanged(till.operator))
    return desk


def drawn(desk):
    """The screen at both sizes; nothing may break while it is drawn."""
    pages = list(desk.pages)
    for width, height in SIZES:
        rows = desk.rows(width, height)
        assert len(rows) == height
        assert {len(plain(line)) for line in rows} == {width}
    assert desk.pages == pages
    return "\n".join(plain(line) for line in desk.rows(*SIZES[0]))


def test_each_path_opens_a_page_that_draws_and_is_explained_and_left(till, language):
    desk = desk_of(till)
    for key, choice in PATHS:
        for pressed in (OPENS[key], *choice.path):
            desk.press(pressed)
        page = desk.page
        assert isinstance(page, Menu) == choice.is_submenu, choice
        drawn(desk)
        if page.scans is not page.scans.IGNORE or choice.is_submenu:
            desk.press("help")
            assert isinstance(desk.page, Help), choice
            drawn(desk)
            desk.press("esc")
            assert desk.page is page, choice
        while desk.page is not desk.pages[0]:
            before = len(desk.pages), getattr(desk.page, "path", "")
            desk.press("esc")
            assert (len(desk.pages), getattr(desk.page, "path", "")) < before, choice
        if till.operator is None:
            desk = desk_of(till)
        assert isinstance(desk.page, Selling)


def test_each_entry_is_in_the_help_of_the_one_above_it(till, language):
    desk = desk_of(till)
    for key, choice in PATHS:
        desk.press(OPENS[key])
        menu, table = desk.page, TABLES[key]
        menu.path = choice.path[:-1]
        menu.marked = [one.path for one in menu._choices].index(choice.path)
        shown = drawn(desk)
        for word in translate(choice.help).split():
            assert word in shown, choice
        assert f"{choice.path[-1]}  {translate(choice.title)}" in shown, choice
        desk.press("help")
        assert isinstance(desk.page, EntryHelp)
        text = drawn(desk)
        assert " ".join(choice.path) in text
        if len(choice.path) > 1:
            desk.open(EntryHelp(desk, menu, find(choice.path[:-1], table), table))
            assert f"{' '.join(choice.path)} " in drawn(desk), choice
            assert translate(choice.title) in drawn(desk), choice
        desk.home()


def test_without_the_right_each_path_asks_for_an_approval(till, language):
    desk = desk_of(till, frozenset())
    for key, choice in PATHS:
        if not choice.right:
            continue
        desk.press(OPENS[key])
        menu = desk.page
        menu.path = choice.path[:-1]
        menu.marked = [one.path for one in menu._choices].index(choice.path)
        assert f"[{translate('no permission')}]" in drawn(desk)
        desk.press(choice.path[-1])
        assert isinstance(desk.page, Approve), choice
        assert "E-48" in drawn(desk)
        desk.press("esc")
        assert desk.page is menu
        desk.press(choice.path[-1])
        for pressed in ("2", "enter", *"2222", "enter"):
            desk.press(pressed)
        assert isinstance(desk.page, Menu) == choice.is_submenu, choice
        assert not isinstance(desk.page, Approve)
        desk.home()


def test_each_page_of_the_handbook_fits(till, language):
    desk = desk_of(till)
    desk.open(Handbook(desk))
    for code in HANDBOOK:
        for pressed in str(code).partition("-")[2].lstrip("0"):
            desk.press(pressed)
        desk.press("enter")
        assert isinstance(desk.page, Remedy)
        text = drawn(desk)
        assert str(code) in text
        last = translate(HANDBOOK[code].remedy).split()[-1]
        assert last in text
        desk.press("esc")
