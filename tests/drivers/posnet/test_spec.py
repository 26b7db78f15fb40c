from __future__ import annotations

import pytest

from drivers.posnet.generation import Generation
from drivers.posnet.spec import AMOUNT_MAX, Again, Kind, guarded, once, row


def test_a_row():
    spec = row("x", 12, "for a test", "na!s80/40 vt?n6 pr!zl kw?zl7 v*!p", "da!DT tm?DT")
    assert list(spec.parameters) == ["na", "vt", "pr", "kw", *("v" + each for each in "abcdefg")]
    name = spec.parameters["na"]
    assert (name.kind, name.limit, name.old_limit, name.is_needed) == (Kind.TEXT, 80, 40, True)
    assert name.most(Generation.OLD) == 40
    assert name.most(Generation.ONLINE) == 80
    assert (spec.parameters["vt"].limit, spec.parameters["vt"].is_needed) == (6, False)
    assert (spec.parameters["pr"].limit, spec.parameters["kw"].limit) == (AMOUNT_MAX, 7)
    assert [field.is_needed for field in spec.reply.values()] == [True, False]
    assert spec.again is Again.READ


@pytest.mark.parametrize("text", ["na:s80", "na", "n!s80", "na!s80/", "NA!s80", "na!s-1"])
def test_what_is_no_field(text):
    with pytest.raises(ValueError, match="no field"):
        row("x", 12, "for a test", text)


def test_an_unknown_kind():
    with pytest.raises(ValueError, match="zz"):
        row("x", 12, "for a test", "na!zz")


def test_twice():
    assert guarded("it shows").again is Again.GUARDED
    assert once("it counts").because == "it counts"
