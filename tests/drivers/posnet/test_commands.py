from __future__ import annotations

from datetime import date, datetime

import pytest

from drivers.posnet.commands import AMOUNT_MAX, COMMANDS, Kind, call, call_for
from drivers.posnet.frame import Frame
from drivers.posnet.generation import Generation
from drivers.posnet.markup import Markup, Piece

# What a command cannot do without, so that a test can say only what it is about.
NEEDED = {
    "trline": {"na": "x", "vt": 0, "pr": 1},
    "vatset": {"da": date(2026, 3, 9)},
    "formstart": {"fn": 200},
    "trftrln": {"id": 0},
}


def fields(name: str, **values: object) -> dict[str, str]:
    found = dict(call(name, **NEEDED.get(name, {}) | values).frame.fields)
    return {key: found[key] for key in values}


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


def test_the_older_generation_takes_less():
    old = call_for(Generation.OLD, "trline", na="ą" * 100, vt=0, pr=1, op="x" * 60)
    assert (len(old.frame.get("na")), len(old.frame.get("op"))) == (40, 35)
    new = call("trline", na="ą" * 100, vt=0, pr=1, op="x" * 60)
    assert (len(new.frame.get("na")), len(new.frame.get("op"))) == (80, 50)


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


def test_marks_come_from_pieces_and_never_from_text():
    header = Markup(((Piece("A&1", "1"),), (Piece("B"),)))
    assert fields("hdrset", tx=header, pr=True) == {"tx": "&1A&&1&1\nB", "pr": "1"}
    with pytest.raises(ValueError, match="is no markup"):
        call("hdrset", tx="&1A&1", pr=True)


def test_what_must_be_sent():
    with pytest.raises(ValueError, match="trline lacks vt, pr"):
        call("trline", na="Mleko")


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
        ("trline", {"vt": 7}),
        ("trpayment", {"ty": 9, "wa": 1}),
        ("ecprndoc", {"ty": 6}),
        ("vatset", {"va": -1}),
        ("dailyrep", {"da": "2026-03-09"}),
        ("rtcset", {"da": date(2026, 3, 9)}),
    ],
)
def test_values_of_the_wrong_kind(name, values):
    with pytest.raises(ValueError, match="is no"):
        call(name, **NEEDED.get(name, {}) | values)


def test_names_the_table_lacks():
    with pytest.raises(KeyError):
        call("trlin")
    with pytest.raises(KeyError):
        call("trline", na="x", vt=0, pr=1, xx=1)


def test_kinds_of_a_row():
    kinds = {name: field.kind for name, field in COMMANDS["trline"].parameters.items()}
    assert kinds["na"] is Kind.TEXT
    assert kinds["pr"] is Kind.AMOUNT
    assert kinds["il"] is Kind.QUANTITY
    assert COMMANDS["trline"].parameters["na"].limit == 80
