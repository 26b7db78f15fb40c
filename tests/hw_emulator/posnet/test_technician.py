from __future__ import annotations

import pytest

from hw_emulator.posnet.profile import Profile


def test_identity_counters_and_limits(make_bench):
    bench = make_bench(profile=Profile(reports_max=7, vat_changes_max=3, counts_daily=False))
    bench.report()
    bench.run(f"vatset|va22|da{bench.today}", "servicerep")
    for line in (
        "               POSNET THERMAL XL2 ONLINE",
        "NR UNIKATOWY              ABC 2101000001",
        "FISKALNY LICZNIK PARAGONÓW        CIĄGŁY",
        "TRYB PRACY DRUKARKI             FISKALNY",
        "FISKALIZACJA            2026-03-02 10:00",
        "STAWKI PTU                           1/3",
        "RAPORTY FISKALNE DOBOWE              1/7",
        "ZEROWANIA PAMIĘCI OPERACYJNEJ      0/200",
    ):
        assert line + "\n" in bench.printed


@pytest.mark.parametrize("is_fiscal", [True, False])
def test_what_only_a_fiscal_printer_tells(make_bench, is_fiscal):
    bench = make_bench(is_fiscal=is_fiscal)
    bench.run("servicerep")
    assert ("FISKALIZACJA" in bench.printed) is is_fiscal
    assert ("NIEFISKALNY\n" in bench.printed) is not is_fiscal
