"""A shop on an old terminal: a sale by keys, the line is pulled out, the receipt is back."""

from __future__ import annotations

import pytest

from hw_emulator.posnet.memory import read_memory
from terminal.i18n import translate as says
from terminal.i18n import use_language
from tests.shop import counter, wait_until
from tests.walks.pty_till import PtyTill

CONFIG = """\
[store]
dir = "{store}"
[printer]
url = "{printer}"
[screen]
language = "pl"
"""


@pytest.fixture
def stand(tmp_path):
    use_language("pl")
    with counter(tmp_path) as one:
        one.till_folder.mkdir()
        one.enrol()
        config = one.folder / "till.toml"
        text = CONFIG.format(store=one.till_folder, printer=one.printer_url)
        config.write_text(text, encoding="utf-8")
        tills = [PtyTill(config, "vt220")]
        yield one, tills
        tills[-1].stop()
    use_language("en")


def log_in(till: PtyTill) -> None:
    till.until(says("Identifier"))
    till.press("2", "enter").until("PIN")
    till.press("2222", "enter").until(f"{says('TOTAL')} ", plain("Marek"))


def plain(text: str) -> str:
    """As a terminal without Polish letters shows it."""
    return text.translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))


def test_a_sale_on_a_vt220_that_is_pulled_out_in_the_middle_of_the_next(stand):
    one, tills = stand
    till = tills[0]
    till.until("drukarka OK")
    log_in(till)
    till.press("1", "enter").until("Chleb pszenny")
    till.press("enter").until(plain(says("Payment")))
    till.press("enter").until("Ostatni paragon: nr 1")
    (printed,) = read_memory(one.memory_file).receipts

    till.press("1", "enter").until("Chleb pszenny", "1 ")
    assert till.hang_up() == 0

    tills.append(PtyTill(tills[0].config, "vt220"))
    log_in(tills[1])
    tills[1].until("Chleb pszenny")
    tills[1].press("enter").until(plain(says("Payment")))
    tills[1].press("enter").until("Ostatni paragon: nr 2")
    wait_until(lambda: len(read_memory(one.memory_file).receipts) == 2, "printed")
    assert [one.total_gr for one in read_memory(one.memory_file).receipts] == [
        printed.total_gr,
        printed.total_gr,
    ]
