from __future__ import annotations

import pytest

from backoffice.errors import BadRequest
from backoffice.jobs import book, queues
from backoffice.jobs.queues import Queue
from backoffice.store.engine import reading, writing
from tests.backoffice.jobs.asking import wanted


def test_each_channel_has_the_main_queue(engine):
    with reading(engine) as database:
        assert queues.queues(database, "main") == [Queue("main", "main", 1, False, 0, 0)]
        assert queues.queues(database) == []


def test_it_is_widened_and_paused_and_neither_forgets_the_other(engine, clock):
    with writing(engine) as database:
        queues.put_queue(database, "main", "big", 4)
        queues.pause(database, "main", "big", True)
        queues.put_queue(database, "main", "big", 2)
        queues.pause(database, "field", "main", True)
        book.ask(database, "Ewa", clock(), **wanted(queue="big"))
        assert queues.queues(database, "main") == [
            Queue("main", "main", 1, False, 0, 0),
            Queue("big", "main", 2, True, 1, 0),
        ]
        assert [(it.channel, it.name) for it in queues.queues(database)] == [
            ("field", "main"),
            ("main", "main"),
            ("main", "big"),
        ]
        queues.pause(database, "main", "big", False)
        assert not queues.queues(database, "main")[1].is_paused


@pytest.mark.parametrize(
    ("channel", "name", "at_once"), [("", "a", 1), ("a", "", 1), ("a", "b", 0), ("a", "b", 17)]
)
def test_what_is_no_queue_is_refused(engine, channel, name, at_once):
    with writing(engine) as database, pytest.raises(BadRequest):
        queues.put_queue(database, channel, name, at_once)
