from __future__ import annotations

import pytest

from hw_emulator.posnet.memory import FiscalMemory


def copies(bench, text: str) -> list[str]:
    """What a command printed."""
    before = bench.printed
    bench.ask(text)
    return bench.printed[len(before) :].splitlines()


def test_a_copy_says_it_is_none_of_the_fiscal_kind(bench):
    bench.sell()
    original = bench.printed.splitlines()
    copy = copies(bench, "ecprndoc|ty0")
    assert copy[0].strip() == copy[-2].strip() == "N I E F I S K A L N Y"
    assert [line.strip() for line in copy[1:-2]] == [
        line.strip().removeprefix("{PL} ") for line in original
    ]
    assert "{PL}" not in "".join(copy)


@pytest.mark.parametrize("mode", ["bm0", "bm1"])
def test_a_copy_is_the_same_however_the_receipt_was_printed(bench, mode):
    bench.run(f"trinit|{mode}", "trline|naKawa|vt0|pr100", "showsubtotal", "trend")
    assert any(line.startswith("Podsuma:") for line in copies(bench, "ecprndoc|ty0"))


def test_lines_after_the_receipt_are_copied_too(bench):
    bench.run(
        "trinit", "trline|naKawa|vt0|pr100", "trend|fe0", "trftrln|id0|naPunkty 5", "trftrend"
    )
    assert any(line.endswith("Punkty 5") for line in copies(bench, "ecprndoc|ty0"))


def test_a_cancelled_receipt_and_a_report_have_copies(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr100", "prncancel")
    bench.report()
    assert any("ANULOWANA" in line for line in copies(bench, "ecprndoc|ty0"))
    assert any("DOBOWY" in line for line in copies(bench, "ecprndoc|ty3"))


def test_a_cancelled_block_receipt_may_be_kept_without_paper(bench):
    bench.run("cancelledsaleprintcfgset|en0", "trinit|bm1", "trline|naKawa|vt0|pr100", "prncancel")
    assert not bench.printed
    assert any("ANULOWANA" in line for line in copies(bench, "ecprndoc|ty0"))


def test_documents_are_chosen_by_kind_number_and_date(bench):
    bench.sell()
    bench.sell()
    bench.run("cash|kw100|wp1")
    bench.device.jump(3600)
    bench.sell()

    def count(text: str) -> int:
        return int(bench.ask(f"ecprndoc|{text}")["il"])

    assert (count("ty0"), count("ty2"), count("ty3"), count("ty5")) == (3, 1, 0, 4)
    assert count("ty0|fn2") == 2
    assert count("ty0|fn2|tn2") == 1
    assert count("ty2|fn3|tn3") == 1  # by the number in the header
    assert count("ty5|fn2|tn2") == 4  # without a kind there is no number
    assert count("ty0|fd2026-03-02,11:00") == 1
    assert count("ty0|td2026-03-02,10:59") == 2
    assert count("ty1") == 0


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ecprndoc|ty4", 2917),
        ("ecprndoc|ty6", 2917),
        ("ecprndoc|ty0|fn3|tn2", 2048),
        ("ecprndoc|ty0|fd2026-03-03,10:00", 2050),
        ("eclastprintouts|no0", 3),
        ("eclastprintouts|no10", 3),
        ("eclastdocnoget|ty14", 2917),
        ("ecprnfv|fn1|ut1", 2930),
        ("ecprnfv|fn1|ut2", 3),
    ],
)
def test_documents_there_are_not(bench, text, error):
    assert bench.error(text) == error


def test_the_last_ones(bench):
    for amount in (100, 200, 300):
        bench.run(f"cash|kw{amount}|wp1")
    lines = copies(bench, "eclastprintouts|no2")
    amounts = [line.split()[-1] for line in lines if line.startswith("Wpłata do kasy")]
    assert amounts == ["2,00", "3,00"]


def test_copies_are_no_documents(bench):
    bench.sell()
    before = bench.ask("scnt"), bench.ask("stot"), bench.ask("eclastdocnoget")
    bench.run("ecprndoc", "eclastprintouts|no9")
    assert (bench.ask("scnt"), bench.ask("stot"), bench.ask("eclastdocnoget")) == before


def test_break_stops_after_the_document_that_is_printing(bench, read):
    for _ in range(3):
        bench.sell()
    write = bench.device.paper.write

    def write_and_break(lines):
        write(lines)
        bench.device.execute_now(read("!break"))

    bench.device.paper.write = write_and_break
    before = bench.printed
    assert bench.error("ecprndoc") == 30
    assert bench.printed[len(before) :].count("PARAGON FISKALNY") == 1
    bench.device.paper.write = write
    # An old break does not stop the next one.
    assert bench.ask("ecprndoc") == {"il": "3"}


def test_a_duplicate_is_for_the_client(bench):
    bench.run("trfvinit", "trfvbuyer|naJan|ni5222628262|sc0", "trfvnumber|nbFV 1|sc0")
    bench.run("trline|naKawa|vt0|pr100", "trend")
    client, issuer = copies(bench, "ecprnfv|fn1|ut0"), copies(bench, "ecprnfv|fn1|ut1")
    assert client[1].strip() == "DUPLIKAT 2026-03-02"
    assert any("FV 1" in line for line in client)
    assert any("FV 1" in line for line in issuer)
    assert "DUPLIKAT" not in "".join(issuer)
    assert "{PL}" not in "".join(client + issuer)
    assert bench.ask("ecprndoc|ty1") == {"il": "1"}


def test_images_are_copied_when_wanted(bench):
    bench.run("imgslotset|no1|wx8|hx1|txFF", "imgheaderset|no1")
    bench.sell()
    assert not any(line.startswith("[IMAGE") for line in copies(bench, "eclastprintouts|no1"))
    bench.run("imgecset|lv1")
    assert any(line.startswith("[IMAGE") for line in copies(bench, "eclastprintouts|no1"))
    bench.run("imgecset|lv0", "imgheaderset|no0", "imgprogrep|no1")
    assert any(line.startswith("[IMAGE") for line in copies(bench, "eclastprintouts|no1"))


def test_numbers_of_the_last_documents(bench):
    assert bench.ask("eclastdocnoget") == {"di": "0"}
    bench.sell()
    bench.run("cash|kw100|wp1", "trinit", "prncancel")
    bench.report()
    numbers = [bench.ask(f"eclastdocnoget|ty{kind}")["di"] for kind in range(14)]
    assert numbers == ["1", "3", "0", "0", "4", "2", *["0"] * 8]
    assert bench.ask("eclastdocnoget") == {"di": "4"}


def test_the_memory_fills(bench):
    empty = bench.ask("ecmedinfoget")
    assert (empty["pr"], empty["sf"]) == ("1", empty["ca"])
    for _ in range(5):
        bench.sell()
    assert int(bench.ask("ecmedinfoget")["sf"]) < int(empty["sf"])


def test_copies_outlive_the_power(tmp_path, make_bench):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path))
    bench.sell()
    original = bench.printed
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path))
    copy = copies(again, "eclastprintouts|no1")
    assert copy[1:5] == original.splitlines()[:4]
    assert path.stat().st_size < 4000
    again.memory.close()
