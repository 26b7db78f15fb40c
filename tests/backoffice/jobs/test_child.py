from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.jobs import child
from backoffice.jobs.child import Child
from backoffice.jobs.patience import Patience
from backoffice.office import Office
from backoffice.running import start_office
from backoffice.store.company import SERVER, of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job_worker
from tests.backoffice.jobs import counting_command
from tests.backoffice.jobs.asking import until

COMMAND = [sys.executable, "-m", counting_command.__name__, "--with-parent", "--until-idle"]
# An office that is killed: it can tidy nothing up.
PARENT = """
import sys, threading
from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.jobs import child
from backoffice.office import Office
from backoffice.store.engine import open_engine
child.COMMAND = sys.argv[2:]
begun = child.Child(Office(open_engine(sys.argv[1])))
while not begun.pid:
    threading.Event().wait(0.05)
print(begun.pid, flush=True)
threading.Event().wait()
"""


@pytest.fixture
def office(engine):
    return Office(engine)


@pytest.fixture
def begin(office, monkeypatch):
    monkeypatch.setattr(child, "COMMAND", COMMAND)
    monkeypatch.setattr(child, "LOOK_S", 0.1)
    begun = []

    def make():
        begun.append(Child(office, patience=Patience(silence_s=2.0)))
        return begun[-1]

    yield make
    for each in begun:
        each.stop()
        assert each.pid is None


def is_there(pid):
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 - not a file of ours
            return stat.read().split()[2] != "Z"
    return False


def test_it_comes_with_a_job_and_goes_when_it_is_idle(begin, counted, ask_for, ended):
    it = begin()
    assert it.pid is None
    one = ask_for()
    assert ended(one).state == "done"
    until(lambda: it.pid is None)
    assert set(counted().values()) == {1}
    assert ended(ask_for()).state == "done"


def test_another_one_comes_in_place_of_one_that_was_killed(
    begin, counted, ask_for, ended, monkeypatch
):
    monkeypatch.setattr(child, "FIRST_S", 0.1)
    one = ask_for(options={"steps": 10, "pause_s": 0.3})
    it = begin()
    until(counted)
    killed = it.pid
    os.kill(killed, signal.SIGKILL)
    assert ended(one).state == "done"
    assert it.pid != killed
    assert set(counted().values()) == {1}


def test_one_that_cannot_start_is_not_begun_again_and_again(begin, ask_for, monkeypatch, tmp_path):
    told = tmp_path / "began"
    script = f"open({str(told)!r}, 'a').write('x'); raise SystemExit(3)"
    monkeypatch.setattr(child, "COMMAND", [sys.executable, "-c", script])
    monkeypatch.setattr(child, "FIRST_S", 600.0)
    ask_for()
    it = begin()
    until(told.exists)
    until(lambda: it.is_waiting)
    assert told.read_text() == "x"


def test_it_dies_with_an_office_that_is_killed(db_url, counted, ask_for):
    ask_for(options={"steps": 10_000, "pause_s": 0.05})
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, db_url, *COMMAND], stdout=subprocess.PIPE, text=True
    )
    pid = int(parent.stdout.readline())
    until(counted)
    assert is_there(pid)
    parent.kill()
    parent.communicate()
    until(lambda: not is_there(pid))


def test_an_office_that_is_started_has_its_jobs_done(db_url, engine, ask_for, ended):
    running = start_office(db_url)
    with writing(running.office.engine) as database:
        channels.put_channel(database, Channel("main", "Main", pattern_shop="lipa"))
    try:
        one = ask_for(what=["basic_data"])
        state = ended(one)
        assert (state.state, state.reason) == ("done", "")
        assert state.worker
    finally:
        running.stop()
    with reading(of_company(engine, SERVER)) as database:
        assert not database.scalar(select(job_worker.c.id)), "it ended in good order"
