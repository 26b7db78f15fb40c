from __future__ import annotations

import csv
import io

import pytest

from backoffice import changes
from backoffice.actor import Actor
from backoffice.rights import Role
from backoffice.store.engine import writing
from tests.backoffice.web.pressing import words

ANNA = Actor("a1", "Anna <i>K", Role.MANAGER, None, "pl")


@pytest.fixture(scope="module")
def changed(running):
    with writing(running.office.engine) as database:
        was = {"name": "Mleko", "price_gr": 399}
        now = {"name": "=1+1", "price_gr": 450, "vat": "C"}
        moment = running.office.clock()
        changes.record(database, ANNA, moment, "put", "products/audited", "lipa", was, now)


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


def test_who_changed_what_field_by_field(english, changed):
    page = english.get("/audit?name=Anna <i>K")
    text = words(page)
    assert "Anna &lt;i&gt;K · changed · products/audited" in text
    assert "name Mleko =1+1" in text
    assert "price_gr 399 450" in text
    assert "vat — C" in text
    assert "<i>K" not in page.text


@pytest.mark.parametrize(
    "asked",
    ["name=nobody", "shop=dab&act=put", "first=2999-01-01", "last=2000-01-01", "act=dance"],
)
def test_what_does_not_fit_is_left_out_and_the_filter_stays(english, changed, asked):
    text = english.get(f"/audit?{asked}").text
    assert "products/audited" not in text
    assert asked.partition("=")[2].partition("&")[0] in text or "nobody" in asked


def test_days_that_are_none_filter_nothing(english, changed):
    assert "products/audited" in english.get("/audit?first=yesterday&last=&act=put").text


def test_as_a_file_with_a_row_for_each_field_and_no_formulas(english, changed):
    answer = english.get("/audit?name=Anna <i>K&format=csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert [row[6:] for row in rows[1:]] == [
        ["name", "Mleko", "'=1+1"],
        ["price_gr", "399", "450"],
        ["vat", "", "C"],
    ]
    assert english.get("/audit?format=xlsx").content[:2] == b"PK"


def test_only_the_owner_reads_it(browser_as):
    for role in (Role.MANAGER, Role.ACCOUNTANT, Role.CLERK, Role.TECHNICIAN):
        assert browser_as(role).get("/audit").status_code == 403
