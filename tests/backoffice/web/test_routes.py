from __future__ import annotations

from backoffice.rights import Right
from backoffice.web import menu
from backoffice.web.routes import OPEN_ROUTES, ROUTES


def test_every_page_behind_the_door_says_its_right():
    for handler in ROUTES:
        assert isinstance(handler.opt.get("right"), Right), handler.paths
    assert all("right" not in handler.opt for handler in OPEN_ROUTES)


def test_every_entry_of_the_menu_leads_to_a_page_of_its_right():
    rights = {path: handler.opt["right"] for handler in ROUTES for path in handler.paths}
    for entry in menu.ENTRIES:
        path = "/registers/{book:str}" if entry.path.startswith("/registers/") else entry.path
        assert rights[path] is entry.right, entry.path
