from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from drivers.errors import InDoubt
from drivers.posnet.commands import AMOUNT_MAX, COMMANDS, Again, Kind, Reply, call
from drivers.posnet.frame import Frame


def fields(name: str, **values: object) -> dict[str, str]:
    return dict(call(name, **values).frame.fields)


def test_every_row_has_two_letter_fields():
    for name, spec in COMMANDS.items():
        assert spec.name == name
        for key in (*spec.parameters, *spec.reply):
            assert re.fullmatch(r"[a-z][a-z0-9]", key), (name, key)


def test_what_must_not_be_repeated():
    assert {name for name, spec in COMMANDS.items() if spec.again is Again.ONCE} == {
        *{"dailyrep", "cash", "formline", "formcmd"}
    }
    assert {name for name, spec in COMMANDS.items() if spec.again is Again.GUARDED} == {
        *{"trinit", "trline", "trdiscntbill", "trpayment", "trend", "trftrend"},
        *{"hdrset", "formstart", "formend"},
    }
    assert [name for name, spec in COMMANDS.items() if spec.is_report] == ["dailyrep"]


def test_a_line():
    found = call("trline", na="Mleko\t2 %", vt=0, pr=349, st=None, wa=873, il=2500, rd=True)
    assert found.frame == Frame(
        "trline",
        (
            *(("na", "Mleko 2 %"), ("vt", "0"), ("pr", "349"), ("wa", "873"), ("il", "2.5")),
            ("rd", "1"),
        ),
    )


def test_names_are_cut_to_what_the_printer_takes():
    assert fields("trline", na="ą" * 100) == {"na": "ą" * 80}
    assert fields("trline", jm="kilogram") == {"jm": "kilo"}
    assert fields("formstart", al="x" * 60) == {"al": "x" * 56}


@pytest.mark.parametrize(
    ("milli", "expected"),
    [(1, "0.001"), (10, "0.01"), (333, "0.333"), (1000, "1"), (2500, "2.5"), (12_000_000, "12000")],
)
def test_quantities_are_as_short_as_they_can_be(milli, expected):
    assert fields("trline", il=milli) == {"il": expected}


@pytest.mark.parametrize(
    ("points", "expected"), [(0, "0"), (2300, "23"), (750, "7.5"), (1234, "12.34"), (10_100, "101")]
)
def test_rates(points, expected):
    assert fields("vatset", va=points) == {"va": expected}


def test_times():
    assert fields("rtcset", da=datetime(2026, 3, 9, 8, 5)) == {"da": "2026-03-09;08:05"}
    assert fields("dailyrep", da=date(2026, 3, 9)) == {"da": "2026-03-09"}
    assert fields("dailyrep", da=datetime(2026, 3, 9, 8, 5)) == {"da": "2026-03-09"}


def test_header_keeps_its_lines_and_marks():
    assert fields("hdrset", tx="&1A&1\nB", pr=True) == {"tx": "&1A&1\nB", "pr": "1"}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("trline", {"pr": -1}),
        ("trline", {"pr": AMOUNT_MAX + 1}),
        ("trline", {"pr": 2.45}),
        ("trline", {"pr": True}),
        ("trline", {"pr": "245"}),
        ("trline", {"il": 0}),
        ("trline", {"na": 5}),
        ("trline", {"st": 1}),
        ("vatset", {"va": -1}),
        ("dailyrep", {"da": "2026-03-09"}),
        ("rtcset", {"da": date(2026, 3, 9)}),
    ],
)
def test_values_of_the_wrong_kind(name, values):
    with pytest.raises(ValueError, match="is no"):
        call(name, **values)


def test_names_the_table_lacks():
    with pytest.raises(KeyError):
        call("trlin")
    with pytest.raises(KeyError):
        call("trline", xx=1)


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


def test_kinds_of_a_row():
    kinds = {name: field.kind for name, field in COMMANDS["trline"].parameters.items()}
    assert kinds["na"] is Kind.TEXT
    assert kinds["pr"] is Kind.AMOUNT
    assert kinds["il"] is Kind.QUANTITY
    assert COMMANDS["trline"].parameters["na"].limit == 80
