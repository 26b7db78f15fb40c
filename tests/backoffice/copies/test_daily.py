from __future__ import annotations

import pytest
from sqlalchemy.engine import make_url

from backoffice.copies.daily import Daily
from backoffice.copies.kept import Copies
from tests.shop import wait_until


@pytest.fixture
def copies(filled, tmp_path):
    return Copies(make_url(f"sqlite:///{filled}"), tmp_path / "copies")


@pytest.fixture
def daily(copies, clock):
    started = Daily(copies, clock, look_s=0.01)
    yield started
    started.stop()
    assert not started._thread.is_alive()


def test_there_is_one_a_day(daily, copies, clock):
    wait_until(lambda: len(copies.listed()) == 1, "the first copy")
    clock.push(hours=1)
    clock.push(days=1)
    wait_until(lambda: len(copies.listed()) == 2, "the copy of the next day")
    assert [one.made_at.day for one in copies.listed()] == [2, 1]


def test_what_fails_is_said_once_and_tried_again(copies, clock, filled, capsys):
    content = filled.read_bytes()
    filled.write_text("damaged")
    asked = []
    daily = Daily(copies, lambda: asked.append(1) or clock(), look_s=0.01)
    try:
        wait_until(lambda: len(asked) > 3, "more than one look")
        filled.write_bytes(content)
        wait_until(copies.listed, "a copy after all")
    finally:
        daily.stop()
    assert capsys.readouterr().err.count("no copy was made") == 1
