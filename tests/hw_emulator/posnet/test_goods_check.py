from __future__ import annotations

import pytest

from hw_emulator.posnet.profile import Profile


def learn(bench) -> None:
    """Milk at 8 %, wine first at 23 % and then at 8 %."""
    bench.sell("trline|naMleko|vt1|pr100")
    bench.sell("trline|naWino|vt0|pr100", "trline|naWino|vt1|pr100")


def test_the_base_answers(bench):
    assert bench.ask("dbchkplu|vt0|naKawa") == {"vv": "101,00", "bl": "N"}
    bench.sell("trline|naKawa|vt1|pr100", "trline|naWino|vt0|pr100")
    assert bench.ask("dbchkplu|vt0|nakawa!") == {"vv": "8,00", "bl": "T"}
    assert bench.ask("dbchkplu|vt0|naWino") == {"vv": "23,00", "bl": "N"}
    assert bench.error("dbchkplu|vt0|na!!") == 2104


def test_the_check_report_marks_differences(bench):
    learn(bench)
    before = bench.printed
    bench.run("dbchkstart|ty1", "dbchkline|vt1|naMleko", "dbchkline|vt0|naWino")
    bench.run("dbchkline|vt0|naKawa", "dbchkend")
    report = bench.printed[len(before) :].splitlines()
    assert report[report.index("Mleko") + 1] == "000001  B" + "8,00 %".rjust(31)
    assert report[report.index("Wino") + 1] == "000002  A" + "8,00 % ?".rjust(31)
    assert report[report.index("Kawa") + 1] == "000003  A" + "---".rjust(31)
    assert "Ilość towarów:" + "3".rjust(26) in report
    assert "Ilość różnic:" + "1".rjust(27) in report
    assert bench.ask("stot")["nf"] == "1"


def test_the_report_of_what_is_locked(bench):
    learn(bench)
    before = bench.printed
    bench.run("dbchkstart|ty2", "dbchkline|vt1|naWino", "dbchkline|vt0|naKawa", "dbchkend")
    report = bench.printed[len(before) :]
    assert "Wino" in report
    assert "Kawa" not in report


@pytest.mark.parametrize(
    ("way", "text", "error"),
    [
        ("", "dbchkline|vt0|naX", 2522),
        ("", "dbchkend", 2522),
        ("", "dbchkstart|ty3", 3),
        ("dbchkstart|ty1", "dbchkstart|ty1", 2521),
        ("dbchkstart|ty1", "dbchkline|vt7|naX", 2523),
        ("dbchkstart|ty1", "dbchkline|vt0|na??", 2104),
        ("dbchkstart|ty1", "trinit", 2062),
        ("dbchkstart|ty1", "formstart|fn200", 2506),
        ("dbchkstart|ty1", "formend|fn200", 2501),
        ("dbchkstart|ty1", "formend|fn0", 2501),
        ("dbchkstart|ty1", "formline|fn0|fl0|s1x", 2501),
        ("trinit", "dbchkstart|ty1", 2038),
        ("formstart|fn200", "dbchkstart|ty1", 2062),
        ("formstart|fn200", "dbchkend", 2522),
    ],
)
def test_a_report_is_open_or_it_is_not(bench, way, text, error):
    if way:
        bench.run(way)
    assert bench.error(text) == error


def test_an_open_report_is_no_form_and_can_be_cancelled(bench):
    bench.run("dbchkstart|ty1")
    assert bench.ask("formisstarted") == {"is": "N"}
    bench.run("prncancel", "trinit")
    assert "WYDRUK ANULOWANY" in bench.printed


def test_only_a_technician_empties_the_base(bench):
    learn(bench)
    assert bench.error(f"dbtrdelall|da{bench.today}") == 361
    bench.device.outside.jumper = True
    assert bench.error("dbtrdelall|da2026-03-01") == 2022
    bench.run(f"dbtrdelall|da{bench.today}")
    bench.sell("trline|naWino|vt0|pr100")


def test_a_full_base_takes_no_new_names(make_bench):
    bench = make_bench(profile=Profile(goods_max=1))
    bench.sell("trline|naKawa|vt0|pr100")
    bench.run("trinit", "trline|naKAWA|vt0|pr100")
    assert bench.error("trline|naHerbata|vt0|pr100") == 2101
