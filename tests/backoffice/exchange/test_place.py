from __future__ import annotations

from backoffice.exchange.place import Place
from backoffice.jobs.work import FIRST


def test_a_place_comes_back_from_its_cursor_one_step_later():
    first = Place.of(FIRST)
    assert first == Place()
    second = Place.of(first.on(what=2, next="page 7", shops=("lipa",), finished=("articles", "9")))
    assert (second.step, second.what, second.next) == (1, 2, "page 7")
    assert (second.shops, second.finished) == (("lipa",), ("articles", "9"))


def test_what_was_finished_is_told_once():
    place = Place.of(Place().on(finished=("articles", "9")))
    assert Place.of(place.on()).finished is None
