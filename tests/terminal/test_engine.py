"""One thread, in order; what goes wrong belongs to whoever called."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import pytest

from terminal.engine import Engine
from terminal.errors import Code, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_S = 5.0


@pytest.fixture
def engine() -> Iterator[Engine]:
    one = Engine("one")
    yield one
    one.stop()


def fail(error: BaseException) -> None:
    raise error


def test_calls_run_in_order_on_the_one_named_thread(engine: Engine) -> None:
    done = []

    def note(number: int) -> None:
        done.append((number, threading.current_thread().name))

    futures = [engine.call(note, number) for number in range(100)]
    futures[-1].result(WAIT_S)
    assert done == [(number, "one") for number in range(100)]


def test_the_future_gives_the_result_of_any_arguments(engine: Engine) -> None:
    assert engine.call(divmod, 7, 2).result(WAIT_S) == (3, 1)
    assert engine.call(dict, a=1).result(WAIT_S) == {"a": 1}


def test_calling_never_waits_for_the_thread(engine: Engine) -> None:
    gate = threading.Event()
    first = engine.call(gate.wait, WAIT_S)
    waiting = [engine.call(int, "1") for _ in range(1000)]
    assert not first.done()  # and we are here
    assert not any(future.done() for future in waiting)
    gate.set()
    assert [future.result(WAIT_S) for future in waiting] == [1] * 1000


def test_an_error_lands_in_its_future_and_the_thread_goes_on(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    broken = engine.call(fail, ValueError("our own mistake"))
    after = engine.call(int, "2")
    assert after.result(WAIT_S) == 2
    with pytest.raises(ValueError, match="our own mistake"):
        broken.result(WAIT_S)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "fail" in record.getMessage()
    assert "our own mistake" in caplog.text


def test_not_even_the_end_of_a_program_ends_the_thread(engine: Engine) -> None:
    with pytest.raises(SystemExit):
        engine.call(fail, SystemExit(3)).result(WAIT_S)
    assert engine.call(int, "2").result(WAIT_S) == 2


def test_what_the_till_refuses_is_no_news_for_the_log(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Rejected):
        engine.call(fail, Rejected(Code.NOT_LOGGED_IN)).result(WAIT_S)
    assert not caplog.records


def test_a_call_that_was_cancelled_is_not_made(engine: Engine) -> None:
    gate, made = threading.Event(), []
    engine.call(gate.wait, WAIT_S)
    unwanted = engine.call(made.append, 1)
    assert unwanted.cancel()
    gate.set()
    engine.call(made.append, 2).result(WAIT_S)
    assert made == [2]


def test_every_listener_hears_every_event_on_the_thread_of_the_teller(engine: Engine) -> None:
    first, second = [], []
    engine.listen(lambda event: first.append((event, threading.current_thread().name)))
    engine.listen(second.append)
    engine.tell("here")
    engine.call(engine.tell, "there").result(WAIT_S)
    assert first == [("here", threading.current_thread().name), ("there", "one")]
    assert second == ["here", "there"]


def test_a_listener_that_comes_while_an_event_is_told_hears_the_next(engine: Engine) -> None:
    late = []
    engine.listen(lambda event: engine.listen(late.append) if event == "first" else None)
    engine.tell("first")
    engine.tell("second")
    assert late == ["second"]


def test_stop_finishes_what_was_called_before() -> None:
    engine, done = Engine("one"), []
    for number in range(50):
        engine.call(done.append, number)
    assert engine.stop() is True
    assert done == list(range(50))
    assert "one" not in {thread.name for thread in threading.enumerate()}


def test_stop_says_when_the_thread_is_still_busy() -> None:
    engine, gate = Engine("busy"), threading.Event()
    engine.call(gate.wait, WAIT_S)
    begun = time.monotonic()
    assert engine.stop(0.05) is False
    assert time.monotonic() - begun < 2.0
    gate.set()
    assert engine.stop() is True


# --- contexts ------------------------------------------------------------------------------------

WITH = ContextVar("with", default="nothing")


@contextmanager
def having(what: str) -> Iterator[None]:
    token = WITH.set(f"{WITH.get()}, {what}")
    yield
    WITH.reset(token)


def test_a_call_runs_in_the_context_of_its_caller_and_hands_it_on(engine: Engine) -> None:
    other = Engine("other")
    with having("a"):
        call = other.call(lambda: engine.call(WITH.get).result(WAIT_S))
    assert call.result(WAIT_S) == "nothing, a"
    assert engine.call(WITH.get).result(WAIT_S) == "nothing"
    other.stop()


def test_calling_again_adds_to_the_context_of_the_first_call(engine: Engine) -> None:
    with having("a"):
        call = engine.call(WITH.get)
    twice = call.again(having("b"))
    assert twice.again(having("c")).result(WAIT_S) == "nothing, a, b, c"
    assert twice.result(WAIT_S) == "nothing, a, b"
    assert call.result(WAIT_S) == "nothing, a"
