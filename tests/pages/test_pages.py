"""Every page of the office in a browser: for everybody, by keyboard, in every language."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import httpx2
import pytest
from babel.messages.pofile import read_po

from backoffice.web import menu
from backoffice.web.i18n import LANGUAGES
from tests.pages import walk
from tests.test_locale import IDS, locales

WIDE, NARROW = 1280, 390
FACTS = """() => [
    document.querySelectorAll("h1").length === 1 && !document.title.startsWith(" "),
    document.documentElement.lang,
    document.documentElement.scrollWidth - innerWidth,
    [...document.querySelectorAll("*")].flatMap(it => it.getAttributeNames())
        .filter(it => it === "style" || it.startsWith("on")),
]"""
# Numbers the controls of a page and writes down on which the focus falls, and whether one sees it.
CONTROLS = """() => {
    window.reached = [];
    const note = it => {
        const style = getComputedStyle(it);
        const isSeen = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
        window.reached.push([it.dataset.control, isSeen]);
    };
    addEventListener("focusin", event => note(event.target));
    const kinds = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const controls = [...document.querySelectorAll(kinds)]
        .filter(it => it.type !== "hidden" && !it.disabled && it.checkVisibility())
        .filter(it => it.type !== "radio" || it.checked)
        .map((it, number) => [it.dataset.control = String(number), it.type]);
    if (document.activeElement !== document.body) note(document.activeElement);
    return controls;
}"""
SUMS = """() => [...document.querySelectorAll(".cards tfoot [data-name]")]
    .map(it => it.getBoundingClientRect().width)"""
# A date has a stop for its day, month, year, and calendar.
STOPS = {"date": 4, "month": 3, "time": 2}
# A list has many rows, and what is in them is alike.
PRESSES_MAX = 150

# What people read, and what is read aloud to them.
TEXT = re.compile(r">([^<]+)<|\b(?:aria-label|title|placeholder|alt|data-name)=\"([^\"]+)\"")
ASIDE = re.compile(r"<(script|style|textarea|code|option)\b.*?</\1>", re.DOTALL)


def examples():
    """Routes as parameters; their addresses are known when the office runs."""
    return pytest.mark.parametrize("place", walk.examples(), indirect=True)


@pytest.fixture
def place(found, request):
    """The address of the route that the test is about."""
    assert request.param in found, "link to it from another page, or name it in walk.ALONE"
    return found[request.param] or pytest.skip("a file, or a part of a page")


def test_every_page_is_led_to(found):
    """A page that nothing leads to is not found by its users either."""
    assert found["/receipts/{row_id:int}"] != found["/registers/entries/{row_id:int}"] != ""
    assert set(walk.handlers()) - set(found) == set(), "link to them, or name them in walk.ALONE"


def whole(window, language, width):
    """What is wrong with a page that any page must have."""
    is_titled, spoken, spill, inline = window.page.evaluate(FACTS)
    wrong = [*window.strangers, *window.complaints, *inline]
    if spoken != language:
        wrong.append(f"the document says that it is in {spoken!r}")
    if not is_titled:
        wrong.append("one h1 and a title")
    if spill > 0:
        wrong.append(f"{spill} px too wide")
    return [f"{language} {width}: {it}" for it in wrong]


def unreached(page):
    """Controls that the Tab key does not lead to, or on which the focus is not seen."""
    kinds = dict(page.evaluate(CONTROLS))
    presses = sum(STOPS.get(kind, 1) for kind in kinds.values())
    for _press in range(min(presses + 1, PRESSES_MAX)):
        page.keyboard.press("Tab")
    reached = page.evaluate("window.reached")
    missed = set(kinds) - {it for it, _seen in reached} if presses <= PRESSES_MAX else set()
    missed |= {it for it, is_seen in reached if it and not is_seen}
    html = "it => it.outerHTML"
    return [page.locator(f'[data-control="{it}"]').evaluate(html) for it in missed]


@examples()
def test_a_page_is_for_everybody(look, axe, place):
    window = look(place, width=WIDE)
    wrong = [*whole(window, "pl", WIDE), *axe(window.page), *unreached(window.page)]
    window.resize(NARROW)
    # Its colours are those that were looked at.
    wrong += [*whole(window, "pl", NARROW), *axe(window.page, without=["color-contrast"])]
    # The longest words are French and Spanish; a torture run looks at all.
    language = ("fr", "es")[len(place) % 2]
    wrong += whole(look(place, language=language, width=NARROW), language, NARROW)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_nothing_is_left_in_english(office, owners, places, language):
    english, own = said_in("en"), said_in(language)
    left = []
    with httpx2.Client(base_url=office.url, cookies=owners[language]) as client:
        for address in looked_at(places):
            page = client.get(address).text
            assert f'<html lang="{language}">' in page, address
            left += [
                f"{address}: {text}"
                for text in texts(page)
                # Abbreviations are names: of a column of a file, of a format.
                if english.fullmatch(text) and not own.fullmatch(text) and not text.isupper()
            ]
    assert not left, "\n".join(left)


def test_a_first_visit_is_light(office, owners, places):
    """What a phone on a bad line can bear; ``bench.pages`` measures it."""
    with httpx2.Client(base_url=office.url, cookies=owners["pl"]) as client:
        visits = {address: walk.first_visit(client, address) for address in looked_at(places)}
    assert not {address for address, (requests, _size) in visits.items() if requests > 5}
    assert not {address: size for address, (_requests, size) in visits.items() if size > 150_000}


def test_a_page_below_another_says_where_it_is(office, owners, places):
    with httpx2.Client(base_url=office.url, cookies=owners["pl"]) as client:
        below = {it for it in looked_at(places) if is_below(it.partition("?")[0])}
        lost = {it for it in below if 'class="crumbs"' not in client.get(it).text}
    assert below
    assert not lost


def is_below(path):
    entry = menu.here(path)
    return entry is not None and path != entry.path


def test_sums_of_a_list_of_cards_are_read_on_a_phone(look, places):
    """Each named sum has a line of its own, as wide as the card."""
    for route in ("/sales", "/reports/months", "/reports/{row_id:int}", "/shifts"):
        window = look(places[route], width=NARROW)
        widths = window.page.evaluate(SUMS)
        assert widths, route
        assert min(widths) > NARROW / 2, route


def looked_at(places):
    """One page of each kind."""
    return [places[route] for route in walk.examples() if route in places]


def texts(page):
    found = TEXT.findall(ASIDE.sub("", page))
    return {unescape(shown or read).strip() for shown, read in found} - {""}


@cache
def said_in(language):
    """A pattern of all that the office says in a language."""
    said = set(forms(language))
    # What is nothing but places would match anything.
    said = {text for text in said if re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}", "", text))}
    return re.compile("|".join(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in said))


def forms(language):
    catalogue = None
    if language != "en":
        with locales.OFFICE.po_file(language).open("rb") as po:
            catalogue = read_po(po, locale=language)
    for message in IDS[locales.OFFICE]:
        found = catalogue.get(message.id) if catalogue else None
        said = found.string if found else message.id
        yield from [said] if isinstance(said, str) else said


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
        window = windows(language=language)
        window.go("/sign-in", NARROW)
        assert whole(window, language, NARROW) == []
    assert [*axe(window.page), *unreached(window.page)] == []


@pytest.mark.torture
def test_pictures(look, axe, places, shots):
    """The full matrix; with SHOTS a picture of each page, in the light and in the dark."""
    wrong = []
    for address in places.values():
        name = re.sub(r"\W+", "-", address).strip("-") or "home"
        for language in LANGUAGES:
            for width in (WIDE, NARROW):
                window = look(address, language=language, width=width)
                wrong += [f"{address} {it}" for it in whole(window, language, width)]
                for scheme in ("light", "dark"):
                    window.page.emulate_media(color_scheme=scheme)
                    wrong += [f"{address} {scheme} {it}" for it in axe(window.page)]
                    if shots:
                        picture = shots / f"{name}-{language}-{width}-{scheme}.png"
                        window.page.screenshot(path=picture, full_page=True)
                window.page.emulate_media(color_scheme="light")
    assert not wrong, "\n".join(wrong)
