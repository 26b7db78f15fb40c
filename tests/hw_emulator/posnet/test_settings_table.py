from __future__ import annotations

import pytest

from hw_emulator.posnet.command_set import COMMANDS
from hw_emulator.posnet.models import model_of
from hw_emulator.posnet.profile import PROFILES
from hw_emulator.posnet.settings_table import FAMILIES

PAIRS = [family for family in FAMILIES if family.getter]
# Parts this model has not, and signs that depend on each other.
ELSEWHERE = {("prnparam", "px"), ("prnparam", "sp"), ("quantitysigncfg", "qa")}
ELSEWHERE |= {("quantitysigncfg", "qb"), ("drwparam", "id")}


def another(field, value: str) -> str:
    if field.kind == "b":
        return "N" if value == "T" else "T"
    return str(field.low if value != str(field.low) else field.high)


@pytest.mark.parametrize("family", PAIRS, ids=lambda family: family.name)
def test_what_is_set_is_read_back(family, make_bench):
    knowing = (
        profile
        for profile in PROFILES.values()
        if model_of(profile).knows(family.setter) and model_of(profile).knows(family.getter)
    )
    bench = make_bench(profile=next(knowing))
    index = "|id1" if family.index else ""
    for field in family.fields:
        if not field.is_settable or (family.name, field.name) in ELSEWHERE:
            continue
        before = bench.ask(family.getter + index)
        wanted = {one.name: before[one.name] for one in family.fields if one.is_settable}
        wanted[field.name] = another(field, before[field.name])
        needed = [one for one in family.fields if one is field or "!" in one.param]
        sent = "".join(f"|{one.name}{wanted[one.name]}" for one in needed)
        bench.run(f"{family.setter}{index}{sent}")
        assert bench.ask(family.getter + index) == {**before, field.name: wanted[field.name]}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("drwparamset|im0", 702),
        ("drwparamset|im11", 702),
        ("drwparamset|vt4", 3110),
        ("drwparamset|id1", 713),
        ("powerindset|in61", 741),
        ("timeoutcfgset|td181", 706),
        ("dspcfg|id2", 739),
        ("dspcfgget|id2", 739),
        ("dspcfg|id1|co17", 714),
        ("dspcfg|id1|lu0", 715),
        ("dspcfg|id1|od1000", 716),
        ("dspcfg|id1|ls3", 713),
        ("kbdlockset|to301", 2712),
        ("windowtimecfgset|ta9", 2712),
        ("windowtimecfgset|tj29", 2712),
        ("windowtimecfgreset|ty2", 2063),
        ("barcodeheightset|ht1", 2067),
        ("barcodeheightset|ht31", 2067),
        ("prnparamset|ps5", 2067),
        ("dsptrnsreleasetimeoutset|tc4", 2712),
        ("imgecset|lv2", 3257),
        ("cuttercfgset|ct3", 713),
        ("menupswdset|pw1234567", 364),
        ("menupswdset|pwabc", 364),
        ("fsppswdset|pw" + "x" * 17, 10),
        ("quantitysigncfgset|qa0|qb0", 713),
        ("quantitysigncfgset|qa2|qb3", 713),
        ("quantitysigncfgset|qa8", 713),
        ("quantitysigncfgset", 713),
    ],
)
def test_each_bad_value_has_its_number(bench, text, error):
    assert bench.error(text) == error


@pytest.mark.parametrize("text", ["menupswdset|pw", "menupswdset|pw123456", "fsppswdset|pw"])
def test_passwords_it_takes(bench, text):
    bench.run(text)


def test_out_of_range_it_takes_the_usual(bench):
    bench.run("prnwidthset|wd0", "prnwidthset|wd9", "cuttercfgset|ch1", "cuttercfgset|ch5")
    assert bench.ask("prnwidthget") == {"wd": "1"}
    assert bench.ask("cuttercfgget")["ch"] == "0"


def test_a_sign_that_is_not_sent_is_none(bench):
    assert bench.ask("quantitysigncfgget") == {"qa": "1", "qb": "4"}
    bench.run("quantitysigncfgset|qb7")
    assert bench.ask("quantitysigncfgget") == {"qa": "0", "qb": "7"}
    bench.run("quantitysigncfgset|qa3|qb1")
    assert bench.ask("quantitysigncfgget") == {"qa": "3", "qb": "1"}


def test_message_times_come_back(bench):
    bench.run("windowtimecfgset|ti5", "windowtimecfgreset|ty1")
    assert list(bench.ask("windowtimecfgget").values()) == ["1", "10", "2", "300", "1"]
    bench.run("windowtimecfgreset")
    assert list(bench.ask("windowtimecfgget").values()) == ["9999", "9999", "9999", "300", "3"]


def test_models_have_their_ways(make_bench):
    hx = make_bench(profile=PROFILES["hx"])
    hx.run("cuttercfgset|ct2")
    assert hx.ask("cuttercfgget")["ct"] == "1"
    trio = make_bench(profile=PROFILES["trio"])
    trio.run("drwparamset|vt3|im7")
    assert (trio.ask("drwparamget")["vt"], trio.ask("drwparamget")["im"]) == ("1", "7")
    fawag = make_bench(profile=PROFILES["fawag"])
    fawag.run("prnparamset|px16", "chgcfgset|mo1")
    assert (fawag.ask("prnparamget")["px"], fawag.ask("chgcfgget")["mo"]) == ("16", "1")
    assert fawag.error("chgcfgset|mo2") == 2707


def test_a_constant_is_told_and_never_set(bench):
    bench.run("fvcfgset|co0|cm1")
    assert bench.ask("fvcfgget") == {"co": "N", "cm": "N"}


@pytest.mark.parametrize(
    "name", ["windowtimecfgset", "windowtimecfgreset", "quantitysigncfgset", "dspmode"]
)
def test_some_work_outside_of_a_transaction_only(bench, name):
    assert COMMANDS[name].row == "idle"


def test_sensors_that_are_switched_off_say_nothing(bench):
    bench.device.paper_low = True
    assert (bench.ask("sdev")["pe"], bench.ask("sdrwr")["ds"]) == ("T", "1")
    bench.run("nearendsensorcfgset|en0", "drwparamset|fs0|ks1")
    assert (bench.ask("sdev")["pe"], bench.ask("sdrwr")) == ("N", {"ds": "2", "ks": "1"})


def test_a_report_may_be_kept_without_paper(bench):
    bench.run("dayreportprintcfgset|en0")
    bench.sell()
    bench.report()
    assert "DOBOWY" not in bench.printed
    bench.run("ecprndoc|ty3")
    assert "DOBOWY" in bench.printed
