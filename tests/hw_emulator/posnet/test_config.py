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
    assert "[BARCODE EAN128] 5901234123457" in bench.printed
    assert "Do zobaczenia" in bench.printed


def test_discount_method_is_read_back(bench):
    assert bench.ask("discounttypeget") == {"dt": "N"}
    bench.run("discounttypeset|dtY", "discounttypeset")
    assert bench.ask("discounttypeget") == {"dt": "T"}


def test_beeper_and_paper(bench):
    bench.run("beep", "papfeed|ln3")
    assert bench.device.beeps == 1
    assert bench.printed == "\n\n\n"
    assert bench.error("papfeed|ln21") == 3
    bench.run("papersavecfg|ps1", "papfeed|ln3")
    assert bench.printed == "\n\n\n"


@pytest.mark.parametrize(
    ("tag", "length", "error"),
    [(1, 256, 4201), (3, 70, 4203), (4, 70, 4204), (5, 70, 4205), (6, 15, 4206), (7, 15, 4207)],
)
def test_parts_of_an_address_have_their_length(bench, tag, length, error):
    parts = {1: "A", 2: "00-001", 3: "X"}
    for too_long in (False, True):
        parts[tag] = "x" * (length + too_long)
        text = "".join(f"&{key}{value}&{key}" for key, value in parts.items())
        assert bench.error(f"hdrset|tx{text}|pr1") == (error if too_long else None)


def test_extra_data_has_its_length(bench):
    head = "hdrset|pr1|tx&1A&1&200-001&2&3X&3&8"
    bench.run(head + "x" * 280 + "&8")
    assert bench.error(head + "x" * 281 + "&8") == 4208


def test_a_new_address_is_an_event(bench):
    bench.run("hdrset|tx&1Inny sklep&1\n&5Nowa&5 &67&6\n&231-100&2 &3Kraków&3|pr1")
    found = bench.ask("fmrecaddress")
    names = {"pc": "31-100", "ci": "Kraków", "po": "", "st": "Nowa", "nu": "7", "sn": ""}
    assert {name: found[name] for name in names} == names
    bench.run("hdrset|tx&1Trzeci sklep&1\n&5Nowa&5 &67&6\n&231-100&2 &3Kraków&3|pr1")
    assert bench.error("fmrecaddress|no2") == 384
    assert bench.ask("eclastdocnoget|ty13")["di"] != "0"


def test_a_test_print_is_none(bench):
    bench.run("hdrset|tx&1A&1&231-100&2&3Kraków&3|pr0")
    assert "WYDRUK TESTOWY" in bench.printed
    assert bench.error("fmrecaddress") == 384


def test_special_printouts_may_be_kept_without_paper(bench):
    bench.run("prnspecialcfgset|sp0", "hdrset|txSklep|pr1")
    assert not bench.printed
    bench.run("eclastprintouts|no1")
    assert "NAGŁÓWEK" in bench.printed


def test_identity_is_programmed_and_restored(bench):
    bench.run("progid|nmX|vr1|nuNR 7")
    assert bench.ask("getprogfiscid") == {"nu": "NR 7"}
    bench.run("resetprogid")
    assert bench.ask("getprogfiscid") == {"nu": "ABC 2101000001"}
    assert bench.ask("sid")["nm"] == "POSNET THERMAL XL2 ONLINE"
