"""Whatever the line and the office do, every document is there once, in order, byte for byte.

A run is a seed. ``SEED=n`` repeats one, ``ROUNDS=n`` sets how many follow it.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from terminal.store.db import fold
from tests.shop import wait_until
from tests.sync.faultproxy import FAULTS
from tests.sync.ordeal import ServerDisk

FIRST_SEED = int(os.environ.get("SEED", "1"))
ACTS = 24
# Enough to start with, too little for what comes.
FULL = 96 * 1024


def suffer(ordeal, seed, *, with_amnesia):
    print(f"seed {seed}")  # noqa: T201 - to repeat it
    ordeal.run(ACTS, with_amnesia=with_amnesia)
    assert ordeal.wrong() == []
    return ordeal


def test_everything_arrives_once(make_ordeal):
    ordeal = suffer(make_ordeal(FIRST_SEED), FIRST_SEED, with_amnesia=False)
    assert ordeal.kills == 2
    assert sum(map(len, (till.made for till in ordeal.tills))) > 3 * ACTS


def test_an_office_restored_from_an_old_copy_gets_the_rest_again(make_ordeal):
    ordeal = suffer(make_ordeal(FIRST_SEED), FIRST_SEED, with_amnesia=True)
    assert sum(till.rewinds() for till in ordeal.tills) > 0


def test_a_till_that_is_replaced_on_the_way_gets_its_history_through_the_same_line(make_ordeal):
    ordeal = make_ordeal(FIRST_SEED, tills=2, rate=0.5)
    ordeal.run(ACTS // 2, with_amnesia=False)
    heir = ordeal.replace(ordeal.tills[0])
    assert len(heir.copies(1)) > 0
    ordeal.run(ACTS // 2, with_amnesia=False)
    assert ordeal.wrong() == []


def test_on_postgresql(make_ordeal, cluster):
    suffer(make_ordeal(FIRST_SEED, disk=ServerDisk(cluster)), FIRST_SEED, with_amnesia=True)


def test_a_copied_till_is_an_alarm_and_both_go_on_selling(make_ordeal):
    ordeal = make_ordeal(FIRST_SEED, tills=1, rate=0.0)
    till = ordeal.tills[0]
    for _ in range(3):
        till.work()
    assert ordeal.await_quiet()
    twin = ordeal.add_twin()
    twin.work()
    wait_until(ordeal.alarms, "an alarm")
    assert {(terminal, kind) for terminal, kind, _seq in ordeal.alarms()} == {("T1", "fork")}
    for each in ordeal.tills:
        each.work()
    ordeal.tills.remove(twin)
    assert [one for one in ordeal.wrong() if not one.startswith("alarm")] == []
    assert twin.unsent() == 2
    twin.stop()


def test_a_till_that_is_shut_out_says_so_sells_on_and_is_let_in_again(make_ordeal):
    ordeal = make_ordeal(FIRST_SEED, tills=2, rate=0.0)
    till, other = ordeal.tills
    ordeal.block(till, is_blocked=True)
    for _ in range(5):
        till.work()
        other.work()
    wait_until(till.refusals, "a sentence for people")
    assert len(till.refusals()) == 1
    assert "blocked" in till.refusals()[0]
    assert till.unsent() == 5
    ordeal.block(till, is_blocked=False)
    assert ordeal.wrong() == []


def test_an_office_whose_disk_is_full_loses_nothing_and_gets_it_later(make_ordeal):
    ordeal = make_ordeal(FIRST_SEED, tills=1, rate=0.0)
    (till,) = ordeal.tills
    till.work()
    assert ordeal.await_quiet()
    ordeal.kill(file_max=FULL)
    for _ in range(40):
        till.work()
    wait_until(till.is_offline, "the office says that it cannot")
    assert till.unsent() > 0
    till.work()
    ordeal.kill()
    assert ordeal.wrong() == []


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_thirty_days_without_the_office(make_ordeal):
    ordeal = make_ordeal(FIRST_SEED, tills=1, rate=0.1, quiet_s=1200.0)
    ordeal.proxy.is_parted = True
    (till,) = ordeal.tills
    for number in range(int(os.environ.get("ROUNDS", "30000"))):
        till.work()
        if number % 500 == 0:
            till.engine.call(fold, till.db)
    ordeal.proxy.is_parted = False
    assert ordeal.wrong() == []


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_a_long_ordeal(make_ordeal):
    met, happened = Counter(), Counter()
    for seed in range(FIRST_SEED, FIRST_SEED + int(os.environ.get("ROUNDS", "100"))):
        ordeal = suffer(make_ordeal(seed, tills=5), seed, with_amnesia=seed % 2 == 0)
        ordeal.replace(ordeal.tills[0])
        suffer(ordeal, seed, with_amnesia=False)
        met += ordeal.proxy.met
        everybody = [*ordeal.tills, *ordeal.gone]
        happened += Counter(
            documents=sum(len(till.made) for till in everybody),
            kills=ordeal.kills,
            rewinds=sum(till.rewinds() for till in everybody),
        )
        ordeal.stop()
    print(f"requests {met}, {happened}")  # noqa: T201 - figures of the run
    assert set(FAULTS) <= set(met)
