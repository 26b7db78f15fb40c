from __future__ import annotations

import pytest

from terminal.errors import Code
from terminal.sync.wire import Visit
from tests.terminal.field.conftest import PLANNED

TOMORROW = "2026-11-24T12:00:00+01:00"


def test_a_visit_is_planned_begun_and_ended_with_the_next_one(shop, field) -> None:
    made = field.plan_visit("c1", TOMORROW, " Nowy cennik ", 20)
    assert (made.subject, made.minutes, made.representative) == ("Nowy cennik", 20, "r1")
    assert field.look("visits", "2026-11-24", "2026-11-24") == [PLANNED, made]
    begun = field.begin_visit(made.id)
    assert begun.began_at == "2026-11-23T10:00:00.000+01:00"
    assert field.begin_visit(made.id) == begun
    shop.wait(minutes=25)
    done = field.end_visit(made.id, " zamówią w piątek ", "2026-11-27T09:00:00+01:00")
    assert (done.state, done.note, done.ended_at[11:16]) == ("done", "zamówią w piątek", "10:25")
    shop.restart()
    (later,) = field.look("visits", "2026-11-25", "2026-11-30")
    assert (later.id, later.customer, later.subject) == (done.next_visit, "c1", "Nowy cennik")
    told = shop.documents("visit")
    assert [one["state"] for one in told] == ["planned", "planned", "planned", "done"]
    assert [one["visit"] for one in told] == [made.id, made.id, later.id, made.id]


def test_one_that_the_office_planned_is_made_here(shop, field) -> None:
    done = field.end_visit("v1", "byłem")
    assert (done.began_at, done.state) == (done.ended_at, "done")
    assert field.look("visit", "v1") == done
    # An older row of the office, though another one, does not plan it again; a done one counts.
    shop.publish("visits", Visit("v1", "c1", PLANNED.at, "Inny temat"))
    assert field.look("visit", "v1") == done
    assert field.code("begin_visit", "v1") is Code.VISIT_CLOSED
    theirs = Visit("v1", "c1", PLANNED.at, state="done", note="z centrali")
    shop.publish("visits", theirs)
    assert field.look("visit", "v1") == theirs


def test_one_that_is_given_up_stays_so(field) -> None:
    assert field.cancel_visit("v1", "chory").note == "chory"
    for verb in ("begin_visit", "cancel_visit"):
        assert field.code(verb, "v1") is Code.VISIT_CLOSED
    assert field.code("end_visit", "v1", "") is Code.VISIT_CLOSED
    assert field.code("begin_visit", "nothing") is Code.NOT_FOUND


def test_days_are_those_of_the_shop_whatever_zone_was_written(shop, field) -> None:
    late = Visit("v2", "c1", "2026-11-24T23:30:00+00:00")
    shop.publish("visits", late)
    assert field.look("visits", "2026-11-25", "2026-11-25") == [late]
    assert field.look("visits", "2026-11-24", "2026-11-24") == [PLANNED]


@pytest.mark.parametrize(
    ("at", "subject", "minutes", "field_name"),
    [
        ("2026-11-24T12:00", "", 30, "at"),
        ("2026-11-31T12:00:00+01:00", "", 30, "at"),
        (TOMORROW, "x" * 121, 30, "subject"),
        (TOMORROW, "a\x1bb", 30, "subject"),
        (TOMORROW, "", 1441, "minutes"),
    ],
)
def test_what_cannot_be_planned(shop, field, at, subject, minutes, field_name) -> None:
    refused = shop.refused(shop.till.field.plan_visit, "c1", at, subject, minutes)
    assert (refused.code, refused.params["field"]) == (Code.BAD_FIELD, field_name)
    assert shop.documents("visit") == []
