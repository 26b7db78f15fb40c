from __future__ import annotations

import errno

from textual._xterm_parser import XTermParser
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from ui.celldiff.line_driver import Losable
from ui.key_names import canonical, key_names

NAMES = key_names({})


class Gone:
    """A terminal that was pulled out."""

    def fileno(self) -> int:
        return 2

    def write(self, text: str) -> None:
        raise OSError(errno.EIO, text)

    def flush(self) -> None:
        raise OSError(errno.EIO, "")


def keys(*parts: str) -> list[str]:
    parser = XTermParser(debug=False)
    found = [event for part in parts for event in parser.feed(part)]
    return [canonical(NAMES, event.key, event.character) for event in found]


def test_all_keys_of_a_vt_keypad_have_their_meaning():
    sent = [f"\x1bO{sign}" for sign in "pqrstuvwxy"]
    assert keys(*sent) == list("0123456789")
    assert keys("\x1bOl", "\x1bOn", "\x1bOM", "\x1bOj") == [",", ",", "enter", "*"]


def test_a_comma_cut_in_two_by_the_line_is_a_comma():
    assert keys("\x1b", "Ol") == [","]
    assert keys("\x1bO", "l") == [","]


def test_ends_of_scans_keep_their_names():
    assert keys("\r", "\n", "\t") == ["enter", "enter", "tab"]
    assert keys("\x1d") == [""]


def test_the_output_thread_outlives_a_lost_terminal():
    told = []
    thread = WriterThread(Losable(Gone(), lambda: told.append("lost")))
    thread.start()
    # More than its queue holds: whoever writes must not wait for a dead thread.
    for _ in range(MAX_QUEUED_WRITES * 3):
        thread.write("x")
    thread.stop()
    assert not thread.is_alive()
    assert set(told) == {"lost"}
