from __future__ import annotations

import subprocess
import sys

from hw_emulator.rows import PLAIN, Align, Run, Style, Text, text_row


def test_a_character_takes_its_cell():
    assert (PLAIN.width, PLAIN.height) == (12, 24)
    assert (Style(wide=2).width, Style(high=3).height) == (24, 72)
    assert (Style(small=True, wide=2).width, Style(small=True).height) == (18, 17)


def test_a_row_of_one_style():
    bold = Style(bold=True)
    assert text_row("Łódź", bold, Align.RIGHT) == Text((Run("Łódź", bold),), Align.RIGHT)


def test_rows_and_whole_emulators_start_without_a_library_for_pictures():
    code = (
        "import sys; import hw_emulator.rows, hw_emulator.host, hw_emulator.options;"
        "assert not {'PIL', 'qrcode', 'barcode'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
