"""Every page of the office in a browser: for everybody, by keyboard, in every language."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from backoffice.web.i18n import LANGUAGES
from tests.pages import walk
from tests.test_locale import IDS, locales

WIDE, NARROW = 1280, 390
ROUTES = walk.routes()
TEXTS = """() => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
        const of = walker.currentNode.parentElement.tagName;
        if (of !== "SCRIPT" && of !== "STYLE") texts.push(walker.currentNode.data.trim());
    }
    for (const it of document.querySelectorAll("[aria-label], [title], [placeholder]"))
        texts.push(it.ariaLabel || it.title || it.placeholder);
    return texts.filter(Boolean);
}"""
CONTROLS = """() =>
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(it => it.type !== "hidden" && !it.disabled && it.tabIndex >= 0 && it.checkVisibility())
    .filter(it => it.type !== "radio" || it.checked)
    .map((it, number) => it.dataset.control = String(number))"""
FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it);
    return [it.dataset.control, style.outlineStyle !== "none" && style.outlineWidth !== "0px"];
}"""


@pytest.fixture
def place(places, request):
    """The address of the route that the test is about."""
    route = request.param
    if route not in places:
        pytest.skip("a file, not a page")
    return places[route]


every_page = pytest.mark.parametrize("place", ROUTES, indirect=True)


def test_every_route_is_found(places):
    """A page that nothing leads to is not found by its users either."""
    assert {"/", "/receipts/{row_id:int}", "/registers/entries/{row_id:int}"} <= set(places)
    missing = {route for route in ROUTES if "{" in route} - set(places)
    assert not missing, "link to them, or name them in walk.ALONE"


def whole(window, language, width):
    """What is wrong with a page that any page must have."""
    page = window.page
    wrong = [*window.strangers, *window.complaints]
    if page.locator("html").get_attribute("lang") != language:
        wrong.append("language of the document")
    if page.locator("h1").count() != 1 or not page.title().partition(" – ")[0].strip():
        wrong.append("one h1 and a title")
    spill = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if spill > 0:
        wrong.append(f"{spill} px too wide for {width} px")
    return wrong


@every_page
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_page_is_for_everybody(look, axe, place, width):
    window = look(place, width=width)
    assert whole(window, "pl", width) == []
    assert axe(window.page) == []


@every_page
def test_a_page_speaks_every_language(look, place):
    english = said_in("en")
    for language in LANGUAGES:
        window = look(place, language=language, width=NARROW)
        assert whole(window, language, NARROW) == [], language
        if language != "en":
            own = said_in(language)
            texts = window.page.evaluate(TEXTS)
            left = [it for it in texts if english.fullmatch(it) and not own.fullmatch(it)]
            assert left == [], language


@cache
def said_in(language):
    """A pattern of all that the office says in a language."""
    texts = set(forms(language))
    # What is nothing but places would match anything.
    texts = {text for text in texts if re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}", "", text))}
    return re.compile("|".join(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in texts))


def forms(language):
    catalogue = None
    if language != "en":
        with locales.OFFICE.po_file(language).open("rb") as po:
            catalogue = read_po(po, locale=language)
    for message in IDS[locales.OFFICE]:
        found = catalogue.get(message.id) if catalogue else None
        said = found.string if found else message.id
        yield from [said] if isinstance(said, str) else said


@every_page
def test_a_page_is_used_by_keyboard(look, place):
    window = look(place)
    wanted = set(window.page.evaluate(CONTROLS))
    reached, unseen = set(), set()
    for _press in range(len(wanted) + 1):
        window.page.keyboard.press("Tab")
        control, is_seen = window.page.evaluate(FOCUSED)
        reached.add(control)
        if not is_seen:
            unseen.add(control)
    assert wanted - reached == set()
    assert unseen - {None} == set()


def test_on_a_phone_the_menu_opens_by_keyboard_and_leads_on(look):
    page = look("/", width=NARROW).page
    assert not page.get_by_role("link", name="Raporty dobowe").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("details.menu summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Raporty dobowe").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports")
    assert page.locator("h1").inner_text() == "Raporty dobowe"


def test_the_skip_link_leads_past_the_menu(look):
    page = look("/reports").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_paper_shows_no_menu(look):
    page = look("/reports").page
    page.emulate_media(media="print")
    assert not page.locator("nav.side").is_visible()
    assert not page.get_by_role("button", name="Wyloguj").is_visible()
    assert page.locator("table").first.is_visible()
    page.emulate_media(media="screen")


def test_before_the_door_too(windows, axe):
    for language in LANGUAGES:
        for width in (WIDE, NARROW):
            window = windows(language=language)
            window.go("/sign-in", width)
            assert whole(window, language, width) == []
            assert axe(window.page) == []


@pytest.mark.torture
@every_page
def test_pictures(look, axe, place, shots):
    """The full matrix; with SHOTS a picture of each page, also in the dark and on paper."""
    name = place.strip("/").replace("/", "-").partition("?")[0] or "home"
    for language in LANGUAGES:
        for width in (WIDE, NARROW):
            window = look(place, language=language, width=width)
            for scheme in ("light", "dark"):
                window.page.emulate_media(color_scheme=scheme)
                assert axe(window.page) == [], (language, width, scheme)
                if shots:
                    picture = shots / f"{name}-{language}-{width}-{scheme}.png"
                    window.page.screenshot(path=picture, full_page=True)
            window.page.emulate_media(color_scheme="light")
