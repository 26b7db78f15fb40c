from __future__ import annotations

import pytest

from terminal.i18n import use_language
from ui.screens.question import Choices, Field, Question, answer
from ui.screens.selling import Selling


@pytest.fixture
async def asked(sale):
    answers = []
    desk = sale.app.desk
    desk.open(Question(desk, "Really?", lambda: answers.append("yes")))
    return sale, answers


async def test_enter_is_yes(asked):
    sale, answers = asked
    sale.keys("5", "f10", "enter")
    await sale.true(lambda: answers == ["yes"])
    assert isinstance(sale.app.desk.page, Selling)


async def test_esc_is_no(asked):
    sale, answers = asked
    sale.keys("esc")
    await sale.until("TOTAL")
    assert not answers


@pytest.mark.parametrize(("key", "said"), [("y", ["yes"]), ("Y", ["yes"]), ("n", []), ("N", [])])
async def test_the_letters_of_yes_and_no_answer_too(asked, key, said):
    sale, answers = asked
    sale.keys("t", "x")
    await sale.until("Really?")
    sale.keys(key)
    await sale.until("TOTAL")
    assert answers == said


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [("pl", "t", "n"), ("en", "y", "n"), ("fr", "o", "n"), ("es", "s", "n")],
)
def test_yes_and_no_begin_with_other_letters_in_every_language(language, yes, no):
    use_language(language)
    assert (answer(yes), answer(no), answer("7")) == ("enter", "esc", "7")
    use_language("en")


async def test_the_enter_of_a_scanner_is_no_answer(asked):
    sale, answers = asked
    sale.scan("5900000000001")
    await sale.until("Really?", "Answer first")
    assert not answers


async def test_choices_by_digit(sale):
    answers = []
    desk = sale.app.desk
    both = [("first", lambda: answers.append(1)), ("second", lambda: answers.append(2))]
    desk.open(Choices(desk, "Which?", both))
    sale.keys("9", "0", "2")
    await sale.true(lambda: answers == [2])
    desk.open(Choices(desk, "Which?", both))
    sale.scan("1200000000001")
    await sale.until("Answer first", "1 first")
    assert answers == [2]
    sale.keys("esc")
    await sale.until("TOTAL")


async def test_field_takes_a_scan_as_text(sale):
    texts = []
    desk = sale.app.desk
    desk.open(Field(desk, "NIP", "NIP", texts.append))
    sale.scan("5260250274")
    await sale.true(lambda: texts == ["5260250274"])
    desk.open(Field(desk, "NIP", "NIP", texts.append))
    sale.keys("enter")
    await sale.true(lambda: texts == ["5260250274", ""])
