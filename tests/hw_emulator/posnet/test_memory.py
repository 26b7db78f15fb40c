from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hw_emulator.posnet.memory import FiscalMemory, MemoryBusy, MemoryDamaged, read_memory

ROOT = Path(__file__).parents[3]
LINE = "trline|naŁosoś|vt2|pr245"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fiscal.mem"


@pytest.fixture
def again(make_bench, path):
    """Switch the printer on; the one before is off."""
    benches = []

    def make(**options):
        if benches:
            benches[-1].memory.close()
        benches.append(make_bench(memory=FiscalMemory(path), **options))
        return benches[-1]

    yield make
    benches[-1].memory.close()


def test_counters_totals_and_settings_outlive_the_power(again):
    bench = again()
    bench.sell(LINE)
    bench.run("trinit", LINE, "prncancel", "cash|kw500|wp1", "login|naAnna|nk007")
    bench.report()
    bench.run(f"vatset|va22|vb7|da{bench.today}", "discounttypeset|dt1", "hdrset|txNowy|pr1")
    bench.sell("trline|naHerbata|vt1|pr100")
    questions = ("scnt", "stot", "sfsk", "strns", "scomm", "scashstate", "hdrget", "fmrecrd")
    questions += ("discounttypeget", "doccntget", "dbchkplu|vt0|naHerbata", "eclastdocnoget|ty4")
    before = {text: bench.ask(text) for text in questions}
    bench = again()
    assert {text: bench.ask(text) for text in questions} == before
    assert bench.device.books.cashier == "Anna"


def test_a_name_stays_locked_over_the_power(again):
    again().sell(LINE)
    bench = again()
    bench.run("trinit")
    assert bench.error("trline|naŁOSOŚ|vt0|pr245") == 2106


@pytest.mark.parametrize("mode", ["0", "1"])
def test_an_open_receipt_is_cancelled_by_the_printer_itself(again, mode):
    again().run("ftrcfg|snSALE-9", f"trinit|bm{mode}", LINE, LINE)
    bench = again()
    counters = bench.ask("scnt")
    assert [counters[name] for name in ("bn", "bc", "bt", "hn")] == ["0", "1", "1", "1"]
    assert bench.ask("stot")["ct"] == "490"
    assert bench.ask("stot")["bc"] == "1"
    assert bench.ask("strns")["to"] == bench.ask("scomm")["ts"] == "0"
    assert bench.device.view().cancelled[0].by == "power"
    assert "TRANSAKCJA ANULOWANA" in bench.printed


def test_a_receipt_with_an_open_footer_stays_sold(again):
    again().run("trinit", LINE, "trend|fe0")
    bench = again()
    counters, answer = bench.ask("scnt"), bench.ask("strns")
    assert (counters["bn"], counters["bc"]) == ("1", "0")
    assert (answer["to"], answer["fe"], answer["vc"]) == ("0", "N", "245")


def test_invoices_packaging_and_closing_outlive_the_power(again):
    bench = again()
    bench.run("trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb7|sc0", LINE, "trend")
    bench.run("trinit", LINE, "trpack|pr50", "trend|op50", "trpackinit", "trpack|pr20", "trend")
    bench.report()
    bench.run(f"endrepro|da{bench.today}")
    before = bench.ask("scnt"), bench.ask("fmrecrd"), bench.ask("strns"), bench.ask("scashstate")
    documents = list(bench.memory.documents())
    bench = again()
    assert before == (
        *(bench.ask("scnt"), bench.ask("fmrecrd"), bench.ask("strns"), bench.ask("scashstate")),
    )
    assert list(bench.memory.documents()) == documents
    assert bench.ask("scomm")["td"] == "T"


def test_loss_of_ram(again):
    bench = again()
    bench.sell(LINE)
    bench.report()
    bench.sell(LINE)
    bench.run("trinit", LINE)
    bench = again(ram_reset=True)
    assert bench.ask("sfsk")["cl"] == "1"
    assert bench.ask("sfsk")["rd"] == "1"
    assert bench.ask("scnt")["bn"] == bench.ask("scnt")["bt"] == "0"
    assert bench.ask("strns")["ts"] == "0"
    assert bench.ask("fmrecrd")["pc"] == "245"
    assert len(bench.device.view().receipts) == 2


