from __future__ import annotations


def marks_of(bench) -> list[str]:
    return [line for line in bench.printed.splitlines() if line.startswith("[")]


def test_the_code_goes_above_or_below_the_bar_code(bench):
    bench.run("qrcode|txABC", "ftrcfg|bc123|bb1")
    bench.sell()
    bench.run("qrcode|txDEF", "ftrcfg|bc456|bb2")
    bench.sell()
    assert marks_of(bench) == [
        "[QR ECC=L PX=2] ABC",
        "[BARCODE EAN128] 123",
        "[BARCODE EAN128] 456",
        "[QR ECC=L PX=2] DEF",
    ]


def test_it_is_printed_once_and_only_when_asked_for(bench):
    bench.run("qrcode|txABC")
    bench.sell()
    assert not marks_of(bench)
    bench.run("ftrcfg|bb1")
    bench.sell()
    bench.run("ftrcfg|bb1")
    bench.sell()
    assert marks_of(bench) == ["[QR ECC=L PX=2] ABC"]


def test_a_place_there_is_not_is_the_last_good_one(bench):
    bench.run("qrcode|txABC", "ftrcfg|bb9")
    bench.sell()
    assert not marks_of(bench)
    bench.run("ftrcfg|bb2", "ftrcfg|bb9")
    bench.sell()
    assert marks_of(bench) == ["[QR ECC=L PX=2] ABC"]


def test_the_signature_as_a_code(bench):
    bench.run("signatureprintcfgset|pc1")
    bench.sell()
    signature = bench.memory.view().receipts[0].signature
    assert f"[QR ECC=L PX=2] {signature}" in bench.printed.splitlines()


def test_an_end_without_feed(bench):
    bench.run("ftrcfg|fe2", "cash|kw100|wp1")
    assert not bench.printed.endswith("\n\n")
    bench.run("ftrcfg|fe9", "cash|kw100|wp1")
    assert bench.printed.endswith("\n\n")
