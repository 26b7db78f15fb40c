from __future__ import annotations

import pytest

from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.outside import Server

READY = (
    "servicedataset|ni5222628262",
    "servicemandataset|naJan Kowalski|id12345",
    "factorynumberset|fnPO808011022",
)
FISCALIZE = "fiscalize|ni1234563218|dl1|da2026-03-02;10:00"


@pytest.fixture
def training(make_bench):
    return make_bench(is_fiscal=False)


def ready(bench):
    bench.run(*READY)
    bench.device.outside.jumper = True
    return bench


def test_from_training_to_fiscal(training):
    training.sell()
    training.run("cash|kw100|wp1")
    ready(training).run(f"{FISCALIZE}|ut3|ot2|rn2026/000000777")
    assert training.ask("scomm")["fs"] == "T"
    assert training.ask("usetypeget") == {"ty": "3"}
    assert training.ask("ownershiptypeget") == {"ty": "2"}
    record = training.ask("fmrecfisc")
    assert (record["ni"], record["rn"], record["fn"]) == (
        "1234563218",
        "2026/000000777",
        "PO808011022",
    )
    assert (record["bc"], record["na"], record["va"]) == ("T", "PLN", "23,00")
    assert training.ask("scnt")["hn"] == "1"
    assert training.ask("scnt")["bt"] == "0"
    assert "RAPORT FISKALNY FISKALIZACJI" in training.printed
    training.sell()
    assert training.printed.splitlines()[-4].startswith("00001 ")
    assert "{PL} ABC 2101000001" in training.printed


def test_without_a_printed_report(training):
    ready(training).run(f"{FISCALIZE}|pr0")
    assert training.printed == ""
    assert training.ask("scnt")["hn"] == "0"


def test_the_number_comes_from_the_ministry_and_the_counter_may_go_on(training):
    ready(training).run("fiscalize|ni1234563218|dl0|da2026-03-02;10:00")
    assert training.ask("fmrecfisc")["rn"] == "2026/000000001"
    assert training.ask("fmrecfisc")["bc"] == "N"
    assert training.ask("billcountercfgget") == {"dl": "N"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("fiscalize|ni123456321|dl1|da2026-03-02;10:00", 2096),
        ("fiscalize|ni12345632XX|dl1|da2026-03-02;10:00", 2031),
        ("fiscalize|ni1234563218|da2026-03-02;10:00", 2),
        ("fiscalize|ni1234563218|dl1|da2026-03-01;10:00", 2022),
        (f"{FISCALIZE}|ut4", 3099),
        (f"{FISCALIZE}|ot6", 3098),
        (f"{FISCALIZE}|rn{'1' * 15}", 10),
    ],
)
def test_what_it_does_not_accept(training, text, error):
    assert ready(training).error(text) == error
    assert training.ask("scomm")["fs"] == "N"


@pytest.mark.parametrize("missing", range(3))
def test_everything_has_to_be_there_first(training, missing):
    training.run(*(text for index, text in enumerate(READY) if index != missing))
    training.device.outside.jumper = True
    assert training.error(FISCALIZE) == (1054 if missing == 2 else 1057)


def test_the_jumper_and_the_ministry_have_to_agree(training):
    training.run(*READY)
    assert training.error(FISCALIZE) == 361
    training.device.outside.jumper = True
    training.device.outside.repository = Server.FAILS
    assert training.error(FISCALIZE) == 3904


def test_only_once(bench):
    ready_text = "servicedataset|ni5222628262"
    assert bench.error(ready_text) == 2033
    bench.device.outside.jumper = True
    assert bench.error(FISCALIZE) == 2033


@pytest.mark.parametrize(
    "text",
    [
        "taxofficedataset|us1234",
        "taxofficedataget",
        "servicedataget",
        "servicemandataset|naX|id1",
        "servicemandataget",
    ],
)
def test_data_of_a_printer_in_training_only(bench, training, text):
    assert bench.error(text) == 2033
    training.run(text)


@pytest.mark.parametrize("text", ["usetypeget", "ownershiptypeget"])
def test_data_of_a_fiscal_printer_only(bench, training, text):
    assert training.error(text) == 2034
    assert bench.ask(text) == {"ty": "1"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("taxofficedataset|us123", 3922),
        ("taxofficedataset|us12a4", 3923),
        ("taxofficedataset|us12345678901", 10),
        ("servicedataset|ni123", 2096),
        ("servicemandataset|naX|id", 2074),
        ("servicemandataset|na" + "x" * 41 + "|id1", 10),
        ("factorynumberset|fn123", 1056),
        ("factorynumberget", 1054),
    ],
)
def test_data_it_does_not_take(training, text, error):
    assert training.error(text) == error


def test_who_serves_it_is_read_back(training):
    training.run(*READY)
    assert training.ask("servicedataget") == {"ni": "5222628262"}
    assert training.ask("servicemandataget") == {"na": "Jan Kowalski", "id": "12345"}
    assert training.ask("taxofficedataget") == {"us": ""}
    assert training.ask("factorynumberget") == {"fn": "PO808011022"}
    assert training.error("factorynumberset|fnPO808011023") == 1055


def test_a_fiscal_printer_was_born_with_a_number(bench):
    assert bench.ask("factorynumberget") == {"fn": "PO260100001"}
    assert bench.error("factorynumberset|fnPO808011023") == 1055


def test_it_stays_fiscal(tmp_path, make_bench):
    path = tmp_path / "fiscal.jsonl"
    bench = ready(make_bench(memory=FiscalMemory(path), is_fiscal=False))
    bench.run(FISCALIZE)
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path), is_fiscal=False, ram_reset=True)
    assert again.ask("scomm")["fs"] == "T"
    assert again.ask("fmrecfisc")["ni"] == "1234563218"
    assert again.ask("sfsk")["cl"] == "1"
    again.memory.close()
