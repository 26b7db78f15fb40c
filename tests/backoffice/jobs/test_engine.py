from __future__ import annotations

import logging
import stat
import subprocess
import sys
from datetime import timedelta

import pytest

from backoffice.jobs import admission, book
from backoffice.jobs.admission import Given
from backoffice.jobs.doing import Doing
from backoffice.jobs.engine import Engine, Standing
from backoffice.jobs.work import Way
from backoffice.store.company import MAIN
from backoffice.store.engine import writing
from tests.backoffice.jobs.asking import until
from tests.backoffice.jobs.counting import QUICK

IDLE = """
import sys, threading
from backoffice.jobs.opening import opened
from backoffice.jobs.worker import Worker
with opened(sys.argv[1]) as office:
    Worker(office, {}, '1.0', idle_s=0.1).run(threading.Event())
"""


@pytest.fixture
def doing(office, counting):
    return Doing(office, dict.fromkeys(Way, counting), QUICK, "w")


@pytest.fixture
def given(engine, ask_for, office):
    one = ask_for()
    with writing(engine) as database:
        admission.admit(database, "main", "w", 1, office.clock())
    return Given(MAIN, one, 1, 0)


def test_a_run_that_is_begun_twice_is_one(counted, office, doing, given, ended, counting):
    with Engine(office.engine.url, doing) as engine:
        assert engine.standing(given) is None
        engine.begin(given)
        engine.begin(given)
        assert ended(given.job).state == "done"
        until(lambda: engine.active == 0)
        until(lambda: engine.standing(given) == Standing(is_open=False, worker=""))
        assert engine.forget(office.clock()) == 0
        assert engine.forget(office.clock() + timedelta(days=2)) == 1
        assert engine.standing(given) is None
    assert len(counting.fetched) == 3
    assert set(counted().values()) == {1}


def test_a_run_of_which_only_our_book_knows_is_begun(counted, given, working, ended, engine):
    """As after a crash between our transaction and DBOS's, or when its file was lost."""
    assert book.RUNNING == "running"
    working()
    assert ended(given.job).state == "done"
    assert set(counted().values()) == {1}


def test_its_file_is_for_its_owner_and_it_says_nothing(db_path):
    done = subprocess.run(
        [sys.executable, "-c", IDLE, f"sqlite:///{db_path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")
    assert stat.S_IMODE(db_path.with_suffix(".jobs").stat().st_mode) == 0o600
    assert not logging.getLogger("dbos").propagate


@pytest.mark.parametrize(
    "module",
    ["backoffice.app", "backoffice.running", "backoffice.commands", "backoffice.jobs.book",
     "backoffice.jobs.schedules", "backoffice.jobs.child", "backoffice.jobs.commands"],
)  # fmt: skip
def test_a_web_server_does_not_load_it(module):
    script = f"import sys, {module}; sys.exit('dbos' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
