from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from drivers.tape_file import Kind, NotATape, load
from terminal.engine import Engine
from terminal.gear import tables
from terminal.gear.saved_tapes import NoTill, ask_for_tapes, read_tape, saved_tapes
from terminal.gear.tapes import REQUEST, Tapes

NIP = "5261040828"


@pytest.fixture
def tapes(tmp_path):
    thread = Engine("tapes")
    made = Tapes(tmp_path, tables.Tape(), lambda: datetime(2026, 3, 2, 12, tzinfo=UTC), thread)
    tape = made.tape("slips", "escpos", "tcp://127.0.0.1:9100", stop=1)
    tape.record(f"NIP {NIP}\n".encode(), is_ours=True)
    tape.note(Kind.ERROR, "no\x1b[2J answer")
    yield made
    made.stop()


def saved(tapes: Tapes):
    tapes.save_all("a test")
    tapes.stop()
    return saved_tapes(tapes.folder.parent)


def test_saved_tapes_are_listed_with_what_they_are_of(tapes):
    (one,) = saved(tapes)
    assert one.about == "slips: a test"
    assert one.bytes == one.path.stat().st_size


def test_the_newest_comes_first_and_a_broken_one_says_so(tapes):
    saved(tapes)
    (tapes.folder / "2030-broken.jsonl").write_text("{}")
    (tapes.folder / "notes.txt").write_text("no tape")
    first, second = saved_tapes(tapes.folder.parent)
    assert first.about.startswith("cannot be read: line 1: not a tape")
    assert second.about == "slips: a test"


def test_a_folder_without_tapes(tmp_path):
    assert saved_tapes(tmp_path / "nowhere") == []


def test_a_tape_is_read_and_shown_in_polish_time(tapes):
    (one,) = saved(tapes)
    lines = list(read_tape(one.path).lines())
    assert lines[:3] == [
        "device  slips (escpos) on tcp://127.0.0.1:9100 stop=1",
        f"saved   2026-03-02T12:00:00.000+00:00 by version {read_tape(one.path).header.program}",
        "why     a test",
    ]
    assert lines[3].endswith(f"> NIP {NIP}<0a>")
    assert lines[4].endswith("error no·[2J answer")


def test_a_masked_tape_is_a_tape(tapes):
    (one,) = saved(tapes)
    masked = read_tape(one.path).masked()
    assert NIP not in "".join(masked.lines())
    header, passages = load("".join(masked.file_lines()))
    assert header.device == "slips"
    assert passages[0].data == b"NIP 0000000000\n"


def test_what_is_no_tape_is_refused(tmp_path):
    (tmp_path / "x").write_text("hello")
    with pytest.raises(NotATape):
        read_tape(tmp_path / "x")
    with pytest.raises(OSError, match="missing"):
        read_tape(tmp_path / "missing")


def test_a_running_till_is_asked_for_its_tapes(tapes):
    stopped = threading.Event()

    def tick() -> None:
        while not stopped.wait(0.01):
            tapes.look()

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        (path,) = ask_for_tapes(tapes.folder.parent, 20)
    finally:
        stopped.set()
        ticker.join()
    assert path.name.endswith("-slips-asked.jsonl")
    assert read_tape(path).header.why == "asked for by a technician"


def test_without_a_till_nobody_answers(tapes, tmp_path):
    with pytest.raises(NoTill, match="is it running"):
        ask_for_tapes(tapes.folder.parent, 0.01)
    assert not (tapes.folder / REQUEST).exists()
    with pytest.raises(NoTill, match="no till has ever worked here"):
        ask_for_tapes(tmp_path / "nowhere", 0.01)
