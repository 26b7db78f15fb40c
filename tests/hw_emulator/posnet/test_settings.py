from __future__ import annotations

import pytest

from hw_emulator.posnet.codes import BadField, Refused
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.settings import flag, keep, number, read, read_fields, text


def test_a_cell_says_all_about_a_setting():
    seconds, width, constant, name = read_fields("ti:i<5-300>?2712=99 wd!i<0-2>?~=1 cm.b=N na:s8=X")
    assert (seconds.param, seconds.default, seconds.fit(300)) == ("ti:i", 99, 300)
    assert (width.fit(2), width.fit(3)) == (2, 1)
    assert (constant.is_settable, constant.default) == (False, False)
    assert (name.param, name.default, name.fit("anything")) == ("na:s8", "X", "anything")
    with pytest.raises(Refused) as refused:
        seconds.fit(4)
    assert refused.value.code == 2712


def test_out_of_range_without_a_number_is_a_frame_error():
    (cell,) = read_fields("to!i<0-300>=0")
    with pytest.raises(BadField) as bad:
        cell.fit(301)
    assert (bad.value.code, bad.value.field) == (3, "to")


def test_a_bad_table_does_not_start():
    with pytest.raises(ValueError, match="no cell"):
        read_fields("ti:i<5-300")


def test_what_is_not_sent_stays(bench):
    bench.run("timeoutcfgset|td30|tc15", "timeoutcfgset|td20")
    assert bench.ask("timeoutcfgget") == {"td": "20", "tc": "15"}


def test_a_refused_set_changes_nothing(bench):
    assert bench.error("timeoutcfgset|td20|tc181") == 706
    assert bench.ask("timeoutcfgget") == {"td": "10", "tc": "0"}


def test_settings_are_in_the_file_and_a_ram_reset_forgets_some(tmp_path, make_bench):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path))
    bench.run("soundcfgset|kb0", "pccfgset|id4|no7000|cp2|pi2", "prnwidthset|wd0")
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path))
    assert again.ask("soundcfgget") == {"kb": "N"}
    assert again.ask("pccfgget|pi2") == {"id": "4", "no": "7000", "pr": "0", "cp": "2"}
    again.memory.close()
    reset = make_bench(memory=FiscalMemory(path), ram_reset=True)
    assert reset.ask("soundcfgget") == {"kb": "T"}
    assert reset.ask("prnwidthget") == {"wd": "1"}
    # Whoever talks to the printer still can.
    assert reset.ask("pccfgget|pi2")["no"] == "7000"
    reset.memory.close()


def test_nothing_is_written_for_a_value_that_is_there_already(bench):
    bench.run("soundcfgset|kb1")
    assert not bench.memory.books.settings
    bench.run("soundcfgset|kb0", "soundcfgset|kb0")
    assert bench.memory.books.settings == {"soundcfg.kb": False}


def test_values_have_a_type_and_a_default(bench):
    books = bench.memory.books
    assert (flag(books, "soundcfg.kb"), number(books, "powerind.in")) == (True, 10)
    assert read(books, "no.such.setting") == ""
    keep(bench.device, {"dspcfg.1.co": 3})
    assert (number(books, "dspcfg.1.co"), number(books, "dspcfg.2.co")) == (3, 8)
    assert text(books, "flash.tcpipcfg.dp") == "8.8.8.8"
