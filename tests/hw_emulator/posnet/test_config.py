from __future__ import annotations

import pytest


def test_the_header_is_programmed_or_only_printed(bench):
    before = bench.ask("hdrget")
    bench.run("hdrset|txPróba|pr0")
    assert bench.ask("hdrget") == before
    bench.run("hdrset|tx&c&wNowy Sklep&w\n&1A&1&200-001&2&3Łódź&3|pr1")
    assert bench.ask("hdrget")["tx"] == "&c&bNowy Sklep&b\n&1A&1&200-001&2&3Łódź&3"
    assert "Nowy Sklep".center(40).rstrip() in bench.printed


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ("&200-001&2&3X&3", 4201),
        ("&1A&1&3X&3", 4202),
        ("&1A&1&200001&2&3X&3", 4209),
        ("&1A&1&200-001&2", 4203),
        ("x" * 601, 2095),
    ],
)
def test_headers_it_does_not_take(bench, header, error):
    assert bench.error(f"hdrset|tx{header}|pr1") == error


def test_footer_lines_for_one_printout_or_for_all(bench):
    bench.run("ftrinfoset|txRaz\n\n", "ftrinfoset|txZawsze\nA\nB\nC|lb1")
    assert bench.ask("ftrinfoget")["tx"] == "Zawsze\nA\nB"
    bench.run("ftrinfoset|txRaz")
    bench.sell()
    bench.sell()
    assert (bench.printed.count("Raz\n"), bench.printed.count("Zawsze\n")) == (1, 1)
    bench.run("ftrinfoset|tx")
    assert bench.ask("ftrinfoget")["tx"] == ""


def test_cashier_for_one_printout_or_for_all(bench):
    bench.run("ftrcfg|ccAnna|cn007|ca0")
    bench.sell()
    bench.sell()
    assert bench.printed.count("#007 Anna") == 1
    bench.run("ftrcfg|ccEwa|cn002|ca1")
    bench.sell()
    bench.sell()
    assert bench.printed.count("#002 Ewa") == 2
    bench.run("ftrcfg|cc|cn|ca1|bc5901234123457|lnDo zobaczenia")
    bench.sell()
    assert "#001 KIEROWNIK" in bench.printed
    assert "||| 5901234123457 |||" in bench.printed
    assert "Do zobaczenia" in bench.printed


def test_discount_method_is_read_back(bench):
    assert bench.ask("discounttypeget") == {"dt": "N"}
    bench.run("discounttypeset|dtY")
    assert bench.ask("discounttypeget") == {"dt": "T"}


def test_the_goods_base_answers(bench):
    assert bench.ask("dbchkplu|vt0|naKawa") == {"vv": "101,00", "bl": "N"}
    bench.sell("trline|naKawa|vt1|pr100", "trline|naWino|vt0|pr100")
    assert bench.ask("dbchkplu|vt0|nakawa!") == {"vv": "8,00", "bl": "T"}
    assert bench.ask("dbchkplu|vt0|naWino") == {"vv": "23,00", "bl": "N"}
    assert bench.error("dbchkplu|vt0|na!!") == 2104


def test_display_beeper_and_paper(bench):
    bench.run("dsptxtline|id0|no1|lnDrugi", "dsptxtline|id0|no0|lnPierwszy", "beep", "break")
    bench.run("dsptxtline|id0|no7|lnIgnored", "dspcmd|id0|st1", "papfeed|ln3")
    assert bench.device.display == ["Pierwszy", "Drugi"]
    assert bench.device.beeps == 1
    assert bench.printed == "\n\n\n"
    assert bench.error("papfeed|ln21") == 3
    bench.run("dsptxt|id0|st")
    assert bench.device.display == []
