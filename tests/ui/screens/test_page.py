from __future__ import annotations

from drivers.scan import read_scan
from ui.keypad import CODE_MAX, Entry, Mode, Text
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

    def take(self, scan):
        self.done.append(("scan", scan.code))

    def refuse_scan(self):
        self.done.append("refused")


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
    Page(desk).scanned(read_scan("590"))
    assert desk.done == ["home", ("scan", "590")]
    assert Page.scans is Scans.SELL


class Asking(Page):
    def __init__(self, desk):
        super().__init__(desk, Mode.DIGITS)
        self.got = []

    def on(self, intent):
        self.got.append(intent)


def test_a_scan_in_a_field_is_the_whole_of_it():
    page = Asking(Bench())
    page.press("9")
    page.filled(read_scan("NIP 526-025-02-74"))
    assert page.got == [Text(Mode.DIGITS, "5260250274")]
    page.filled(read_scan("7" * 500))
    assert page.got[1] == Text(Mode.DIGITS, "7" * CODE_MAX)


def test_a_scan_without_digits_fills_no_field():
    page = Asking(Bench())
    page.press("9")
    page.filled(read_scan("#*abc"))
    assert page.desk.done == ["refused"]
    assert (page.got, page.entry.text) == ([], "9")


def test_ask_empties_the_field():
    page = Page(Bench(), Mode.DIGITS)
    page.press("7")
    page.ask(Mode.PIN)
    assert page.entry == Entry(Mode.PIN)
