from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import gs1
from drivers.gs1 import GS, Elements, as_date, check_digit, has_check_digit, parse

GTIN = "05901234123457"


def pairs(text: str) -> dict[str, str]:
    found = parse(text)
    assert not found.trouble, found.trouble
    return dict(found.pairs)


def test_fixed_lengths_need_no_separator():
    assert pairs(f"01{GTIN}1726123110A-7") == {"01": GTIN, "17": "261231", "10": "A-7"}


def test_variable_lengths_end_at_the_separator():
    found = pairs(f"10LOT/1{GS}21S-99{GS}01{GTIN}")
    assert found == {"10": "LOT/1", "21": "S-99", "01": GTIN}


@pytest.mark.parametrize("text", [f"{GS}01{GTIN}", f"01{GTIN}{GS}", f"{GS}{GS}01{GTIN}{GS}"])
def test_separators_where_none_is_needed(text):
    assert pairs(text) == {"01": GTIN}


def test_longest_values_of_every_kind_of_identifier():
    text = f"01{GTIN}3103001250392215999{GS}37005{GS}70032612312359{GS}90{'x' * 30}"
    assert pairs(text) == {
        "01": GTIN,
        "3103": "001250",
        "3922": "15999",
        "37": "005",
        "7003": "2612312359",
        "90": "x" * 30,
    }


@pytest.mark.parametrize(
    ("text", "milli"),
    [
        ("3103001250", 1250),
        ("3102012345", 123_450),
        ("3100000007", 7000),
        ("3104012500", 1250),
        ("3104012505", None),  # half a gram: not on any receipt
        ("3105125000", 1250),
        ("3202001250", None),  # pounds
        ("10X", None),
    ],
)
def test_net_weight_in_thousandths(text, milli):
    assert parse(text).qty_milli == milli


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("39221599", 1599),
        ("392015", 1500),
        ("3921155", 1550),
        ("392315990", 1599),
        ("392315995", None),
        ("39329851599", 1599),
        ("39329781599", None),  # euro
        ("10X", None),
    ],
)
def test_what_it_costs_in_grosze(text, amount):
    assert parse(text).amount_gr == amount


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", "empty"),
        (GS, "empty"),
        ("hello", "no application identifier begins with 'hell'"),
        ("5901234123457", "no application identifier begins with '5901'"),
        ("0159012341234", "(01) has 11 characters instead of 14"),
        ("0105901234123458", "(01) has a wrong check digit"),
        ("01059012341234AB", "(01) is not all digits"),
        ("17261331", "(17) is no date"),
        ("10" + "x" * 21, "(10) has 21 characters instead of 1 to 20"),
        (f"10{GS}21x", "(10) has 0 characters"),
        ("10żółty", "(10) holds a character that GS1 does not know"),
        ("10a\x1b[2J", "(10) holds a character"),
        ("310300125", "(3103) has 5 characters"),
        ("9", "no application identifier"),
        ("x" * 513, "longer than 512"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_believed(text, trouble):
    found = parse(text)
    assert trouble.replace("instead of 14", "instead of 14 to 14") in found.trouble
    assert found.pairs == ()
    assert (found.gtin, found.qty_milli, found.amount_gr) == ("", None, None)


@given(st.text(max_size=60) | st.from_regex(rf"({GS}|\d|[a-z]){{0,60}}", fullmatch=True))
def test_hostile_text_never_raises(text):
    found = parse(text)
    assert bool(found.pairs) != bool(found.trouble)
    assert found.qty_milli is None or found.qty_milli >= 0
    assert found.amount_gr is None or found.amount_gr >= 0


@given(
    st.lists(
        st.sampled_from(["10", "21", "240", "90", "95", "400", "8012"])
        | st.sampled_from(["01", "17", "3103"]),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    st.data(),
)
def test_what_was_joined_is_taken_apart(identifiers, data):
    fixed = {"01": GTIN, "17": "261231", "3103": "001250"}
    values = [
        (name, fixed.get(name) or data.draw(st.from_regex(r"[!-~]{1,20}", fullmatch=True)))
        for name in identifiers
    ]
    text = "".join(name + value + ("" if name in fixed else GS) for name, value in values)
    assert parse(text) == Elements(tuple(values))


@pytest.mark.parametrize(
    "number", ["5901234123457", "96385074", "036000291452", GTIN, "106141411234567897"]
)
def test_check_digits(number):
    assert check_digit(number[:-1]) == int(number[-1])
    assert has_check_digit(number)
    wrong = str((int(number[0]) + 1) % 10) + number[1:]
    assert not has_check_digit(wrong)


@pytest.mark.parametrize("text", ["", "7", "abc", "٣٤٥٦"])
def test_what_has_no_check_digit(text):
    assert not has_check_digit(text)


@pytest.mark.parametrize(
    ("value", "year", "meant"),
    [
        ("261231", 2026, date(2026, 12, 31)),
        ("260200", 2026, date(2026, 2, 28)),
        ("280200", 2026, date(2028, 2, 29)),
        ("760101", 2026, date(2076, 1, 1)),
        ("770101", 2026, date(1977, 1, 1)),
        ("030101", 2060, date(2103, 1, 1)),
        ("261301", 2026, None),
        ("260230", 2026, None),
        ("26123", 2026, None),
        ("2612ab", 2026, None),
    ],
)
def test_dates(value, year, meant):
    assert as_date(value, year) == meant


def sizes(notation: str) -> tuple[int, int, bool]:
    """Shortest, longest and digits only, of a format as the other table writes it."""
    shortest = longest = 0
    notation = notation.replace("[N1..N2]", "[N..2]")
    notation = re.sub(r"\[\+?(\w+?)(?:\.\.)?(\d+)\]", r"+\1..\2", notation)
    for part in re.findall(r"[A-Z](?:\.\.)?\d+", notation):
        number = int(part.strip("NXYZ."))
        longest += number
        shortest += (0 if shortest else 1) if ".." in part else number
    return shortest, longest, not set(notation) & set("XYZ")


def test_the_table_agrees_with_one_made_by_somebody_else():
    """python-stdnum took its table from the list that GS1 publishes."""
    text = (files("stdnum") / "gs1_ai.dat").read_text(encoding="utf-8")
    compared = 0
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        first, last = (re.match(r"(\d+)(?:-(\d+))?", line).groups() * 2)[:2]
        notation = re.search(r'format="([^"]+)"', line)[1]
        for number in range(int(first), int(last or first) + 1):
            name = str(number).zfill(len(first))
            shape = gs1._SHAPES.get(gs1._family(name))
            assert shape, f"({name}) is missing"
            shortest, longest, is_digits = sizes(notation)
            if name.startswith("43"):
                continue  # our family is wider than its members
            assert (shape.longest, shape.is_digits) == (longest, is_digits), (name, notation)
            assert shape.shortest <= shortest, (name, notation)
            assert (name[:2] in gs1._PREDEFINED) == ("fnc1" not in line), name
            compared += 1
    assert compared > 400
