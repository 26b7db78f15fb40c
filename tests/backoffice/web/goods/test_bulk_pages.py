from __future__ import annotations

import html
import re

import pytest


def fields(shown):
    """What a browser would send of the preview."""
    form = shown.partition('<form method="post" action="/goods/bulk">')[2].partition("</form>")[0]
    found = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    ids = [html.unescape(value) for name, value in found if name == "id"]
    return {
        **{name: html.unescape(value) for name, value in found if name != "_csrf_token"},
        "id": ids,
    }


@pytest.fixture
def pair(keeper):
    return [keeper.add(price_gr=1000 + no)[0] for no in range(2)]


def history(keeper, row_id):
    shown = keeper.get("/goods/product", params={"id": row_id}).text
    return shown.partition("</form>\n<section>")[2]


def look(keeper, **asked):
    return keeper.get("/goods/bulk", params=asked)


def test_chosen_goods_are_looked_at_changed_and_undone(keeper, pair):
    shown = look(keeper, id=pair, scope="chosen", percent="10", nine="yes", set_category="nabial")
    assert shown.text.count("<del>10,0") == 2
    assert [keeper.row(row_id)["price_gr"] for row_id in pair] == [1000, 1001]
    answer = keeper.post("/goods/bulk", fields(shown.text))
    assert answer.status_code == 303
    rows = [keeper.row(row_id) for row_id in pair]
    assert [(row["price_gr"], row["category"]) for row in rows] == [(1099, "nabial")] * 2
    number = re.search(r"#change-(\d+)", answer.headers["location"])[1]
    told = history(keeper, pair[1])
    assert f"#change-{number}" in told
    assert "<del>10,01</del> <ins>10,99</ins>" in told
    assert keeper.post(f"/goods/changes/{number}/undo", {}).status_code == 303
    assert [keeper.row(row_id)["price_gr"] for row_id in pair] == [1000, 1001]
    told = history(keeper, pair[1])
    undone, made = told.index("<del>10,99</del>"), told.index("<del>10,01</del>")
    assert undone < made


def test_everything_that_the_filter_shows_is_changed(keeper):
    names = [keeper.add(name=f"Zbiorczy {no} xq")[0] for no in range(3)]
    shown = look(keeper, find="zbiorczy xq", scope="all", set_active="no")
    keeper.post("/goods/bulk", fields(shown.text))
    assert not any(keeper.row(row_id)["is_active"] for row_id in names)


def test_a_preview_that_is_too_old_is_shown_again(keeper, pair):
    sent = fields(look(keeper, id=pair, scope="chosen", amount="-1").text)
    keeper.add()
    answer = keeper.post("/goods/bulk", sent)
    assert answer.status_code == 409
    assert keeper.row(pair[0])["price_gr"] == 1000
    assert keeper.post("/goods/bulk", fields(answer.text)).status_code == 303
    assert keeper.row(pair[0])["price_gr"] == 900


def test_one_that_may_not_be_so_stops_all(keeper, pair):
    cheap = keeper.add(price_gr=50)[0]
    asked = {"id": [*pair, cheap], "scope": "chosen", "amount": "-0,60"}
    shown = look(keeper, **asked)
    assert cheap in shown.text
    assert 'role="alert"' in shown.text
    answer = keeper.post("/goods/bulk", fields(shown.text))
    assert answer.status_code == 422
    assert keeper.row(pair[0])["price_gr"] == 1000


@pytest.mark.parametrize(
    "asked",
    [{"percent": "x"}, {"amount": "1.2.3"}, {"set_vat": "Q"}, {"set_unit": "x"},
     {"set_category": "x"}, {"percent": "-100"}, {"percent": "-101"}, {"percent": "9" * 15}],
)  # fmt: skip
def test_what_cannot_be_is_said(keeper, pair, asked):
    shown = look(keeper, id=pair, scope="chosen", **asked)
    assert 'role="alert"' in shown.text
    answer = keeper.post("/goods/bulk", {**fields(shown.text), "id": pair, **asked})
    assert answer.status_code == 422
    assert keeper.row(pair[0])["price_gr"] == 1000


def test_nothing_chosen_changes_nothing(keeper):
    shown = look(keeper, scope="chosen", set_active="no")
    assert (
        '<button type="submit">'
        not in shown.text.partition('action="/goods/bulk"')[2].partition("</form>")[0]
    )
    assert keeper.post("/goods/bulk", {"scope": "chosen", "seen": "x"}).status_code in {303, 409}


def test_an_unknown_change_is_not_found(keeper):
    assert keeper.post("/goods/changes/999999/undo", {}).status_code == 404
