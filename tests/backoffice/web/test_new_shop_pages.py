from __future__ import annotations

import pytest

from tests.backoffice.web.shop_forms import GOODS, field, new_shop, row, rows, send

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
ADDRESS = {"name": "Kino", "street": "Złota 44", "postal_code": "00-120", "city": "Warszawa"}
EVERYTHING = {
    f"part-{part}": "yes"
    for part in ("settings", "payments", "staff", "goods", "prices", "quick_keys", "customers")
}


@pytest.fixture
def source(http, admin):
    return new_shop(http, admin, **GOODS)


def test_a_shop_is_made_as_a_copy(browser, http, admin, source):
    page = browser.get("/shops/new", params={"source": source})
    form = {**ADDRESS, **EVERYTHING, "id": f"{source}-kino", "source": source}
    assert send(browser, "/shops/new", page, **form).status_code == 303
    for name in ("products", "users", "roles", "quick_keys", "vat_rates"):
        assert rows(http, admin, name, f"{source}-kino") == rows(http, admin, name, source), name
    now = row(http, admin, "shop", f"{source}-kino", f"{source}-kino")
    assert (now["name"], now["nip"]) == ("Kino", "1234563218")


def test_what_is_not_ticked_stays_behind(browser, http, admin, source):
    page = browser.get("/shops/new")
    form = {**ADDRESS, "part-staff": "yes", "id": f"{source}-b", "source": source}
    assert send(browser, "/shops/new", page, **form).status_code == 303
    assert rows(http, admin, "products", f"{source}-b") == []
    assert len(rows(http, admin, "users", f"{source}-b")) == 2


@pytest.mark.parametrize(
    ("name", "text", "status"),
    [
        ("id", "Kino 2", 422),
        ("id", "../x", 422),
        ("id", "new", 422),
        ("source", "nobody", 422),
        ("postal_code", "1", 422),
        ("id", None, 409),
    ],
)
def test_bad_input_comes_back_and_nothing_is_made(browser, http, admin, source, name, text, status):
    page = browser.get("/shops/new")
    form = {**ADDRESS, "part-staff": "yes", "id": f"{source}-c", "source": source}
    form[name] = source if text is None else text
    answer = send(browser, "/shops/new", page, **form)
    assert answer.status_code == status
    assert f'id="error-{name}"' in answer.text
    assert field(answer, "street") == "Złota 44"
    assert 'name="part-staff" value="yes" checked' in " ".join(answer.text.split()) or (
        "checked" in answer.text
    )
    assert rows(http, admin, "users", f"{source}-c") == []
