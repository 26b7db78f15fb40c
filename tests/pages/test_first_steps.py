"""The first steps of an office that has nothing yet: for everybody, and by keyboard."""

from __future__ import annotations

import pytest

from backoffice.running import start_office
from tests.backoffice.web.signed import cookie_of, new_account
from tests.pages.test_pages import NARROW, WIDE


@pytest.fixture
def fresh(tmp_path, chromium):
    """A window of the owner of an office without a shop."""
    running = start_office(f"sqlite:///{tmp_path}/office.db", sample=False)
    context = chromium.new_context(locale="pl")
    session = cookie_of(running.office, new_account(running.office))
    context.add_cookies([{"name": "office", "value": session, "url": running.url}])
    yield running, context.new_page()
    context.close()
    running.stop()


def test_each_step_is_for_everybody_and_goes_by_keyboard(fresh, axe):
    running, page = fresh

    def sound():
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            spill = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert spill <= 0, page.url
            assert axe(page) == [], page.url

    page.goto(running.url)
    assert page.url == f"{running.url}/first"
    sound()
    page.locator("#company").focus()
    # What is missing is told by the office, too, not by the browser alone.
    page.locator("form[action='/first/shop']").evaluate("form => form.noValidate = true")
    page.keyboard.type("Dąb")
    page.keyboard.press("Enter")
    page.locator("#error-nip").wait_for()
    assert page.locator("#company").input_value() == "Dąb"
    sound()
    page.locator("#company").focus()
    for typed in ("Dąb", "5261001001", "Pod Dębem", "Dębowa 1", "00-950", "Łódź", "Jan", "4711"):
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("main a[href='/goods/import']").wait_for()
    sound()
    page.goto(f"{running.url}/first?step=till")
    page.locator("main a[href='/terminals/new']").wait_for()
    sound()
