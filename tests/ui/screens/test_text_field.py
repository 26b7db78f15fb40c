from __future__ import annotations

import pytest

from ui.screens.selling import Selling
from ui.screens.text_field import TextField


@pytest.fixture
async def asked(sale):
    answers = []
    desk = sale.app.desk
    field = TextField(desk, "Note", "Note", answers.append, length_max=30)
    desk.open(field)
    await sale.until("Note [Abc]")
    return sale, answers


async def test_a_text_on_ten_keys(asked):
    sale, answers = asked
    sale.keys(*"66660555", "back", *"222#22#2222", "enter")
    await sale.true(lambda: answers == ["Ń Cbą"])
    assert isinstance(sale.app.desk.page, Selling)


async def test_a_keyboard_types_letters_and_the_keypad_is_shown(asked):
    sale, answers = asked
    text = await sale.until("2 abcąć2", "9 wxyzźż9", "Note [Abc]")
    assert max(map(len, text.splitlines())) == 80
    sale.type("Jan 3 maja").keys("enter")
    await sale.true(lambda: answers == ["Jan 3 maja"])


async def test_nothing_is_no_text_unless_it_may_be(asked):
    sale, answers = asked
    sale.keys("enter")
    await sale.until("Something must be written")
    sale.keys("0", "enter")
    await sale.until("Something must be written")
    assert not answers
    desk = sale.app.desk
    desk.home()
    desk.open(TextField(desk, "Note", "Note", answers.append, may_be_empty=True))
    sale.keys("enter")
    await sale.true(lambda: answers == [""])


async def test_esc_erases_then_leaves(asked):
    sale, answers = asked
    sale.keys("2", "2", "esc")
    await sale.until("Note [Abc]: _")
    sale.keys("2").keys("esc", "esc")
    await sale.until("TOTAL")
    assert not answers


async def test_a_scan_is_no_text(asked, till):
    sale, answers = asked
    sale.keys("2").scan("5900000000011")
    await sale.until("Answer first")
    assert sale.app.desk.page.entry.text == "A"
    sale.keys("enter")
    await sale.true(lambda: answers == ["A"])
    assert not till.receipt.lines


async def test_a_long_text_is_seen_whole(asked):
    sale, _ = asked
    sale.type("x" * 40)
    await sale.until("x" * 30 + "_")
    assert sale.app.desk.page.entry.text == "x" * 30


async def test_the_key_of_point_and_comma_writes_what_the_field_is_for(sale):
    texts: list[str] = []
    desk = sale.app.desk
    desk._hop(lambda: desk.open(TextField(desk, "", "Path", texts.append, comma=".")))
    await sale.until("Path [Abc]")
    sale.type("a").keys(",").type("b").keys("enter")
    await sale.true(lambda: texts == ["a.b"])
