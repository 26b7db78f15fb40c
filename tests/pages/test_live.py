"""The parts of pages that ask for themselves again, in a browser."""

from __future__ import annotations

from backoffice import contacts, fleet
from backoffice.contacts import Contact
from backoffice.moments import stamp
from backoffice.store.engine import writing
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half


def beat(office, printer):
    """A till is heard."""
    moment = office.office.clock()
    told = wire.Heartbeat("0.1.0", 0, "", "OPEN", printer, "1", at=moment.isoformat())
    with writing(office.office.engine) as database:
        fleet.beat(database, "K1", told, moment)
        contacts.note(database, "K1", Contact.BEAT, stamp(moment))


def triggered(page, first=""):
    """How many parts ask for themselves when it is time to."""
    return page.evaluate(
        f"{first}; let count = 0; const real = htmx.trigger; htmx.trigger = () => count++;"
        " refresh(); htmx.trigger = real; count"
    )


def test_the_dashboard_renews_itself_while_somebody_looks_at_it(look, office):
    beat(office, "ready")
    window = look("/")
    page = window.page
    assert page.get_by_text("otwarta pokrywa").count() == 0
    beat(office, "cover")
    page.evaluate("refresh()")
    page.get_by_text("otwarta pokrywa").wait_for()
    # What came in its place asks for itself, too.
    beat(office, "ready")
    page.evaluate("refresh()")
    page.get_by_text("otwarta pokrywa").wait_for(state="detached")
    assert window.complaints == []
    assert window.strangers == []


def test_nothing_is_asked_for_a_page_that_nobody_sees(look):
    page = look("/").page
    assert triggered(page) == 1
    hide = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => true})"
    assert triggered(page, hide) == 0
    with page.expect_request("**/now?*"):
        page.evaluate(
            "delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))"
        )


def test_whoever_stands_in_it_keeps_his_place(look):
    page = look("/").page
    page.get_by_role("link", name="Odśwież").focus()
    assert triggered(page) == 0
    page.evaluate("document.activeElement.blur()")
    assert triggered(page) == 1


def test_the_code_gives_way_to_the_news_that_it_was_spent(look, office):
    page = look("/terminals/new").page
    page.get_by_label("Nazwa kasy").fill("K7")
    page.get_by_role("button", name="Utwórz kod").click()
    code = page.locator(".code").inner_text()
    assert page.url.endswith("/terminals/K7/code")
    with writing(office.office.engine) as database:
        request = wire.EnrolRequest(code, "0.1.0", public_half(new_key()))
        fleet.enrol(database, request, office.office.clock())
    page.evaluate("refresh()")
    page.get_by_text("Kasa jest zarejestrowana").wait_for()
    assert page.locator(".code").count() == 0
