from __future__ import annotations

from datetime import date

import pytest

from backoffice.actor import Actor
from backoffice.errors import NotFound
from backoffice.rights import Role
from backoffice.web.filters import WORD_MAX, Filters, shops
from tests.backoffice.web.signed import token_of


def test_each_field_is_read_as_it_is_typed():
    asked = Filters(
        {
            "first": "30.11.2026",
            "least": " 12,50 zł ",
            "number": "7",
            "goods": " ser ",
            "kind": "card",
        }
    )
    assert (asked.day("first"), asked.date("first")) == ("2026-11-30", date(2026, 11, 30))
    assert (asked.money("least"), asked.number("number")) == (1250, 7)
    assert (asked.word("goods"), asked.one_of("kind", {"card"})) == ("ser", "card")
    assert (asked.errors, asked.status) == ({}, 200)


def test_what_is_empty_narrows_nothing():
    asked = Filters({"first": "", "least": " "})
    assert (asked.day("first"), asked.date("last"), asked.money("least")) == ("", None, None)
    assert asked.one_of("by", {"day"}, "day") == "day"
    assert asked.month("month", "2026-11") == "2026-11"
    assert asked.status == 200


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("day", "2026-02-30"),
        ("day", "wczoraj"),
        ("money", "dużo"),
        ("number", "1,5"),
        ("month", "2026-13"),
        ("month", "٢٠٢٦-11"),
        ("one_of", "x"),
    ],
)
def test_what_is_wrong_is_said_and_kept_and_narrows_nothing(read, text):
    asked = Filters({"field": text})
    more = {"month": ("2026-11",), "one_of": ({"day"},)}.get(read, ())
    assert getattr(asked, read)("field", *more) in {"", None, "2026-11"}
    assert asked.errors["field"]
    assert (asked.status, asked.kept()) == (422, {"field": text})


def test_links_keep_all_but_the_place_of_the_page():
    asked = Filters({"first": "x", "before": "7", "format": "csv", "goods": "", "shop": "lipa"})
    assert asked.kept() == {"first": "x", "shop": "lipa"}
    assert asked.kept("shop") == {"first": "x"}


def test_hostile_keys_of_pages_are_the_newest():
    for text in ("-1", "x", "9" * 30, "²"):
        assert Filters({"before": text}).before() == 0
    assert Filters({"before": "12"}).before() == 12
    assert len(Filters({"goods": "x" * 9999}).word("goods")) == WORD_MAX


@pytest.mark.parametrize("number", ["9" * 30, "-" + "9" * 30])
@pytest.mark.parametrize(
    "path",
    [
        "/reports/{}",
        "/receipts/{}",
        "/registers/entries/{}",
        "/goods/import/{}",
        "/goods/import/{}/faults",
        "/audit?before={}",
    ],
)
def test_a_number_that_no_row_can_have_is_no_failure(browser, path, number):
    assert browser.get(path.format(number)).status_code in {400, 404}
    # A list with filters begins at its newest instead.
    assert browser.get(f"/registers/returns?before={number}").status_code == 200


@pytest.mark.parametrize("path", ["/goods/import/{}", "/goods/changes/{}/undo"])
def test_nor_is_it_one_in_a_form(browser, path):
    token = token_of(browser.get("/account"))
    for number in ("9" * 30, "-" + "9" * 30):
        sent = browser.post(path.format(number), data={"_csrf_token": token})
        assert sent.status_code in {400, 404}


def test_shops_of_others_do_not_exist():
    mine = Actor("a", "A", Role.MANAGER, frozenset({"lipa", "dab"}), "pl")
    every = Actor("", "a", Role.OWNER, None, "pl")
    assert shops(mine, "") == {"lipa", "dab"}
    assert shops(mine, "lipa") == {"lipa"}
    assert shops(every, "") is None
    with pytest.raises(NotFound):
        shops(mine, "buk")
