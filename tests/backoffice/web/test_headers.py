from __future__ import annotations

import pytest

from backoffice.web.routes import PAGE_BYTES_MAX
from tests.backoffice.web.signed import token_of


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing", "/static/office.css", "/v1/nothing"])
def test_every_answer_carries_the_headers(http, path):
    headers = http.get(path).headers
    policy = [part.strip() for part in headers["content-security-policy"].split(";")]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/second-factor"])
def test_a_form_that_is_too_large_is_refused(browser, path):
    token = token_of(browser.get("/account"))
    form = {"_csrf_token": token, "name": "x" * PAGE_BYTES_MAX}
    assert browser.post(path, data=form).status_code == 413


def test_over_tls_the_browser_is_told_to_stay_there(http):
    assert "strict-transport-security" not in http.get("/sign-in").headers
    over_tls = http.get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert over_tls.headers["strict-transport-security"] == "max-age=31536000"


def test_pages_and_answers_are_not_kept_but_the_style_sheet_is(http, new_till):
    assert http.get("/sign-in").headers["cache-control"] == "no-store"
    name, device = new_till()
    assert http.get(f"/v1/terminals/{name}/sets", auth=device).headers["cache-control"] == (
        "no-store"
    )
    assert http.get("/static/office.css").headers.get("cache-control") != "no-store"
