"""Lines with editing, typed through a pipe; how it looks on a terminal is in ``test_commands``."""

from __future__ import annotations

import os

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ui.console.editing import EditingReader
from ui.console.lines import Closed, Idle, Interrupted


@pytest.fixture
def keys():
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def test_a_line_is_edited_completed_and_called_back(keys):
    reader = EditingReader()
    keys.send_text("versoin\x1b[D\x1b[D\x1b[D\x08\x1b[Co\x1b[C\r")
    reader.read("> ")
    keys.send_text("versi\t\r")
    assert reader.read("> ") == "version"
    keys.send_text("\x1b[A\r")
    assert reader.read("> ") == "version"


def test_answers_and_secrets_are_not_called_back(keys):
    reader = EditingReader()
    keys.send_text("status\r3333\rABCDE\r")
    assert reader.read("> ") == "status"
    assert reader.read("PIN: ", history=False, secret=True) == "3333"
    assert reader.read("1: ", history=False) == "ABCDE"
    keys.send_text("\x1b[A\r")
    assert reader.read("> ") == "status"


def test_what_is_pasted_does_not_run_line_by_line(keys):
    keys.send_text("\x1b[200~status\nreboot\x1b[201~\r")
    assert EditingReader().read("> ") == "status\nreboot"


@pytest.mark.parametrize(("key", "said"), [("\x03", Interrupted), ("\x04", Closed)])
def test_control_c_and_the_end_are_told(keys, key, said):
    keys.send_text(key)
    with pytest.raises(said):
        EditingReader().read("> ")


def test_nothing_leads_out_of_the_line(keys):
    """Suspend, quit, an editor, a shell: keys of other programs."""
    keys.send_text("\x1a\x1c\x18\x05\x1b!ls\x07\r")
    line = EditingReader().read("> ")
    assert "ls" in line


def test_silence_is_told_even_in_the_middle_of_a_line(keys):
    keys.send_text("stat")
    with pytest.raises(Idle):
        EditingReader(idle_s=0.2).read("> ")


def test_no_terminal_is_asked_where_its_cursor_is():
    assert os.environ["PROMPT_TOOLKIT_NO_CPR"] == "1"
