"""Every state × every command, after the table of the protocol (§9)."""

from __future__ import annotations

import pytest

from hw_emulator.posnet.profile import PROFILES
from hw_emulator.posnet.registry import (
    COMMANDS,
    OLD_COMMANDS,
    ROWS,
    Prints,
    State,
    command,
    find_command,
)
from hw_emulator.posnet.values import Args

LINE = "trline|naKawa|vt0|pr1000"

WAYS = {
    State.IDLE: (),
    State.LINES: ("trinit", LINE),
    State.PAYMENT: ("trinit", LINE, "trpayment|ty0|wa500"),
    State.FOOTER: ("trinit", LINE, "trend|fe0"),
    State.INVOICE: ("trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb1|sc0", LINE),
    State.PACK: ("trpackinit", "trpack|pr100"),
    State.FORM: ("formstart|fn200|fh75",),
}

# Copied from the protocol's table by hand: IDLE, LINES, PAYMENT, FOOTER, INVOICE, PACK, FORM; 0 is
# accepted. What stands in parentheses there, or is told of a command elsewhere, is told here, too.
IDLE_ONLY = (0, 2038, 2038, 2038, 2038, 2038, 2062)
INVOICE_ONLY = (2005, 2060, 2060, 2060, 0, 2060, 2005)
FORM_ONLY = (2505, 2505, 2505, 2505, 2505, 2505, 0)
ALWAYS = (0, 0, 0, 0, 0, 0, 0)
TABLE = {
    "trinit": IDLE_ONLY,
    "trfvinit": IDLE_ONLY,
    "trpackinit": IDLE_ONLY,
    LINE: (2005, 0, 2060, 2060, 0, 2060, 2005),
    LINE + "|st1": (2005, 0, 2060, 2060, 1990, 2060, 2005),
    "tradvance|vt0|pr1|wa1": (2005, 0, 2060, 2060, 0, 2060, 2005),
    "tradvance|vt0|pr1|wa1|st1": (2005, 1963, 2060, 2060, 1990, 2060, 2005),
    "trdiscntvat|vt0|rw1": (2005, 0, 1991, 1991, 1991, 1991, 2005),
    "trdiscntline|vt0|dsKawa|rt1000|rw1": (2005, 0, 1991, 1991, 1991, 1991, 2005),
    "trdiscntpromo|vt0|rw1": (2005, 0, 1991, 1991, 1991, 1991, 2005),
    "trdiscntsubtot|rw1": (2005, 0, 1991, 1991, 1991, 1991, 2005),
    "trdiscntbill|rw1": (2005, 0, 0, 1991, 1991, 1991, 2005),
    "showsubtotal": (2005, 0, 2060, 2060, 0, 2060, 2005),
    "trpack|pr100": (2005, 0, 2060, 2060, 2060, 0, 2005),
    "trpayment|ty0|wa50": (2005, 0, 0, 2060, 2060, 0, 2005),
    "trpaymentcurr|wc10|ra40000|naEuro|sbEUR": (2005, 0, 0, 2060, 2060, 0, 2005),
    "trpaymentdelete|ty0|wa500": (2005, 2063, 0, 2060, 2060, 2063, 2005),
    "trpaymentcurrdelete|wc10|ra40000|naEuro|sbEUR": (2005, 2063, 2063, 2060, 2060, 2063, 2005),
    "trpaymentcanc": (2005, 0, 0, 2060, 2060, 0, 2005),
    "trsubtotcanc": (2005, 0, 0, 2060, 2060, 0, 2005),
    "trnipset|ni5222628262": (2005, 0, 0, 2060, 2060, 2060, 2005),
    "trfvbuyer|naJan|ni1|sc0": INVOICE_ONLY,
    "trfvnumber|nb1|sc0": INVOICE_ONLY,
    "trfvfreedata|txTekst": INVOICE_ONLY,
    "trfvsep|sc0": INVOICE_ONLY,
    "trfvcashmet|cm1|sc0": INVOICE_ONLY,
    "trfvselfbill|sb1|sc0": INVOICE_ONLY,
    "trfvreverse|re1|sc0": INVOICE_ONLY,
    "trfvfree|fr0|sc0": INVOICE_ONLY,
    "trfvexecution|ex0|sc0": INVOICE_ONLY,
    "trfvrep|re0|sc0": INVOICE_ONLY,
    "trfvtransport|tr0|sc0": INVOICE_ONLY,
    "trfvthreeway|tw0|sc0": INVOICE_ONLY,
    "trfvtoursrv|ts1|sc0": INVOICE_ONLY,
    "trfvothergoods|og0|sc0": INVOICE_ONLY,
    "trend": (2005, 0, 2054, 2060, 0, 0, 2005),
    "trftrln|id0|naText": (2064, 2066, 2066, 0, 2066, 2066, 2064),
    "trpackprnend|pr100": (2064, 2066, 2066, 0, 2066, 2066, 2064),
    "trftrend": (2064, 2066, 2066, 0, 2066, 2066, 2064),
    "prncancel": ALWAYS,
    "trcancel": ALWAYS,
    "hardprncancel": ALWAYS,
    "dailyrep|da2026-03-02": IDLE_ONLY,
    "monthlyrep|da2026-03-01": (384, *IDLE_ONLY[1:]),
    "periodicrepbynumbers|fn1|tn1": (2049, *IDLE_ONLY[1:]),
    "periodicrepbydates|fd2026-03-01|td2026-03-02": (384, *IDLE_ONLY[1:]),
    "eventsrepbynumbers|fn1|tn1|ty0": (2049, *IDLE_ONLY[1:]),
    "eventsrepbydates|fd2026-03-01|td2026-03-02|ty0": IDLE_ONLY,
    "endrepro|da2026-03-02": IDLE_ONLY,
    "shiftrep|sh1": IDLE_ONLY,
    "cashstaterep": IDLE_ONLY,
    "servicerep": IDLE_ONLY,
    "login|naAnna": IDLE_ONLY,
    "logout": IDLE_ONLY,
    "cash|kw100|wp1": IDLE_ONLY,
    "stocash|kw100": IDLE_ONLY,
    "packret|kw100": IDLE_ONLY,
    "fvprncopy": (2930, *IDLE_ONLY[1:]),
    "hdrset|txSklep|pr1": IDLE_ONLY,
    "vatset|va23|vb8|da2026-03-02": IDLE_ONLY,
    "rtcset|da2026-03-02,10:01": IDLE_ONLY,
    "progid|nmX|vr1|nuY": IDLE_ONLY,
    "papfeed|ln1": IDLE_ONLY,
    "discounttypeset|dt1": IDLE_ONLY,
    "cancelledsaleprintcfgset|en1": IDLE_ONLY,
    "formstart|fn200": (0, 2038, 2038, 2038, 2038, 2038, 2506),
    "formline|fn200|fl711|s1Text": FORM_ONLY,
    "formformattedline|fn200|s1Text": FORM_ONLY,
    "formtinyline|fn200|s1Text": FORM_ONLY,
    "formcmd|fn200|cm0": FORM_ONLY,
    "formbarcode|fn200|bc123": FORM_ONLY,
    "formbarcode2d|fn200": (2505, 2505, 2505, 2505, 2505, 2505, 3200),
    "formimage|fn200|no1": (2505, 2505, 2505, 2505, 2505, 2505, 3251),
    "formend|fn200": FORM_ONLY,
    **dict.fromkeys(
        (
            *("formisstarted", "scomm", "scnt", "stot", "strns", "sfsk", "sprn", "sdev", "sdrwr"),
            *("sid", "getrealid", "rtcget", "vatget", "hdrget", "ftrinfoget", "ftrinfoset|txText"),
            *("ftrcfg|sn17", "discounttypeget", "dbchkplu|vt0|naKawa", "scashstate"),
            *("eclastdocnoget|ty0", "doccntget", "billcountercfgget", "opendrwr", "beep", "break"),
            *("dsptxtline|id0|no0|lnText", "dsptxt|id0|stText", "dspcmd|id0|st0"),
            "cancelledsaleprintcfgget",
        ),
        ALWAYS,
    ),
    "fmrecrd": (384,) * 7,
}
# The same by kinds of commands, for those whose own preconditions would be in the way.
KINDS = {
    "open": IDLE_ONLY,
    "idle": IDLE_ONLY,
    "line": TABLE[LINE],
    "storno": TABLE[LINE + "|st1"],
    "discount": TABLE["trdiscntvat|vt0|rw1"],
    "bill discount": TABLE["trdiscntbill|rw1"],
    "pack": TABLE["trpack|pr100"],
    "payment": (2005, 0, 0, 2060, 2060, 0, 2005),
    "buyer": TABLE["trnipset|ni5222628262"],
    "invoice": INVOICE_ONLY,
    "end": (2005, 0, 0, 2060, 0, 0, 2005),
    "footer": TABLE["trftrend"],
    "form start": TABLE["formstart|fn200"],
    "form": FORM_ONLY,
    "any": ALWAYS,
}


