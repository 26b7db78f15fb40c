from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from drivers.escpos.profile import profiles
from drivers.escpos.text import LETTERS

# Printers of the list that have no page with Polish letters.
WITHOUT_POLISH = {"T-1", "TM-T88III", "TM-T88IV-SA", "TM-U220", "TM-U220B", "simple"}


def test_who_cannot_print_polish():
    assert {one.name for one in profiles().values() if one.missing("pl")} == WITHOUT_POLISH


@pytest.mark.parametrize("language", ["fr", "es"])
def test_who_cannot_print_the_other_languages(language):
    found = {one.name for one in profiles().values() if one.missing(language)}
    assert found == {"TM-T88IV-SA", "TM-U220", "TM-U220B", "simple"}


def test_customer_displays_are_no_printers():
    assert {"TM-T20II", "default", "POS-5890"} <= set(profiles())
    assert not {"AF-240", "OCD-100", "OCD-300"} & set(profiles())


def test_widths():
    known = profiles()
    assert (known["TM-T20II"].columns, known["TM-T20II"].columns_b) == (48, 64)
    assert (known["TM-T20II"].dots, known["TM-T20II"].width_dots) == (576, 576)
    assert (known["default"].dots, known["default"].width_dots) == (0, 504)
    # Its entry gives the width of a letter for the number of letters.
    assert (known["NT-80-V-UL"].columns, known["NT-80-V-UL"].columns_b) == (48, 64)
    assert known["ZJ-5870"].columns_b == 0


@pytest.mark.parametrize(
    ("name", "text", "language", "page"),
    [
        ("TM-T20II", "Mleko 5 zł", "pl", "CP852"),
        ("TM-T20II", "Mleko 5 €", "pl", "CP1250"),
        ("TM-T20II", "Żółw 5 € ¿Sí?", "pl", "CP1250"),  # none has them all, this one has the most
        ("TM-T88IV", "Mleko 5 €", "pl", "CP852"),
        ("TM-T20II", "Crème brûlée 5 €", "fr", "CP1252"),
        ("T-1", "Crème brûlée 5 €", "fr", "CP858"),
        ("TM-T20II", "Jamón 5 €", "es", "CP858"),
        ("simple", "Mleko", "pl", ""),
        ("TM-T20II", "x", "xx", "CP858"),
    ],
)
def test_the_page_that_has_the_most_of_a_slip(name, text, language, page):
    assert profiles()[name].page_for(text, language) == page


def test_the_list_costs_no_import_of_the_library():
    program = (
        "import sys\nfrom drivers.escpos.profile import profiles\nassert profiles()\n"
        "assert not {'escpos.escpos', 'escpos.capabilities', 'PIL'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert done.returncode == 0


def handbook():
    """Rows of the table of profiles in the handbook: names, page for Polish, page with €."""
    text = (Path(__file__).parents[3] / "docs" / "escpos.md").read_text(encoding="utf-8")
    table = text.partition("| profiles |")[2].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        names, polish, euro, _ = [cell.strip() for cell in line.strip("|").split("|")]
        yield re.findall(r"`([^`]+)`", names), polish, euro


def test_the_handbook_lists_every_profile_with_its_pages():
    rows = list(handbook())
    assert sorted(name for names, _, _ in rows for name in names) == sorted(profiles())
    for names, polish, euro in rows:
        for profile in (profiles()[name] for name in names):
            if profile.speaks_star:
                assert (polish, euro) == ("–", "–")
                continue
            page = profile.page_for(LETTERS["pl"], "pl")
            assert (page or "none") == polish, profile.name
            if polish != "none":
                with_euro = profile.page_for("ą €", "pl")
                assert with_euro == (euro if euro.startswith("CP") else page), profile.name
            elif euro != "none":
                assert profile.page_for("é €", "es") == euro, profile.name
