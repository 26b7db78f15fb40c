"""The publisher's side and the till's side of a release, each the real one."""

from __future__ import annotations

import pytest

from backoffice.releases.shelf import Shelf
from backoffice.rollouts import Wish
from terminal.errors import Code, SyncError
from terminal.sync import wire
from terminal.update.offer import Standing, judge
from terminal.update.trust import session
from tests.backoffice.releases.hand_made import MOMENT, FolderFetcher

HERE = wire.platform_here()


@pytest.fixture
def offered(publisher, tmp_path):
    """What a till with this floor makes of the office's answer to a wish."""
    root = (publisher.repository.metadata / "1.root.json").read_bytes()
    shelf = Shelf(publisher.repository, publisher.keys)

    def offer(wish, floor=0, terminal="K1", seen=0):
        answer = shelf.answer("K1", wish, HERE, wire.CHANNEL, MOMENT)
        fetcher = FolderFetcher(publisher.repository.folder)
        with session(tmp_path / "tuf", root, fetcher, "http://office/metadata/", MOMENT) as lists:
            target = lists.find(answer.target)
            assigned = lists.assigned(answer.assignment.encode())
        standing = Standing(terminal, "0.9.0", wire.CHANNEL, HERE, floor, seen)
        return judge(answer, target, assigned, standing)

    return offer


def test_what_was_published_and_assigned_is_taken(offered):
    taken = offered(Wish("1.0.0", 5))
    assert (taken.custom.version, taken.custom.counter) == ("1.0.0", 1)


def test_a_till_goes_back_by_a_signed_order_only(offered):
    with pytest.raises(SyncError) as refused:
        offered(Wish("1.0.0", 5), floor=2)
    assert refused.value.code is Code.ROLLED_BACK
    assert offered(Wish("1.0.0", 5, may_go_back=True), floor=2)


def test_an_order_that_was_replaced_is_not_followed(offered):
    with pytest.raises(SyncError) as refused:
        offered(Wish("1.0.0", 5, may_go_back=True), floor=2, seen=7)
    assert refused.value.code is Code.ROLLED_BACK


def test_an_order_for_another_terminal_is_not_followed(offered):
    with pytest.raises(SyncError) as refused:
        offered(Wish("1.0.0", 5), terminal="K2")
    assert refused.value.code is Code.NOT_GENUINE
