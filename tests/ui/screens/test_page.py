from __future__ import annotations

from ui.keypad import Entry, Mode
from ui.screens.page import Page, Scans


class Bench:
    def __init__(self):
        self.done = []
        self.page = self

    def close(self, page):
        self.done.append(("close", page))

    def service_key(self, name):
        self.done.append(("key", name))

    def home(self):
        self.done.append("home")

    def scan(self, code):
        self.done.append(("scan", code))


def test_what_every_page_does():
    desk = Bench()
    page = Page(desk, Mode.DIGITS)
    for key in ("1", "menu", "esc", "esc", "up"):
        page.press(key)
    assert desk.done == [("key", "menu"), ("close", page)]
    assert page.entry == Entry(Mode.DIGITS)
    assert page.told(object()) is False
    assert page.legend()[0][0] == "Esc"


def test_a_scan_goes_home_and_is_sold_there():
    desk = Bench()
    Page(desk).scanned("590")
    assert desk.done == ["home", ("scan", "590")]
    assert Page.scans is Scans.SELL


def test_ask_empties_the_field():
    page = Page(Bench(), Mode.DIGITS)
    page.press("7")
    page.ask(Mode.PIN)
    assert page.entry == Entry(Mode.PIN)
