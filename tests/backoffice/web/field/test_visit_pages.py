"""A week of visits; one is planned, changed, given up, and not when it is too late."""

from __future__ import annotations

import re

import msgspec
import pytest

from backoffice import publish
from backoffice.store.engine import reading
from tests.backoffice.web.field.conftest import AT
from tests.backoffice.web.pressing import words

LIST, ONE, CANCEL = "/field/visits", "/field/visits/one", "/field/visits/cancel"
WEEK = {"first": "2026-03-02"}


def row_of(seller, row_id):
    with reading(seller.office.engine) as database:
        return msgspec.json.decode(publish.one(database, "visits", "lipa", row_id))


def plan(seller, **changes):
    form = {
        "shop": "lipa", "id": "", "revision": "0", "customer": seller.customer,
        "day": "2026-03-04", "time": "10.30", "minutes": "45", "subject": f"Wiosna {seller.number}",
        **changes,
    }  # fmt: skip
    return seller.press(f"{ONE}?shop=lipa", ONE, **form)


def found(seller):
    """Id of the visit that this test planned."""
    page = seller.get(LIST, **WEEK).text
    (row,) = [it for it in page.split("<tr") if f"Wiosna {seller.number}<" in it]
    return re.search(r"id=([^&\"]+)", row)[1]


def revision_of(seller, row_id):
    page = seller.get(ONE, id=row_id).text
    return re.search(r'name="revision" value="(\d+)"', page)[1]


def test_a_visit_with_a_potential_partner_is_planned_and_stands_in_its_week(seller):
    seller_id = seller.put("representatives", name="Anna Nowak")
    assert "(potential)" in words(seller.get(ONE))
    answer = plan(seller, representative=seller_id)
    assert (answer.status_code, answer.headers["location"]) == (
        303, "/field/visits?first=2026-03-02&shop=lipa",
    )  # fmt: skip
    row = row_of(seller, found(seller))
    assert (row["at"], row["minutes"], row["state"]) == (AT, 45, "planned")
    shown = words(seller.get(LIST, **WEEK, representative=seller_id))
    assert f"Kawiarnia {seller.number}" in shown
    assert "Wednesday, 4 March 2026" in shown
    assert f"Wiosna {seller.number}" not in words(seller.get(LIST, first="2026-03-09"))


def test_it_is_changed_and_given_up(seller):
    plan(seller)
    row_id = found(seller)
    seen = revision_of(seller, row_id)
    plan(seller, id=row_id, revision=seen, time="12:00")
    assert row_of(seller, row_id)["at"] == "2026-03-04T12:00:00+01:00"
    late = plan(seller, id=row_id, revision=seen, time="13:00")
    assert late.status_code == 422
    assert "changed it meanwhile" in words(late)
    now = revision_of(seller, row_id)
    seller.press(ONE, CANCEL, shop="lipa", id=row_id, revision=now)
    assert row_of(seller, row_id)["state"] == "cancelled"


@pytest.mark.parametrize("changed", [{"state": "done"}, {"began_at": AT}])
def test_what_was_begun_at_a_till_is_not_planned_any_more(seller, changed):
    row_id = seller.put("visits", customer=seller.customer, at=AT, **changed)
    assert "Cancel the visit" not in words(seller.get(ONE, id=row_id))
    for action in (ONE, CANCEL):
        answer = (
            plan(seller, id=row_id, revision=revision_of(seller, row_id))
            if action == ONE
            else seller.press(ONE, CANCEL, shop="lipa", id=row_id, revision="1")
        )
        assert answer.status_code == 422
        assert "begun, made or given up" in words(answer)
    assert row_of(seller, row_id).items() >= changed.items()


@pytest.mark.parametrize(
    "wrong",
    [
        {"customer": ""},
        {"customer": "nobody"},
        {"day": "soon"},
        {"time": "25:00"},
        {"minutes": "1441"},
        {"minutes": "-1"},
        {"subject": "x" * 121},
        {"note": "x" * 2001},
    ],
)
def test_what_is_wrong_comes_back_as_it_was_typed(seller, wrong):
    answer = plan(seller, **wrong)
    assert answer.status_code == 422
    assert f"Wiosna {seller.number}" in answer.text or "subject" in wrong


def test_the_week_is_a_file_too(seller):
    plan(seller, note="=1+1")
    text = seller.get(LIST, **WEEK, format="csv").content.decode("utf-8-sig")
    assert f"Wiosna {seller.number}" in text
    assert ";'=1+1" in text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-26", "9999-12-31"])
def test_the_first_week_and_the_last_of_all_have_neighbours(seller, day):
    page = seller.get(LIST, first=day)
    assert page.status_code == 200
    assert all(seller.get(LIST, first=first).status_code == 200 for first in weeks(page.text))


def test_a_revision_that_nobody_could_have_seen_is_none(seller):
    assert plan(seller, revision="9" * 5000).status_code == 303


def weeks(text):
    """Where the links to the week before and after go."""
    found = re.findall(r'rel="(?:prev|next)" href="[^"]*first=([\d-]+)', text)
    assert len(found) == 2
    return found


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_visit_at_an_end_of_the_calendar_is_shown(seller, at):
    row_id = seller.put("visits", customer=seller.customer, at=at)
    assert seller.get(ONE, shop="lipa", id=row_id).status_code == 200
