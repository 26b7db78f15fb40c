from __future__ import annotations

import pytest

from hw_emulator.posnet.outside import Server


@pytest.mark.parametrize("command", ["hardwarecfgrep", "commcfgrep", "reponline", "eparagonrep"])
def test_they_are_non_fiscal_documents(bench, command):
    bench.run(command)
    assert "N I E F I S K A L N Y" in bench.printed
    assert bench.ask("stot")["nf"] == "1"
    assert max(map(len, bench.printed.splitlines())) <= 40
    bench.run("trinit")
    assert bench.error(command) == 2038


def test_settings_are_shown_as_they_are(bench):
    bench.run("soundcfgset|kb0", "prncfgset|nf1", "quantitysigncfgset|qa2", "prnwidthset|wd2")
    bench.run("hardwarecfgrep")
    lines = bench.printed.splitlines()
    assert "Dźwięki klawiszy" + "NIE".rjust(24) in lines
    assert "Dokumentów niefiskalnych" + "TAK".rjust(16) in lines
    assert "Informacyjne" + "9999".rjust(28) in lines
    assert "Opcja wydruku" + "80mm, 40 znaków".rjust(27) in lines
    assert "Znak ilości na paragonach" + "'*'".rjust(15) in lines


def test_ports_are_shown_as_they_are(bench):
    bench.run("pccfgset|id1|no2|cp1|pi1", "comcfgset|no2|sp9600|da8|st1|pa2|fl1", "commcfgrep")
    lines = bench.printed.splitlines()
    assert "  Interfejs" + "COM 2".rjust(29) in lines
    assert "  Strona kodowa" + "LATIN 2".rjust(25) in lines
    assert "COM 2" + "9600, 8, 1, Even, RTS/CTS".rjust(35) in lines


def test_the_state_of_the_link(bench):
    bench.device.outside.repository = Server.UNREACHABLE
    bench.run("repositoryeventhubtrigger", "reponline")
    assert "NIEDOSTĘPNY" in bench.printed
    assert "2026-03-02 10:00" in bench.printed
