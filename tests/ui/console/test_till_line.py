from __future__ import annotations

import threading

import pytest

from terminal.console import talk
from terminal.console.room import listening
from ui.console.till_line import Gone, TillLine


@pytest.fixture
def till(tmp_path):
    """A till's end of the socket; what is put into ``answers`` is sent for each question."""
    listener = listening(tmp_path)
    listener.settimeout(20)
    yield tmp_path, listener
    listener.close()


def served(listener, *answers):
    def serve():
        line, _ = listener.accept()
        with line, line.makefile("rb") as questions:
            for answer in answers:
                questions.readline()
                line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_without_a_till_nobody_answers(tmp_path):
    with pytest.raises(Gone):
        TillLine(tmp_path)
    with pytest.raises(Gone):
        TillLine(tmp_path / "nowhere")


def test_an_answer_comes_whole_however_it_was_sliced(till):
    folder, listener = till
    reply = talk.Reply(["x" * 200_000])
    thread = served(listener, talk.line_of(reply))
    line = TillLine(folder)
    assert line.ask(talk.Hello()) == reply
    line.close()
    thread.join()


@pytest.mark.parametrize("answer", [b"", b"garbage\n", b'{"lines": 5}\n'])
def test_a_till_that_breaks_off_is_gone(till, answer):
    folder, listener = till
    thread = served(listener, answer)
    line = TillLine(folder)
    with pytest.raises(Gone):
        line.ask(talk.Hello())
    thread.join()


def test_the_answer_to_a_question_that_was_interrupted_is_dropped(till, monkeypatch):
    folder, listener = till
    first, second = talk.Reply(["late"]), talk.Reply(["wanted"])
    thread = served(listener, talk.line_of(first), talk.line_of(second))
    line = TillLine(folder)
    with monkeypatch.context() as patched:
        patched.setattr(line, "_line", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            line.ask(talk.Hello())
    assert line.ask(talk.Hello()) == second
    line.close()
    thread.join()


def _interrupted():
    raise KeyboardInterrupt
