from __future__ import annotations

import pytest

from backoffice.web.goods.question import NO_CATEGORY, Question, below, tree, whole
from terminal.sync import wire

CATEGORIES = {
    row.id: row
    for row in (
        wire.Category("food", "Jedzenie"),
        wire.Category("dairy", "Nabiał", "food"),
        wire.Category("cheese", "Sery", "dairy"),
        wire.Category("a", "Alkohol"),
        wire.Category("lost", "Bez rodzica", "gone"),
    )
}


def test_an_address_and_a_question_are_one():
    told = {"shop": "lipa", "find": " ser ", "sort": "-price", "key": "1", "after": "p1"}
    question = Question.of(told)
    assert question.asked == {**told, "find": "ser"}
    assert question.place == ("1", "p1")
    assert question.address(vat="A") == "/goods?shop=lipa&find=ser&vat=A&sort=-price"


def test_what_nobody_can_mean_is_left_out():
    told = {
        "sort": "body",
        "active": "maybe",
        "price": "x",
        "codes": "",
        "odd": "1",
        "find": "x" * 900,
    }
    question = Question.of(told)
    assert set(question.asked) == {"find"}
    assert len(question.find) == 80


def test_a_category_means_all_that_lies_in_it():
    wanted = Question(category="food").wanted(CATEGORIES)
    assert wanted.categories == {"food", "dairy", "cheese"}
    assert Question(category=NO_CATEGORY).wanted(CATEGORIES).categories == {""}
    assert Question().wanted(CATEGORIES).categories is None


def test_a_loop_of_categories_has_an_end():
    loop = {"a": wire.Category("a", "A", "b"), "b": wire.Category("b", "B", "a")}
    assert below("a", loop) == {"a", "b"}


def test_a_tree_is_shown_with_each_below_its_parent():
    assert [row_id for row_id, _name in tree(CATEGORIES)] == [
        "a",
        "lost",
        "food",
        "dairy",
        "cheese",
    ]
    assert dict(tree(CATEGORIES))["cheese"] == "— — Sery"


def test_a_column_is_turned_round_the_second_time():
    question = Question(shop="l", sort="price")
    assert question.sorted_by("price").endswith("sort=-price")
    assert question.sorted_by("plu").endswith("sort=plu")
    assert Question().sorted_by("name").endswith("sort=-name")


@pytest.mark.parametrize(
    ("value", "number"),
    [("12", 12), ("", 0), (None, 0), ("-1", 0), ("٣", 0), ("9" * 30, 0), (["1"], 0)],
)
def test_a_hidden_number_is_a_number_or_nothing(value, number):
    assert whole(value) == number