@pytest.mark.parametrize("cut", [1, 2, 10, 40])
def test_a_torn_last_line_was_never_there(again, path, cut):
    bench = again()
    bench.sell(LINE)
    before = bench.ask("scnt")
    size = path.stat().st_size
    bench.sell(LINE)
    bench.memory.close()
    path.write_bytes(path.read_bytes()[:-cut])
    assert len(read_memory(path).receipts) == 1
    bench = again()
    counters = bench.ask("scnt")
    assert counters["bn"] == before["bn"] == "1"
    assert counters["bc"] == "1"
    assert path.stat().st_size > size
    bench.sell(LINE)
    assert len(read_memory(path).receipts) == 2


def test_damage_in_the_middle_is_found(again, path):
    again().sell(LINE)
    data = path.read_bytes()
    again().memory.close()
    path.write_bytes(data.replace(b"2101000001", b"2101000002", 1))
    with pytest.raises(MemoryDamaged):
        read_memory(path)
    with pytest.raises(MemoryDamaged):
        FiscalMemory(path)
    path.write_bytes(data)


def test_a_missing_line_is_found(again, path):
    again().sell(LINE)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:1] + lines[2:]))
    with pytest.raises(MemoryDamaged):
        read_memory(path)
    path.write_bytes(b"".join(lines))


def test_two_printers_cannot_share_a_memory(again, path):
    again()
    with pytest.raises(MemoryBusy):
        FiscalMemory(path)


def test_a_memory_may_be_read_while_the_printer_works(again, path):
    bench = again()
    bench.run("ftrcfg|snSALE-1")
    bench.sell("trline|naMleko|vt1|pr349|il2,5|rd1|rw73", "trline|naChleb|vt2|pr500")
    (receipt,) = read_memory(path).receipts
    assert receipt == bench.device.view().receipts[0]
    assert (receipt.number, receipt.report_no, receipt.reference) == (1, 1, "SALE-1")
    assert (receipt.total_gr, receipt.totals_gr[1:3]) == (1300, (800, 500))
    assert [(line.name, line.vat, line.value_gr, line.quantity) for line in receipt.lines] == [
        ("Mleko", "B", 800, "2.5"),
        ("Chleb", "C", 500, "1"),
    ]
    assert receipt.lines[0].discount_gr == 73
    assert receipt.payments == ((0, 1300, ""),)
    bench.report()
    (report,) = read_memory(path).reports
    assert (report.number, report.receipts, report.totals_gr[1:3]) == (1, 1, (800, 500))


def test_every_line_carries_its_checksum(again, path):
    again().sell(LINE)
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        assert json.loads(line[9:])["n"] == number


@pytest.mark.parametrize(("fault", "sold"), [("die-after:trend:3", 3), ("die-before:trend:3", 2)])
def test_what_was_fiscal_stays_fiscal_when_the_printer_dies(path, connect, fault, sold):
    command = [sys.executable, "-m", "hw_emulator", "posnet", "--tcp", "127.0.0.1:0"]
    with subprocess.Popen(
        [*command, "--memory", path, "--fault", fault], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        client = connect(process.stdout.readline().split("tcp=")[1].strip())
        for _ in range(2):
            for text in ("trinit|bm1", LINE, "trend"):
                assert client.ask(text).error is None
        client.ask("trinit|bm1")
        client.ask(LINE)
        client.send("trend")
        with pytest.raises((EOFError, ConnectionError)):
            client.receive()
        assert process.wait(5) == 70
    assert len(read_memory(path).receipts) == sold


def test_an_answered_receipt_survives_a_kill(path, connect):
    command = [sys.executable, "-m", "hw_emulator", "posnet", "--tcp", "127.0.0.1:0"]
    with subprocess.Popen(
        [*command, "--memory", path], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        client = connect(process.stdout.readline().split("tcp=")[1].strip())
        for text in ("trinit|bm1", LINE, "trend", "trinit", LINE):
            assert client.ask(text).error is None
        process.send_signal(signal.SIGKILL)
        process.wait(5)
    assert len(read_memory(path).receipts) == 1
    memory = FiscalMemory(path)
    assert memory.books.last.is_open
    memory.close()
