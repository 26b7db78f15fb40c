from __future__ import annotations

from datetime import datetime

import pytest

from drivers.errors import InDoubt
from drivers.posnet.commands import COMMANDS
from drivers.posnet.frame import Frame
from drivers.posnet.reply import Reply


def reply(name: str, *pairs: tuple[str, str]) -> Reply:
    return Reply(COMMANDS[name], Frame(name, pairs))


@pytest.mark.parametrize(
    ("text", "expected"),
    [*((sign, True) for sign in "1TtYy"), *((sign, False) for sign in "0Nn")],
)
def test_flags(text, expected):
    assert reply("scomm", ("fs", text)).flag("fs") is expected


@pytest.mark.parametrize(
    "text",
    ["2026-10-09;11:48", "2026.10.09,11:48", "2026/10/09 11:48", "2026-10-09T11:48:15+02:00"],
)
def test_moments(text):
    moment = reply("rtcget", ("da", text)).moment("da")
    assert moment == datetime(2026, 10, 9, 11, 48)


def test_an_hour_of_one_digit_as_the_makers_examples_have_it():
    assert reply("rtcget", ("da", "2018-09-01;8:00")).moment("da") == datetime(2018, 9, 1, 8, 0)


def test_never():
    for text in ("2000-01-01;01:00", "2000-01-01T01:00:00+01:00"):
        assert reply("repositoryeventhubstate", ("da", text)).moment_or_never("da") is None
    assert reply("vatautoget").moment_or_never("da") is None  # old models leave it out


def test_what_may_be_missing_reads_as_nothing():
    assert reply("scnt").number("fn") == 0
    assert reply("stot").amounts("f") == (0,) * 7
    assert reply("vatautoget").flag("ra") is False
    assert reply("rtcget").text("tm") == ""


def test_moments_to_the_second():
    second = reply("rtcget", ("tm", "2026-10-09T11:48:15+02:00")).second("tm")
    assert second == datetime(2026, 10, 9, 11, 48, 15)
    assert reply("rtcget", ("da", "2026-10-09;11:48")).second("da") == datetime(2026, 10, 9, 11, 48)


def test_numbers_and_texts():
    found = reply("scnt", ("rd", "4"), ("nu", "ABC 2101000001"))
    assert found.number("rd") == 4
    assert found.text("nu") == "ABC 2101000001"
    assert reply("hdrget", ("tx", "a\nb")).text("tx") == "a\nb"


def test_sevens():
    totals = [("p" + letter, str(index)) for index, letter in enumerate("abcdefg")]
    assert reply("stot", *totals).amounts("p") == (0, 1, 2, 3, 4, 5, 6)
    texts = ("23,00", "8.00", "5", "0,00", "7,5", "100,00", "101,00")
    rates = [("v" + letter, text) for letter, text in zip("abcdefg", texts, strict=True)]
    assert reply("vatget", *rates).rates() == (2300, 800, 500, 0, 750, 10_000, 10_100)


@pytest.mark.parametrize(
    ("name", "pairs", "read"),
    [
        ("scnt", [("rd", "four")], lambda found: found.number("rd")),
        ("scnt", [("rd", "-4")], lambda found: found.number("rd")),
        ("scnt", [("rd", "")], lambda found: found.number("rd")),
        ("scnt", [("rd", "9" * 5000)], lambda found: found.number("rd")),
        ("scnt", [("rd", "\u0663")], lambda found: found.number("rd")),
        ("scnt", [("fn", "x")], lambda found: found.number("fn")),
        ("vatautoget", [("ra", "x")], lambda found: found.flag("ra")),
        ("vatget", [("va", "1e999999999")], lambda found: found.rates()),
        ("vatget", [("va", "23,001")], lambda found: found.rates()),
        ("rtcget", [("da", "0000-01-01;00:00")], lambda found: found.moment("da")),
        ("scnt", [], lambda found: found.number("rd")),
        ("stot", [("ct", "1,5")], lambda found: found.amount("ct")),
        ("scomm", [("fs", "?")], lambda found: found.flag("fs")),
        ("scomm", [("fs", "")], lambda found: found.flag("fs")),
        ("rtcget", [("da", "yesterday")], lambda found: found.moment("da")),
        ("rtcget", [("da", "2026-13-09;11:48")], lambda found: found.moment("da")),
        ("vatget", [("va", "NaN")], lambda found: found.rates()),
        ("vatget", [("va", "Infinity")], lambda found: found.rates()),
        ("vatget", [("va", "x")], lambda found: found.rates()),
        ("sid", [], lambda found: found.text("nm")),
    ],
)
def test_unreadable_answers_leave_doubt(name, pairs, read):
    with pytest.raises(InDoubt, match="unreadable"):
        read(reply(name, *pairs))


def test_reading_a_field_as_another_kind_is_our_mistake():
    with pytest.raises(AssertionError):
        reply("scnt", ("rd", "4")).flag("rd")
