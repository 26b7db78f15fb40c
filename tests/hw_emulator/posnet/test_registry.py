"""Every state × every command, after the table of the protocol (§9)."""

from __future__ import annotations

import pytest

from hw_emulator.posnet.registry import COMMANDS, ROWS, Prints, State, command

LINE = "trline|naKawa|vt0|pr1000"

WAYS = {
    State.IDLE: (),
    State.LINES: ("trinit", LINE),
    State.PAYMENT: ("trinit", LINE, "trpayment|ty0|wa500"),
    State.FOOTER: ("trinit", LINE, "trend|fe0"),
    State.FORM: ("formstart|fn200|fh75",),
}

# Copied from the protocol's table by hand: IDLE, LINES, PAYMENT, FOOTER, FORM; 0 is accepted.
TABLE = {
    "trinit": (0, 2038, 2038, 2038, 2062),
    LINE: (2005, 0, 2060, 2060, 2005),
    LINE + "|st1": (2005, 0, 2060, 2060, 2005),
    "trdiscntvat|vt0|rw1": (2005, 0, 1991, 1991, 2005),
    "trdiscntsubtot|rw1": (2005, 0, 1991, 1991, 2005),
    "trdiscntbill|rw1": (2005, 0, 0, 1991, 2005),
    "showsubtotal": (2005, 0, 2060, 2060, 2005),
    "trpayment|ty0|wa500": (2005, 0, 0, 2060, 2005),
    "trpaymentcanc": (2005, 0, 0, 2060, 2005),
    "trpaymentdelete|ty0|wa500": (2005, 2063, 0, 2060, 2005),
    "trsubtotcanc": (2005, 0, 0, 2060, 2005),
    "trnipset|ni5222628262": (2005, 0, 0, 2060, 2005),
    "trend": (2005, 0, 2054, 2060, 2005),
    "trftrln|id0|naText": (2064, 2066, 2066, 0, 2064),
    "trftrend": (2064, 2066, 2066, 0, 2064),
    "prncancel": (0, 0, 0, 0, 0),
    "trcancel": (0, 0, 0, 0, 0),
    "hardprncancel": (0, 0, 0, 0, 0),
    "dailyrep|da2026-03-02": (0, 2038, 2038, 2038, 2062),
    "login|naAnna": (0, 2038, 2038, 2038, 2062),
    "logout": (0, 2038, 2038, 2038, 2062),
    "cash|kw100|wp1": (0, 2038, 2038, 2038, 2062),
    "stocash|kw100": (0, 2038, 2038, 2038, 2062),
    "cashstaterep": (0, 2038, 2038, 2038, 2062),
    "shiftrep|sh1": (0, 2038, 2038, 2038, 2062),
    "hdrset|txSklep|pr1": (0, 2038, 2038, 2038, 2062),
    "vatset|va23|vb8|da2026-03-02": (0, 2038, 2038, 2038, 2062),
    "rtcset|da2026-03-02,10:01": (0, 2038, 2038, 2038, 2062),
    "progid|nmX|vr1|nuY": (0, 2038, 2038, 2038, 2062),
    "papfeed|ln1": (0, 2038, 2038, 2038, 2062),
    "monthlyrep|da2026-03-01": (384, 2038, 2038, 2038, 2062),
    "periodicrepbynumbers|fn1|tn1": (2049, 2038, 2038, 2038, 2062),
    "periodicrepbydates|fd2026-03-01|td2026-03-02": (384, 2038, 2038, 2038, 2062),
    "discounttypeset|dt1": (0, 2038, 2038, 2038, 2062),
    "cancelledsaleprintcfgset|en1": (0, 2038, 2038, 2038, 2062),
    "formstart|fn200": (0, 2038, 2038, 2038, 2506),
    "formline|fn200|fl711|s1Text": (2505, 2505, 2505, 2505, 0),
    "formformattedline|fn200|s1Text": (2505, 2505, 2505, 2505, 0),
    "formtinyline|fn200|s1Text": (2505, 2505, 2505, 2505, 0),
    "formcmd|fn200|cm0": (2505, 2505, 2505, 2505, 0),
    "formbarcode|fn200|bc123": (2505, 2505, 2505, 2505, 0),
    "formend|fn200": (2505, 2505, 2505, 2505, 0),
    **dict.fromkeys(
        (
            "formisstarted",
            "scomm",
            "scnt",
            "stot",
            "strns",
            "sfsk",
            "sprn",
            "sdev",
            "sdrwr",
            "sid",
            "getrealid",
            "rtcget",
            "vatget",
            "hdrget",
            "ftrinfoget",
            "ftrinfoset|txText",
            "ftrcfg|sn17",
            "discounttypeget",
            "dbchkplu|vt0|naKawa",
            "scashstate",
            "eclastdocnoget|ty0",
            "doccntget",
            "opendrwr",
            "beep",
            "break",
            "dsptxtline|id0|no0|lnText",
            "dsptxt|id0|stText",
            "dspcmd|id0|st0",
        ),
        (0, 0, 0, 0, 0),
    ),
    "fmrecrd": (384, 384, 384, 384, 384),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("text", TABLE)
def test_each_command_in_each_state(bench, text, state):
    bench.run(*WAYS[state])
    assert bench.device.state is state
    assert (bench.error(text) or 0) == TABLE[text][state]


def test_the_table_of_this_test_leaves_no_state_dependent_command_out():
    tested = {text.split("|")[0] for text in TABLE}
    assert {name for name, found in COMMANDS.items() if found.row != "any"} <= tested


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("text", [text for text in TABLE if "dailyrep" not in text])
def test_a_refused_command_changes_nothing(bench, text, state):
    bench.run(*WAYS[state])
    before = bench.ask("scnt"), bench.ask("stot"), bench.ask("strns"), bench.device.state
    if bench.error(text):
        assert before == (
            bench.ask("scnt"),
            bench.ask("stot"),
            bench.ask("strns"),
            bench.device.state,
        )


@pytest.mark.parametrize(
    ("way", "text", "then"),
    [
        (State.IDLE, "trinit", State.LINES),
        (State.LINES, "trdiscntsubtot|rw1", State.LINES),
        (State.LINES, "showsubtotal", State.LINES),
        (State.LINES, "trpayment|ty2|wa1000", State.PAYMENT),
        (State.LINES, "trdiscntbill|rw1", State.PAYMENT),
        (State.PAYMENT, "trpaymentcanc", State.LINES),
        (State.PAYMENT, "trsubtotcanc", State.LINES),
        (State.LINES, "trend", State.IDLE),
        (State.LINES, "trend|fe0", State.FOOTER),
        (State.FOOTER, "trftrln|id1|naX", State.FOOTER),
        (State.FOOTER, "trftrend", State.IDLE),
        (State.LINES, "prncancel", State.IDLE),
        (State.PAYMENT, "prncancel", State.IDLE),
        (State.FOOTER, "prncancel", State.IDLE),
        (State.FORM, "prncancel", State.IDLE),
        (State.FORM, "formend|fn200", State.IDLE),
    ],
)
def test_ways_from_state_to_state(bench, way, text, then):
    bench.run(*WAYS[way])
    bench.ask(text)
    assert bench.device.state is then


def test_a_command_enters_the_table_under_all_its_names():
    try:

        @command("xone", "xtwo", table="na!s5", row="idle", prints=Prints.ALWAYS)
        def handler(device, args):
            """Do nothing."""

        assert COMMANDS["xone"].handler is handler is COMMANDS["xtwo"].handler
        assert COMMANDS["xone"].params[0].is_mandatory
    finally:
        del COMMANDS["xone"], COMMANDS["xtwo"]


def test_every_command_has_a_row_of_the_table():
    assert {found.row for found in COMMANDS.values()} <= set(ROWS)
