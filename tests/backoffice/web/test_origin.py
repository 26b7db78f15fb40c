from __future__ import annotations

import pytest

from backoffice.web.origin import is_from_elsewhere
from tests.backoffice.web.signed import token_of

SQLITE_ALONE = True
HOST = {"host": "office.example:8440"}


@pytest.mark.parametrize(
    ("said", "is_elsewhere"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "https://office.example:8440"}, True),
        ({"origin": "https://office.example:8440"}, False),
        ({"origin": "https://office.example"}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "https://office.example:8440.evil.example"}, True),
        ({"origin": "null"}, True),
        ({"origin": ""}, True),
    ],
)
def test_what_a_browser_says_of_where_it_comes_from(said, is_elsewhere):
    assert is_from_elsewhere({**HOST, **said}) is is_elsewhere


@pytest.mark.parametrize(
    "said", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://x.example"}]
)
def test_a_form_of_another_site_is_refused_though_its_token_is_right(browser, said):
    form = {"_csrf_token": token_of(browser.get("/"))}
    assert browser.post("/sign-out", data=form, headers=said).status_code == 403
    assert browser.get("/", headers=said).status_code == 200
    assert browser.post("/sign-out", data=form).status_code == 303


def test_programs_are_asked_for_their_token_only(http, admin):
    said = {**admin, "Sec-Fetch-Site": "cross-site"}
    assert http.post("/v1/admin/owner-link", headers=said).status_code == 201
