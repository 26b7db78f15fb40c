from __future__ import annotations

import re

import pytest

from drivers.posnet.spec import Again, Kind
from drivers.posnet.table import COMMANDS

ONCE = {
    *{"dailyrep", "monthlyrep", "periodicrepbydates", "periodicrepbynumbers", "shiftrep"},
    *{"cashstaterep", "cash", "showsubtotal", "trftrln"},
    *{"formline", "formformattedline", "formtinyline", "formcmd", "formbarcode", "formbarcode2d"},
    *{"ecprndoc", "eclastprintouts", "ecprnfv"},
    *{"trfvnumber", "trfvbuyer", "trfvfreedata", "trfvcashmet", "trfvselfbill", "trfvreverse"},
    *{"trfvfree", "trfvexecution", "trfvrep", "trfvtransport", "trfvthreeway", "trfvtoursrv"},
    "trfvothergoods",
}
GUARDED = {
    *{"trinit", "trfvinit", "trpackinit", "trline", "trpack", "tradvance"},
    *{"trdiscntline", "trdiscntvat", "trdiscntpromo", "trdiscntsubtot", "trdiscntbill"},
    *{"trpayment", "trpaymentcurr", "trend", "trftrend", "hdrset", "formstart", "formend"},
    *{"eparagonidznext", "eparagonidzprev"},
}


def test_every_row_has_two_letter_fields():
    for name, spec in COMMANDS.items():
        assert spec.name == name
        for key in (*spec.parameters, *spec.reply):
            assert re.fullmatch(r"[a-z][a-z0-9]", key), (name, key)


def test_what_a_second_copy_does():
    kinds = {again: {n for n, s in COMMANDS.items() if s.again is again} for again in Again}
    assert kinds[Again.ONCE] == ONCE
    assert kinds[Again.GUARDED] == GUARDED


def test_whatever_may_do_harm_says_why():
    assert all(
        bool(spec.twice.because) is (spec.again is not Again.READ) for spec in COMMANDS.values()
    )


def test_questions_are_harmless():
    for name in COMMANDS:
        if name.endswith("get") or name in {"scomm", "scnt", "stot", "sfsk", "strns", "sid"}:
            assert COMMANDS[name].again is Again.READ


def test_every_text_has_a_limit():
    for spec in COMMANDS.values():
        for key, field in spec.parameters.items():
            if field.kind in {Kind.TEXT, Kind.LINES, Kind.MARKUP}:
                assert 0 < field.old_limit <= field.limit, (spec.name, key)


@pytest.mark.parametrize("spec", COMMANDS.values(), ids=list(COMMANDS))
def test_a_row_tells_where_and_what_for(spec):
    assert 11 <= spec.page <= 450
    assert spec.use == spec.use.strip()
    assert spec.use


def test_what_takes_long():
    assert {name for name, spec in COMMANDS.items() if spec.is_long} == {
        *{"dailyrep", "monthlyrep", "periodicrepbydates", "periodicrepbynumbers", "shiftrep"},
        *{"ecprndoc", "eclastprintouts", "ecprnfv"},
    }
    assert all(spec.is_long for spec in COMMANDS.values() if spec.is_breakable)
