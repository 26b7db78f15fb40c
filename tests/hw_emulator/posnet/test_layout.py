from __future__ import annotations

import pytest

from hw_emulator.posnet import layout
from hw_emulator.posnet.profile import Profile


@pytest.mark.parametrize(
    ("grosze", "text"), [(0, "0,00"), (5, "0,05"), (-180, "-1,80"), (123456, "1234,56")]
)
def test_money(grosze, text):
    assert layout.money(grosze) == text


def test_pairs_share_a_line_when_they_fit():
    assert layout.pair("a", "b") == ["a" + " " * 38 + "b"]
    assert layout.pair("a" * 39, "b") == ["a" * 39, " " * 39 + "b"]


def test_markup_is_taken_out():
    assert layout.marked_up("&bTłusty&b && &N1&N\n&c&hśrodek") == [
        "Tłusty & 1",
        " " * 17 + "środek",
    ]
    assert layout.marked_up("&") == [""]


def test_wide_paper_lays_lines_out_anew():
    lines = [
        *layout.pair("Ser", "9,99"),
        *layout.pair("x" * 38, "9,99"),
        layout.centred("środek"),
        layout.right("prawo"),
        *layout.text("y" * 60),
        *layout.columns(["a", "b", "c", "d"]),
        layout.RULE,
        "[QR ECC=L PX=2] " + "z" * 100,
    ]
    assert layout.fitted(lines, 40) == [str(line) for line in lines]
    assert layout.fitted(lines, 56) == [
        "Ser" + "9,99".rjust(53),
        "x" * 38 + "9,99".rjust(18),
        " " * 25 + "środek",
        "prawo".rjust(56),
        "y" * 56,
        "y" * 4,
        "a" + " " * 17 + "b" + " " * 17 + "c",
        "d",
        "- " * 27 + "-",
        "[QR ECC=L PX=2] " + "z" * 100,
    ]


def test_texts_go_on_in_the_next_line():
    assert layout.text("x" * 41) == ["x" * 40, "x"]
    assert layout.text("") == [""]


def test_rates_in_use():
    assert layout.rate_table([2300, 750, 0, 0, 10_000, 10_100, 10_100]) == [
        "PTU A 23%    PTU B 7,5%   PTU C 0%",
        "PTU D 0%     E Zwolniona",
    ]
    assert layout.rate_table([10_100] * 7) == [""]


@pytest.mark.parametrize("width", [40, 56])
def test_every_document_keeps_to_the_paper(make_bench, width):
    bench = make_bench(profile=Profile(width=width))
    name = "Bardzo długa nazwa towaru która nie mieści się w jednej linii wydruku"
    long = f"trline|na{name}|vt0|pr123456|il123,456|op{'o' * 50}|rp1000|rn{'r' * 25}"
    bench.run("trinit", long, f"trpack|na12345678901|pr999999999|de{'d' * 50}")
    bench.run(f"trdiscntline|vt0|ds{name}|rt100000|rw1|na{'n' * 25}", "trdiscntbill|rp1")
    bench.run(f"trnipset|ni{'1' * 30}|ds{'c' * 56}", "trpaymentcurr|wc1|ra9999999|naX|sbEUR")
    bench.run(f"trpayment|ty2|wa1|na{'k' * 25}", "trpaymentcanc", "trend")
    bench.run("trfvinit|nmFaktura", f"trfvbuyer|na{'b' * 256}|ni{'1' * 20}|ad{'a' * 256}|sc0")
    bench.run(f"trfvnumber|nb{'9' * 40}|sc1", long, f"trfvfree|fr1|ba{'p' * 256}|sc2", "trend")
    bench.report()
    bench.run("stocash|kw100", "cash|kw100|wp1", f"login|na{'l' * 32}|nk12345678|dr1", "servicerep")
    bench.run("shiftrep|sh12345678", "monthlyrep|da2026-03-01", "eventsrepbynumbers|fn1|tn1|ty0")
    assert max(len(line) for line in bench.printed.splitlines()) == width


def test_a_printer_that_is_not_fiscal_says_so(make_bench):
    bench = make_bench(is_fiscal=False)
    bench.sell()
    assert "N I E F I S K A L N Y" in bench.printed
    assert "{PL}" not in bench.printed
    assert "PARAGON FISKALNY" not in bench.printed
