from __future__ import annotations

import re

from backoffice.rights import Role


def pressed(browser, path, **form):
    token = re.search(r'_csrf_token" value="([^"]+)"', browser.get("/").text)[1]
    return browser.post(path, data={**form, "_csrf_token": token})


def test_what_was_done_is_said_once(browser, sold):
    answer = pressed(browser, "/rejected", terminal=sold, epoch="1", seq="2")
    assert answer.status_code == 303
    said = '<p class="said" role="status">Odrzucony jak poprzednio.</p>'
    assert said in browser.get("/rejected").text
    assert said not in browser.get("/rejected").text


def test_what_a_cookie_says_is_escaped_and_short(browser):
    browser.cookies.set("said", "%3Cb%3E" + "x" * 2000)
    text = browser.get("/rejected").text
    assert "&lt;b&gt;x" in text
    assert "x" * 500 not in text


def test_the_frame_names_the_shop_and_says_where_one_is(browser_as, sold):
    browser = browser_as(Role.MANAGER, {"lipa"})
    receipt = browser.get("/receipts/1").text
    assert "<span>Sklep Pod Lipą</span>" in receipt
    assert 'class="crumbs"' in receipt
    page = browser.get("/reports").text
    assert page.count('<a href="/reports" aria-current="page">') == 2
    assert 'class="crumbs"' not in page


def test_who_is_not_signed_in_sees_no_menu(http):
    for path in ("/sign-in", "/nothing"):
        text = http.get(path).text
        assert "<nav" not in text
        assert "/sign-out" not in text
