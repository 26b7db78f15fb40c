from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice import fleet, rollouts, settings
from backoffice.errors import BadRequest, NotFound
from backoffice.rollouts import ALL, Rollout, Wish, is_among, wish_of
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing

percents = st.integers(0, ALL)
names = st.text(max_size=20)


@given(names, names, percents, percents)
def test_raising_the_percentage_only_adds(terminal, version, one, other):
    low, high = sorted((one, other))
    assert is_among(terminal, version, low) <= is_among(terminal, version, high)


@given(names, names)
def test_nobody_at_nought_and_everybody_at_a_hundred(terminal, version):
    assert not is_among(terminal, version, 0)
    assert is_among(terminal, version, ALL)


def test_a_percentage_is_about_that_share_and_each_version_begins_with_others():
    first = {n for n in range(4000) if is_among(f"K{n}", "1.0.0", 10)}
    second = {n for n in range(4000) if is_among(f"K{n}", "1.1.0", 10)}
    assert 320 < len(first) < 480
    assert len(first & second) < 100


@given(names, percents)
def test_who_is_left_out_keeps_what_was_before(terminal, percent):
    planned = Rollout("", "1.1.0", "1.0.0", percent, is_forced=True)
    told = wish_of(planned, terminal, "1.0.0", 3)
    among = is_among(terminal, "1.1.0", percent)
    assert told == (Wish("1.1.0", 3, is_forced=True) if among else Wish("1.0.0", 3))


@pytest.mark.parametrize(
    ("planned", "running", "version"),
    [
        (Rollout("", "1.1.0"), "1.0.0", "1.1.0"),
        (Rollout("", "1.1.0"), "1.1.0", "1.1.0"),
        (Rollout("", "1.9"), "1.10.0", ""),
        (Rollout("", "1.1.0"), "1.2.0", ""),
        (Rollout("", "1.1.0", may_go_back=True), "1.2.0", "1.1.0"),
        (Rollout("", "1.1.0"), "0+unknown", "1.1.0"),
        (Rollout("", "1.1.0", "1.0.0", 0), "1.1.0", ""),
        (Rollout("", "1.1.0", "1.0.0", 0), "", "1.0.0"),
        (Rollout("", ""), "1.1.0", ""),
    ],
)
def test_nobody_is_sent_back_unless_it_is_said(planned, running, version):
    assert wish_of(planned, "K1", running, 1).version == version


@pytest.fixture
def tills(engine, clock):
    with writing(engine) as database:
        for name in ("K1", "K2"):
            fleet.invite(database, name, "lipa", clock())
    return engine


def wish(engine, terminal="K1"):
    with reading(engine) as database:
        return rollouts.wish(database, terminal)


def test_a_group_has_its_own_and_the_others_the_general_one(tills, clock):
    assert wish(tills) == Wish()
    with writing(tills) as database:
        rollouts.join(database, "K1", "pilot", clock())
        rollouts.begin(database, Rollout("", "1.0.0"), clock())
    assert wish(tills).version == wish(tills, "K2").version == "1.0.0"
    with writing(tills) as database:
        rollouts.begin(database, Rollout("pilot", "1.1.0"), clock())
    assert (wish(tills).version, wish(tills, "K2").version) == ("1.1.0", "1.0.0")
    assert wish(tills, "nobody") == Wish()


def test_pausing_and_stopping(tills, clock):
    with writing(tills) as database:
        rollouts.begin(database, Rollout("", "1.0.0"), clock())
        rollouts.begin(database, Rollout("", "1.1.0", is_forced=True), clock())
        rollouts.change(database, "", clock(), is_paused=True)
    number = int(clock().timestamp()) + 2
    assert wish(tills) == Wish("1.1.0", number, is_paused=True, is_forced=True)
    with writing(tills) as database:
        rollouts.change(database, "", clock(), is_paused=False)
    assert not wish(tills).is_paused
    with writing(tills) as database:
        assert rollouts.stop(database, "", clock()).version == "1.0.0"
    assert wish(tills) == Wish("1.0.0", number + 2)
    with writing(tills) as database:
        assert rollouts.stop(database, "", clock()).version == ""
    assert wish(tills).version == ""


def test_what_was_never_finished_is_nothing_to_go_back_to(tills, clock):
    with writing(tills) as database:
        rollouts.begin(database, Rollout("", "1.0.0"), clock())
        rollouts.begin(database, Rollout("", "1.1.0", percent=20), clock())
        begun = rollouts.begin(database, Rollout("", "1.2.0", percent=5), clock())
    assert begun.before == "1.0.0"


def test_every_change_gets_a_higher_number(tills, clock):
    """A till takes no assignment that is older than its last one."""
    numbers = [wish(tills).number]
    for act in (
        lambda database: rollouts.begin(database, Rollout("", "1.0.0"), clock()),
        lambda database: rollouts.begin(database, Rollout("pilot", "1.1.0"), clock()),
        lambda database: rollouts.join(database, "K1", "pilot", clock()),
        lambda database: rollouts.change(database, "pilot", clock(), percent=50),
        lambda database: rollouts.join(database, "K1", "", clock()),
        lambda database: rollouts.stop(database, "", clock()),
    ):
        with writing(tills) as database:
            act(database)
        numbers.append(wish(tills).number)
    assert numbers == sorted(set(numbers))


def test_a_restored_office_gives_no_number_twice_and_a_clock_that_was_wrong_stops_none(
    tills, clock
):
    with writing(tills) as database:
        for _ in range(5):
            rollouts.begin(database, Rollout("", "1.0.0"), clock())
        known = rollouts.wish(database, "K1").number
        settings.set_to(database, settings.ROLLOUT_NUMBER, "0")  # as in a copy of long ago
        clock.push(hours=1)
        rollouts.begin(database, Rollout("", "1.0.0"), clock())
        assert rollouts.wish(database, "K1").number > known
        clock.push(days=3650)
        rollouts.begin(database, Rollout("", "1.0.0"), clock())
        known = rollouts.wish(database, "K1").number
        clock.push(days=-3650)
        rollouts.begin(database, Rollout("", "1.0.0"), clock())
        assert rollouts.wish(database, "K1").number == known + 1


def test_mistakes_are_named(tills, clock):
    with writing(tills) as database:
        for act in (
            lambda: rollouts.change(database, "pilot", clock(), percent=1),
            lambda: rollouts.stop(database, "", clock()),
            lambda: rollouts.join(database, "K9", "pilot", clock()),
        ):
            with pytest.raises(NotFound):
                act()
        for wrong in (Rollout("", "1"), Rollout("", "1.0\n"), Rollout("", "1.0", percent=101)):
            with pytest.raises(BadRequest):
                rollouts.begin(database, wrong, clock())
        assert not rollouts.all_rollouts(database)


def test_another_company_has_its_own(tills, clock):
    other = of_company(tills, "other")
    with writing(other) as database:
        rollouts.begin(database, Rollout("", "9.0.0"), clock())
        assert settings.get(database, settings.ROLLOUT_NUMBER)
    assert wish(tills) == Wish()
    with reading(tills) as database:
        assert not rollouts.all_rollouts(database)
