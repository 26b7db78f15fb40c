from __future__ import annotations

import hashlib

import pytest

from hw_emulator.posnet.image_store import Image
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.profile import PROFILES

BITS = bytes(range(32))


def program(bench, slot: int = 1) -> None:
    bench.run(f"imgslotset|no{slot}|wx16|hx16|tx{BITS[:20].hex()}")
    bench.run(f"imgslotappend|no{slot}|tx{BITS[20:].hex()}")


def test_an_image_comes_in_pieces_and_goes_back(bench):
    bench.run(f"imgslotset|no1|wx16|hx16|tx{BITS[:20].hex()}")
    assert bench.ask("imgslotisbusy") == {"ib": "T"}
    assert bench.error("imgslotget|no1") == 3251
    bench.run(f"imgslotappend|no1|tx{BITS[20:].hex()}")
    assert bench.ask("imgslotisbusy") == {"ib": "N"}
    assert bench.ask("imgslotget|no1") == {"wx": "16", "hx": "16"}
    assert bench.ask("imgslotreceive|no1|ad4|rb8") == {"tx": BITS[4:12].hex().upper()}
    assert bench.ask("imgslotreceive|no1|ad30|rb8") == {"tx": BITS[30:].hex().upper()}
    digest = hashlib.sha1(BITS, usedforsecurity=False).hexdigest().upper()
    assert bench.ask("imgslotchecksum|no1") == {"sh": digest}


def test_and_as_a_file(bench):
    file = Image(16, 16, BITS).as_bmp()
    bench.run("imgslotset|no2|bm1", f"imgslotappend|no2|tx{file.hex()}")
    assert bench.ask("imgslotget|no2") == {"wx": "16", "hx": "16"}
    assert bench.ask("imgslotreceive|no2|ad0|rb32") == {"tx": BITS.hex().upper()}
    assert bench.ask("imgslotreceive|no2|ad0|rb2|bm1") == {"tx": "424D"}
    digest = hashlib.sha1(file, usedforsecurity=False).hexdigest().upper()
    assert bench.ask("imgslotchecksum|no2|bm1") == {"sh": digest}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("imgslotset|no0|wx8|hx8", 3250),
        ("imgslotset|no501|wx8|hx8", 3250),
        ("imgslotset|no1", 3264),
        ("imgslotset|no1|wx8", 3264),
        ("imgslotset|no1|wx8|hx8|bm1", 3265),
        ("imgslotset|no1|wx641|hx8", 3253),
        ("imgslotset|no1|wx0|hx8", 3253),
        ("imgslotset|no1|wx8|hx1|txFFFF", 3258),
        ("imgslotset|no1|bm1|tx0000", 3266),
        ("imgslotset|no1|wx8|hx8|txF", 2080),
        ("imgslotset|no1|wx8|hx8|tx" + "00" * 1025, 10),
        ("imgslotappend|no1|tx00", 3251),
        ("imgslotget|no1", 3251),
        ("imgslotdelete|no1", 3251),
        ("imgslotdocid|no1", 3251),
        ("imgprogrep|no1", 3251),
        ("imgheaderset|no1", 3251),
        ("imgfooterset|no501", 3250),
        ("imgrep", 3251),
        ("imgrep|fn2|tn1", 3250),
    ],
)
def test_images_it_does_not_take(bench, text, error):
    assert bench.error(text) == error
    assert bench.ask("imgslotisbusy") == {"ib": "N"}


def test_one_image_at_a_time(bench):
    bench.run("imgslotset|no1|wx16|hx16")
    assert bench.error("imgslotset|no2|wx8|hx8") == 3268
    assert bench.error("imgslotappend|no2|tx00") == 3268
    bench.run("imgslotcancel")
    bench.run("imgslotset|no2|wx8|hx1|txFF")


def test_too_much_of_it_ends_it(bench):
    bench.run("imgslotset|no1|wx8|hx2|txFF")
    assert bench.error("imgslotappend|no1|txFFFF") == 3258
    assert bench.ask("imgslotisbusy") == {"ib": "N"}


def test_reading_beyond_the_end(bench):
    program(bench)
    assert bench.error("imgslotreceive|no1|ad32|rb1") == 3258
    assert bench.error("imgslotreceive|no1|ad0|rb257") == 3258


def test_header_and_footer_show_their_images(bench):
    program(bench, 3)
    program(bench, 4)
    bench.run("imgheaderset|no3", "imgfooterset|no4")
    assert bench.ask("imgdocget") == {"hd": "3", "ft": "4"}
    bench.sell()
    lines = bench.printed.splitlines()
    assert lines[0] == "[IMAGE 3 16x16]"
    assert lines[-2] == "[IMAGE 4 16x16]"
    bench.run("imgheaderset|no0", "imgslotdelete|no4")
    before = bench.printed
    bench.sell()
    assert "[IMAGE" not in bench.printed[len(before) :]


def test_printing_to_confirm(bench):
    program(bench, 3)
    bench.run("imgprogrep|no3", "imgrep")
    assert bench.printed.count("[IMAGE 3 16x16]") == 2
    assert "POTWIERDZENIE PROGRAMOWANIA GRAFIKI" in bench.printed
    assert bench.ask("stot")["nf"] == "2"


def test_an_image_is_a_document_of_protected_memory(bench):
    bench.sell()
    program(bench)
    document = bench.ask("imgslotdocid|no1")["id"]
    assert document == bench.ask("eclastdocnoget|ty10")["di"] == bench.ask("eclastdocnoget")["di"]
    bench.run("imgslotdelete|no1")
    assert bench.ask("eclastdocnoget|ty10")["di"] == document


def test_images_outlive_the_power(tmp_path, make_bench):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path))
    program(bench)
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path), ram_reset=True)
    assert again.ask("imgslotget|no1") == {"wx": "16", "hx": "16"}
    again.memory.close()


def test_the_small_printer_has_forty_slots(make_bench):
    bench = make_bench(profile=PROFILES["fawag"])
    bench.run("imgslotset|no40|wx8|hx1|txFF")
    assert bench.error("imgslotset|no41|wx8|hx1|txFF") == 3250
