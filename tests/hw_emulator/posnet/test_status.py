"""Fields and their order as recorded on a real register (§14)."""

from __future__ import annotations

import pytest

ORDER = {
    "scomm": "fs tz ts hr nu td",
    "scnt": "rd hn bn fn nu bc bt fc",
    "sfsk": "fs cl rd vt va vb vc vd ve vf vg rw tm nu",
    "stot": "no fa fb fc fd fe ff fg fn pa pb pc pd pe pf pg pn ct cn cc va vb vc vd ve vf vg "
    "ds is de ie ft fl nf bc le oe tf",
    "strns": "to ts va vb vc vd ve vf vg pp pm re fp fe",
    "rtcget": "da tm",
    "vatget": "va vb vc vd ve vf vg",
    "sprn": "pr",
    "sdev": "ds cp qe pe tl",
    "sdrwr": "ds ks",
    "sid": "nm vr",
    "getrealid": "nm vr nu vf",
    "scashstate": "cs",
    "eclastdocnoget|ty0": "di",
    "doccntget": "bi al",
    "billcountercfgget": "dl",
    "fmrecrd": "da tm no fa fb fc fd fe ff fg fn fo fl pa pb pc pd pe pf pg pn ct cn cc nn "
    "ss is se ie fs lt ot ft si",
}


@pytest.mark.parametrize("text", ORDER)
def test_fields_come_in_wire_order(bench, text):
    bench.report()
    assert " ".join(bench.ask(text)) == ORDER[text]


def test_a_fresh_printer(bench):
    assert bench.ask("scomm") == {
        "fs": "T",
        "tz": "T",
        "ts": "0",
        "hr": "T",
        "nu": "ABC 2101000001",
        "td": "N",
    }
    rates = list(bench.ask("vatget").values())
    assert rates == ["23,00", "8,00", "5,00", "0,00", "100,00", "101,00", "101,00"]
    assert bench.ask("sid") == {"nm": "POSNET THERMAL XL2 ONLINE", "vr": "30.01"}
    assert bench.ask("sprn") == {"pr": "0"}
    assert bench.ask("sdev") == {"ds": "0", "cp": "N", "qe": "T", "pe": "N", "tl": "0"}


def test_the_last_receipt_is_told_until_the_next_begins(bench):
    bench.sell("trline|naMleko|vt1|pr999")
    answer = bench.ask("strns")
    assert (answer["to"], answer["ts"], answer["vb"], answer["fp"]) == ("0", "17", "999", "999")
    bench.run("trinit")
    answer = bench.ask("strns")
    assert (answer["to"], answer["ts"], answer["vb"], answer["fp"]) == ("1", "16", "0", "0")


def test_running_totals_of_an_open_receipt(bench):
    bench.run("trinit", "trline|naMleko|vt1|pr999", "trpayment|ty2|wa500")
    answer = bench.ask("strns")
    assert (answer["vb"], answer["fp"], answer["fe"]) == ("999", "500", "N")
    assert bench.ask("scomm")["ts"] == "16"


def test_documents_are_numbered_by_kind(bench):
    bench.sell()
    bench.run("stocash|kw1", "trinit", "prncancel")
    bench.report()
    asked = {kind: bench.ask(f"eclastdocnoget|ty{kind}")["di"] for kind in (0, 1, 2, 4, 5)}
    assert asked == {0: "1", 1: "3", 2: "0", 4: "4", 5: "2"}
    assert bench.ask("eclastdocnoget") == {"di": "4"}
    assert bench.ask("doccntget") == {"bi": "2", "al": "4"}


def test_the_drawer_stays_open_until_a_hand_closes_it(bench):
    assert bench.ask("sdrwr")["ds"] == "1"
    bench.run("opendrwr")
    assert bench.ask("sdrwr")["ds"] == "0"


def test_programmed_names_are_shown_but_not_by_getrealid(bench):
    bench.run("progid|nmMOJA|vr9|nuXYZ 1")
    assert bench.ask("sid") == {"nm": "MOJA", "vr": "9"}
    assert bench.ask("scnt")["nu"] == bench.ask("sfsk")["nu"] == "XYZ 1"
    assert bench.ask("getrealid")["nu"] == "ABC 2101000001"
    bench.run("progid|nm|vr|nu")
    assert bench.ask("scomm")["nu"] == "ABC 2101000001"


def test_invoices_and_packaging_are_told(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr100", "trpack|pr30|il2", "trpack|pr10|ne1")
    answer = bench.ask("strns")
    assert (answer["pp"], answer["pm"]) == ("60", "10")
    bench.run("trend|op60|om10")
    answer = bench.ask("strns")
    assert (answer["pp"], answer["pm"], answer["fp"]) == ("60", "10", "150")
    bench.run("trinit")
    assert bench.ask("strns")["pp"] == "0"


def test_a_printer_that_is_not_fiscal_has_no_memory_to_tell_of(make_bench):
    bench = make_bench(is_fiscal=False, ram_reset=True)
    bench.run(f"vatset|va22|da{bench.today}")
    bench.sell()
    bench.report()
    answer = bench.ask("sfsk")
    assert [answer[name] for name in ("fs", "cl", "rd", "vt", "rw")] == [
        *("N", "0", "0", "0", "2000-01-01;01:00")
    ]
    assert bench.ask("scnt")["hn"] == "3"


def test_documents_of_every_kind_are_found(bench):
    bench.run("trfvinit", "prncancel", "trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb1|sc0")
    bench.run("trline|naKawa|vt0|pr1", "trend")
    asked = {kind: bench.ask(f"eclastdocnoget|ty{kind}")["di"] for kind in (0, 2, 3)}
    assert asked == {0: "0", 2: "2", 3: "1"}
    assert bench.ask("doccntget") == {"bi": "2", "al": "2"}
