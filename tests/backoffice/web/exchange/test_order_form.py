from __future__ import annotations

import pytest

from backoffice.exchange.acts import Times
from backoffice.jobs.work import Way
from backoffice.web import i18n
from backoffice.web.exchange import order_form

WORDS, QUEUES = ("partners", "documents"), ("main", "night")
GIVEN = {"what": ["documents", "partners"], "queue": "night", "since": "any"}


def read(**changes):
    with i18n.speaking("en"):
        return order_form.read({**GIVEN, **changes}, WORDS, QUEUES)


def times(filled):
    with i18n.speaking("en"):
        return order_form.times(filled)


def test_what_was_ticked_comes_in_the_order_of_the_exchange():
    filled = read(confirm="yes", duplicates="block")
    assert filled.errors == {}
    order = order_form.order(filled, Way.IMPORT, "main")
    assert (order.what, order.queue, order.is_whole) == (("partners", "documents"), "night", True)
    assert order.options == {"confirm": True, "duplicates": "block"}


def test_an_export_has_no_options_of_imports():
    assert order_form.order(read(confirm="yes"), Way.EXPORT, "main").options == {}


def test_a_word_that_may_not_be_chosen_is_not():
    assert read(what=["figures", "partners"]).what == ("partners",)


@pytest.mark.parametrize("name", ["queue", "since", "duplicates", "clock"])
def test_what_is_none_of_the_choices_is_an_error_at_its_place(name):
    assert set(read(**{name: "eaten"}).errors) == {name}


def test_by_the_clock():
    assert times(read(clock="at", at="6.05", days=["7", "1"])) == Times("06:05", 0, "17")
    assert times(read(clock="every", every="30")) == Times("", 30)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"clock": "at", "at": "6", "days": "1"}, "at"),
        ({"clock": "at", "at": "06:00"}, "days"),
        ({"clock": "every", "every": "10081"}, "every"),
        ({"clock": "every", "every": ""}, "every"),
    ],
)
def test_what_is_no_time_is_none(wrong, place):
    filled = read(**wrong)
    assert times(filled) is None
    assert set(filled.errors) == {place}