@pytest.fixture
def bench(make_bench):
    return make_bench(profile=PROFILES["trio"])  # the one that has all of these commands


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("text", TABLE)
def test_each_command_in_each_state(bench, text, state):
    bench.run(*WAYS[state])
    assert bench.device.state is state
    assert (bench.error(text) or 0) == TABLE[text][state]


@pytest.mark.parametrize("name", ROWS)
def test_the_rows_are_those_of_the_protocol(name):
    assert ROWS[name] == KINDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_refused_by_its_row(name):
    for state in State:
        assert COMMANDS[name].refusal(Args({}), state) == KINDS[COMMANDS[name].row][state]


def test_no_command_of_a_document_is_left_out_of_the_table():
    tested = {text.split("|")[0] for text in TABLE}
    generic = {"any", "idle"}  # others print, set or ask in one way; their row says it all
    assert {name for name, found in COMMANDS.items() if found.row not in generic} <= tested


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
        (State.IDLE, "trfvinit", State.INVOICE),
        (State.IDLE, "trpackinit", State.PACK),
        (State.LINES, "trdiscntsubtot|rw1", State.LINES),
        (State.LINES, "showsubtotal", State.LINES),
        (State.LINES, "trpack|pr100", State.LINES),
        (State.LINES, "trpayment|ty2|wa1000", State.PAYMENT),
        (State.LINES, "trdiscntbill|rw1", State.PAYMENT),
        (State.PAYMENT, "trpaymentcanc", State.LINES),
        (State.PAYMENT, "trsubtotcanc", State.LINES),
        (State.LINES, "trend", State.IDLE),
        (State.LINES, "trend|fe0", State.FOOTER),
        (State.FOOTER, "trftrln|id1|naX", State.FOOTER),
        (State.FOOTER, "trpackprnend|pr100", State.FOOTER),
        (State.FOOTER, "trftrend", State.IDLE),
        (State.INVOICE, "trend", State.IDLE),
        (State.INVOICE, "trend|fe0", State.IDLE),
        (State.PACK, "trpayment|ty0|wa50", State.PACK),
        (State.PACK, "trend", State.IDLE),
        (State.PACK, "trend|fe0", State.FOOTER),
        (State.LINES, "prncancel", State.IDLE),
        (State.PAYMENT, "prncancel", State.IDLE),
        (State.FOOTER, "prncancel", State.IDLE),
        (State.INVOICE, "prncancel", State.IDLE),
        (State.PACK, "prncancel", State.IDLE),
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
        assert not COMMANDS["xone"].is_read_only
    finally:
        del COMMANDS["xone"], COMMANDS["xtwo"]


def test_each_generation_has_its_own_commands():
    assert find_command("cashrep") is None
    assert find_command("cashrep", is_old=True) is OLD_COMMANDS["cashrep"]
    assert find_command("trfvbuyer") is COMMANDS["trfvbuyer"]
    assert find_command("trfvbuyer", is_old=True) is None
    assert find_command("trline") is COMMANDS["trline"]
    assert find_command("trline", is_old=True) is OLD_COMMANDS["trline"]
    assert find_command("scomm", is_old=True) is COMMANDS["scomm"]
