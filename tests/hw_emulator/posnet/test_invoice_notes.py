"""Data of an invoice: what each command prints, and what it refuses (appendix A)."""

from __future__ import annotations

import pytest

MARGIN = ["Procedura marży - TOWARY UŻYWANE", "procedura marży - dzieła sztuki"]
END = ("trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb1|sc0", "trline|naKawa|vt0|pr100", "trend")


@pytest.fixture
def invoice(bench):
    bench.run("trfvinit")
    return bench


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trfvcashmet|cm1|sc0|at64", ["Metoda kasowa"]),
        ("trfvselfbill|sb1|sc1", ["Samofakturowanie"]),
        ("trfvreverse|re1|sc2", ["Odwrotne obciążenie"]),
        ("trfvtoursrv|ts1|sc0", ["Procedura marży dla biur podróży"]),
        ("trfvfree|fr1|baArt. 43 ust. 1|sc0", ["Podstawa zwolnienia:", "Art. 43 ust. 1"]),
        ("trfvrep|re1|rdPrzedstawiciel|sc0", ["Dane przedstawiciela:", "Przedstawiciel"]),
        ("trfvthreeway|tw1|tdTransakcja3|sc0", ["Dane transakcji trójstronnej:", "Transakcja3"]),
        (
            "trfvexecution|ex1|edOrgan A|ddDłużnik B|sc0",
            ["Organ egzekucyjny:", "Organ A", "Dłużnik:", "Dłużnik B"],
        ),
        (
            "trfvtransport|tr1|ad2011-11-11|mi123456,789|hr56789|sc0",
            ["Nowy środek transportu", "2011-11-11", "123456,789", "56789"],
        ),
        (
            "trfvothergoods|og1|sc0|gd" + "\n".join(MARGIN),
            MARGIN,
        ),
        ("trfvfreedata|tx&cWolny && tekst&c", ["Wolny & tekst"]),
        ("trfvsep|sc1", ["." * 40]),
    ],
)
def test_notes_are_printed(invoice, text, words):
    invoice.run(text, *END)
    for word in words:
        assert word in invoice.printed


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("trfvbuyer|na|ni1|sc0", 2535),
        ("trfvbuyer|naJan|ni |sc0", 2031),
        ("trfvbuyer|naJan|sc0", 2),
        ("trfvbuyer|naJan|ni1", 2),
        ("trfvbuyer|naJan|ni1|sc3", 3),
        ("trfvbuyer|naJan|ni1|sc0|at128", 3),
        (f"trfvbuyer|na{'x' * 257}|ni1|sc0", 10),
        (f"trfvbuyer|naJan|ni{'1' * 21}|sc0", 10),
        ("trfvnumber|nb   |sc0", 2533),
        ("trfvnumber|nb|sc0", 2533),
        (f"trfvnumber|nb{'1' * 41}|sc0", 10),
        (f"trfvfreedata|tx{'x' * 41}", 2057),
        (f"trfvfreedata|tx{'x' * 65}", 10),
        ("trfvfree|fr1|sc0", 2),
        ("trfvfree|fr1|ba |sc0", 2),
        ("trfvexecution|ex1|edOrgan|sc0", 2),
        ("trfvtransport|tr1|sc0", 2),
        ("trfvtransport|tr1|ad2011-13-11|sc0", 2024),
        ("trfvtransport|tr1|ad2011-11-11|mi1.5|sc0", 3),
        ("trfvtransport|tr1|ad2011-11-11|mi1,2345|sc0", 3),
        ("trfvtransport|tr1|ad2011-11-11|hr4294967296|sc0", 3),
        ("trfvothergoods|og1|gdCokolwiek|sc0", 2063),
        ("trfvothergoods|og1|sc0", 2),
        ("trfvcashmet|cm1", 2),
        ("trfvsep|sc9", 3),
    ],
)
def test_notes_it_does_not_take(invoice, text, error):
    assert invoice.error(text) == error


def test_the_offending_field_is_named(invoice):
    answer = invoice.raw("trfvexecution|ex1|edOrgan|sc0")
    assert (answer.get("cm"), answer.get("fd")) == ("trfvexecution", "dd")


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("trfvcashmet|cm1|sc0", "trfvcashmet|cm0|sc0"),
        ("trfvfree|fr1|baMetoda kasowa|sc0", "trfvfree|fr0|sc0"),
    ],
)
def test_the_last_word_holds(invoice, text, off):
    invoice.run(text, text, off, *END)
    assert "Metoda kasowa" not in invoice.printed


def test_a_hundred_free_lines_and_no_more(invoice):
    invoice.run(*["trfvfreedata|txX"] * 100)
    assert invoice.error("trfvfreedata|txX") == 2058
    invoice.run(*END)
    assert invoice.printed.splitlines().count("X") == 100


def test_sections_stand_where_they_belong(invoice):
    invoice.run("trfvfreedata|txstopka|sc2", "trfvfreedata|txdane|sc1", "trfvfreedata|txgłowa|sc0")
    invoice.run(*END)
    printed = invoice.printed
    places = [printed.index(word) for word in ("głowa", "Sprzedawca", "dane", "Kawa", "stopka")]
    assert places == sorted(places)


def test_buyer_and_number_stand_in_their_section(invoice):
    invoice.run("trline|naKawa|vt0|pr100", "trfvbuyer|naJan|ni7|sc2", "trfvnumber|nb9|sc1", "trend")
    printed = invoice.printed
    assert printed.index("nr: 9") < printed.index("Kawa") < printed.index("Nabywca:")
