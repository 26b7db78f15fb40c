from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from terminal.errors import Code, SyncError
from terminal.sync.wire import BUNDLE_BYTES_MAX, ReleaseAnswer, target_of
from terminal.update.offer import Standing, check_target, judge
from terminal.update.trust import Assigned, Target

PLATFORM = "cp311-linux_x86_64"
STANDING = Standing("T1", "1.1.0", "stable", PLATFORM, floor=6, assignment=3)
NAME = target_of("stable", "1.2.0", PLATFORM)
ANSWER = ReleaseAnswer("1.2.0", NAME)
CUSTOM = {
    "version": "1.2.0",
    "counter": 7,
    "min_from": "1.0",
    "python": "3.11",
    "platform": PLATFORM,
}
TOLD = {"terminal": "T1", "version": "1.2.0", "counter": 7}


def target(custom=CUSTOM, **other):
    return replace(Target(NAME, 1000, "a" * 64, custom, SimpleNamespace()), **other)


def assigned(number=3, told=TOLD, **other):
    return Assigned(number, target(told, **other))


def refused(*args):
    with pytest.raises(SyncError) as caught:
        judge(*args)
    return caught.value


def test_a_release_that_may_be_taken():
    for assignment in (None, assigned(), assigned(4)):
        offer = judge(ANSWER, target(), assignment, STANDING)
        assert (offer.custom.counter, offer.target) == (7, target())


@pytest.mark.parametrize(
    "other",
    [
        {"channel": "pilot"},
        {"platform": "cp312-linux_x86_64"},
    ],
)
def test_another_channel_or_machine(other):
    with pytest.raises(SyncError, match="E-168"):
        check_target(ANSWER, replace(STANDING, **other))
    assert refused(ANSWER, target(), None, replace(STANDING, **other)).code is Code.RELEASE_UNFIT


def test_a_version_that_nobody_lists():
    assert refused(ANSWER, None, None, STANDING).code is Code.RELEASE_UNFIT


@pytest.mark.parametrize(
    "custom",
    [
        None,
        [],
        {},
        CUSTOM | {"counter": "7"},
        CUSTOM | {"counter": 0},
        CUSTOM | {"version": "1.3.0"},
        CUSTOM | {"version": "../1.2.0"},
        CUSTOM | {"platform": "cp311-linux_armv7l"},
        CUSTOM | {"min_from": "1.1.1"},
    ],
)
def test_what_it_says_of_itself_does_not_fit(custom):
    assert refused(ANSWER, target(custom), None, STANDING).code is Code.RELEASE_UNFIT


def test_a_file_that_cannot_be_one():
    for other in ({"size": BUNDLE_BYTES_MAX + 1}, {"sha256": ""}):
        assert refused(ANSWER, target(**other), None, STANDING).code is Code.RELEASE_UNFIT


def test_it_says_from_which_version_on():
    error = refused(ANSWER, target(CUSTOM | {"min_from": "1.1.1"}), None, STANDING)
    assert error.params == {"version": "1.2.0", "reason": "1.1.1 must run here first"}


@pytest.mark.parametrize("counter", [7, 8])
def test_the_floor(counter):
    assert refused(ANSWER, target(), None, replace(STANDING, floor=counter)).code is (
        Code.ROLLED_BACK
    )


def test_the_way_back_is_signed_or_is_none():
    low = replace(STANDING, floor=9)
    assert refused(ANSWER, target(), assigned(), low).code is Code.ROLLED_BACK
    back = assigned(told=TOLD | {"may_go_back": True})
    assert judge(ANSWER, target(), back, low).custom.version == "1.2.0"


def test_a_version_that_failed_here():
    error = refused(ANSWER, target(), None, replace(STANDING, barred=frozenset({"1.2.0"})))
    assert error.code is Code.RELEASE_BARRED


@pytest.mark.parametrize(
    "told",
    [
        assigned(told=TOLD | {"terminal": "T2"}),
        assigned(told=TOLD | {"counter": 8}),
        assigned(sha256="b" * 64),
        assigned(size=1001),
        assigned(name="other"),
    ],
)
def test_list_and_assignment_must_mean_the_same(told):
    assert refused(ANSWER, target(), told, STANDING).code is Code.NOT_GENUINE


def test_an_assignment_that_says_nothing():
    assert refused(ANSWER, target(), assigned(told=None), STANDING).code is Code.RELEASE_UNFIT


def test_an_assignment_older_than_one_that_was_seen():
    assert refused(ANSWER, target(), assigned(2), STANDING).code is Code.ROLLED_BACK
