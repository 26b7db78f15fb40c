"""No text a shop can have makes a frame say something else, or a printer see a mark of the data."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import Span
from drivers.posnet.commands import COMMANDS, call_for
from drivers.posnet.frame import Scanner, encode
from drivers.posnet.generation import Generation
from drivers.posnet.markup import styled
from drivers.posnet.spec import Kind

SPECIAL = "\x02\x03\t\x1b&#\r\n\x00@?!\x7f\x85\u2028\ufeff\u200bŁ漢\U0001f95b"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(SPECIAL)), max_size=120)
ANY = {
    Kind.TEXT: "x",
    Kind.LINES: "x",
    Kind.MARKUP: styled(((Span("x"),),)),
    Kind.NUMBER: 0,
    Kind.FLAG: True,
    Kind.AMOUNT: 1,
    Kind.QUANTITY: 1000,
    Kind.RATE: 2300,
    Kind.DAY: date(2026, 10, 9),
    Kind.MOMENT: datetime(2026, 10, 9, 12, 0),
}
PLACES = [
    (name, key)
    for name, spec in COMMANDS.items()
    for key, field in spec.parameters.items()
    if field.kind in {Kind.TEXT, Kind.LINES, Kind.MARKUP}
]


def on_the_wire(name: str, key: str, text: str, generation: Generation):
    """The frame as the printer reads it, and as it was meant."""
    spec = COMMANDS[name]
    needed = {each: ANY[field.kind] for each, field in spec.parameters.items() if field.is_needed}
    is_markup = spec.parameters[key].kind is Kind.MARKUP
    value = styled(tuple((Span(line),) for line in text.split("\n"))) if is_markup else text
    meant = call_for(generation, name, **needed | {key: value}).frame
    (read,) = Scanner(strict=True).feed(encode(meant))
    return read, meant


@pytest.mark.parametrize(("name", "key"), PLACES)
@given(text=TEXTS, generation=st.sampled_from(Generation))
def test_every_text_of_every_command(name, key, text, generation):
    read, meant = on_the_wire(name, key, text, generation)
    assert read == meant
    field, found = COMMANDS[name].parameters[key], read.get(key)
    assert len(found) <= field.most(generation)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", found)
    assert "\n" not in found or field.kind is not Kind.TEXT
    if field.kind is Kind.MARKUP:
        assert "&" not in found.replace("&&", "")
    elif text.isascii() and text.isprintable():
        assert found == text[: field.most(generation)]  # here an ampersand is a letter like others


def test_these_are_all_the_places():
    assert len(PLACES) >= 50
    assert {name for name, key in PLACES if COMMANDS[name].parameters[key].kind is Kind.MARKUP} == {
        *{"hdrset", "ftrinfoset", "formformattedline", "trfvfreedata"}
    }


@pytest.mark.parametrize("sign", list(SPECIAL))
def test_signs_that_mean_something_to_the_frame(sign):
    read, meant = on_the_wire("trline", "na", f"a{sign}b{sign}", Generation.ONLINE)
    assert read == meant
    assert (read.mnemonic, read.token, read.error) == ("trline", None, None)
    assert set("\x02\x03\t\x1b").isdisjoint(read.get("na"))
