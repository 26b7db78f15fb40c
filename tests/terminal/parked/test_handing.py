"""What the journal keeps of shared receipts; two tills and their office are tried beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from terminal.errors import Code, SyncError
from terminal.sync.wire import Settings, SharedList, SharedReceipt, ShareState
from terminal.sync.wire import TakeAnswer as Answer
from tests.terminal.desk import CASHIER, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from terminal.parked.handing import Handing

SHARE = "00000000-0000-4000-8000-000000000001"
OWN = Settings(
    "settings", "identifier", parking=True, parking_visibility="own", parking_shared=True
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, settings=[OWN]) as one:
        yield one.start(login=CASHIER)


@pytest.fixture
def handing(shop: Desk) -> Handing:
    return shop.till.sharing._handing


def park(shop: Desk, name: str, *codes: str) -> None:
    for code in codes:
        shop.do(shop.till.sell, code)
    shop.do(shop.till.parking.park, name)


def foreign(shop: Desk, handing: Handing, **changes) -> SharedReceipt:
    """A receipt as another till of the shop would hand it over."""
    park(shop, "made", "1", "3")
    receipt = shop.do(handing.next)
    shop.do(handing.refused, receipt.head.share)
    shop.do(shop.till.parking.switch, "made")
    shop.do(shop.till.login, "2")
    shop.do(shop.till.drop_receipt, "test")
    shop.do(shop.till.login, CASHIER)
    head = msgspec.structs.replace(receipt.head, share=SHARE, terminal="T2", name="Jan")
    return msgspec.structs.replace(receipt, head=msgspec.structs.replace(head, **changes))


def test_it_is_the_offices_before_the_office_is_asked(shop: Desk, handing: Handing) -> None:
    park(shop, "Jan", "1", "3")
    receipt = shop.do(handing.next)
    assert (receipt.head.terminal, receipt.head.name, receipt.head.total_gr) == ("T1", "Jan", 4348)
    assert shop.code(shop.till.parking.switch, "Jan") is Code.BILL_AWAY
    # Nobody knows whether it arrived: the same again, also after a restart.
    assert shop.do(handing.next) == receipt
    shop.restart(login=CASHIER)
    handing = shop.till.sharing._handing
    assert shop.do(handing.next) == receipt
    shop.do(handing.held, ShareState(receipt.head.share))
    assert shop.do(handing.next) is None
    assert shop.do(handing.holds)


def test_empty_receipts_and_those_of_a_shop_that_does_not_share_stay(tmp_path: Path) -> None:
    alone = Settings("settings", "identifier", parking=True)
    with desk(tmp_path, settings=[alone]) as shop:
        shop.start()
        park(shop, "Jan", "1")
        assert shop.do(shop.till.sharing._handing.next) is None
        assert not shop.do(shop.till.sharing._handing.holds)


def test_a_receipt_of_another_till_gets_a_rid_of_its_own(shop: Desk, handing: Handing) -> None:
    receipt = foreign(shop, handing)
    request = shop.do(handing.ask, SHARE, "u1")
    assert shop.do(handing.ask, SHARE, "u1") == request
    assert shop.do(handing.answered, SHARE, Answer(True, "T1", receipt)) == "Jan"
    shop.do(shop.till.parking.switch, "Jan")
    taken = shop.receipt()
    assert (taken.rid, taken.total_gr, len(taken.lines)) == (request, 4348, 2)
    (event,) = shop.named("receipt_taken")
    assert event["detail"]["home"] == "T2"
    assert shop.do(handing.asked) == []


@pytest.mark.parametrize(
    ("body", "total_gr"), [("{}", 0), ("no json", 0), (None, 1)], ids=["alien", "torn", "dearer"]
)
def test_what_cannot_be_read_is_not_thrown_away(
    shop: Desk, handing: Handing, body: str | None, total_gr: int
) -> None:
    receipt = foreign(shop, handing, total_gr=total_gr)
    if body is not None:
        receipt = msgspec.structs.replace(receipt, body=body)
    shop.do(handing.ask, SHARE, "u1")
    error = shop.refused(handing.answered, SHARE, Answer(True, "T1", receipt))
    assert isinstance(error, SyncError)
    # A newer program asks again.
    assert len(shop.do(handing.asked)) == 1


def test_another_till_was_quicker(shop: Desk, handing: Handing) -> None:
    shop.do(handing.ask, SHARE, "u1")
    assert shop.do(handing.answered, SHARE, Answer(False, "T3")) == ""
    assert shop.do(handing.asked) == []
    park(shop, "Jan", "1")
    own = shop.do(handing.next).head.share
    shop.do(handing.ask, own, "u1")
    assert shop.do(handing.answered, own, Answer(False, "T3")) == ""
    assert [bill.name for bill in shop.do(shop.till.parking.bills) if bill.lying] == []
    (event,) = shop.named("receipt_handed_over")
    assert event["detail"]["to"] == "T3"


def test_what_this_terminal_has_and_lies_here_is_ours(shop: Desk, handing: Handing) -> None:
    park(shop, "Jan", "1")
    own = shop.do(handing.next).head.share
    shop.do(handing.reconcile, SharedList([], [ShareState(own, "T1")]))
    assert shop.do(handing.answered, own, Answer(False, "T1")) == "Jan"
    shop.do(shop.till.parking.switch, "Jan")
    assert shop.receipt().total_gr == 349


def test_who_sees_what_others_have_parked_elsewhere(shop: Desk, handing: Handing) -> None:
    mine = foreign(shop, handing).head
    theirs = msgspec.structs.replace(mine, share=SHARE[:-1] + "2", operator_id="u3")
    listed = SharedList([mine, theirs])
    assert shop.do(handing.foreign, listed) == [mine]
    assert shop.code(handing.ask, theirs.share, "u3") is Code.NO_RIGHT
    shop.do(shop.till.login, "3")
    assert shop.do(handing.foreign, listed) == [mine, theirs]


def test_the_body_is_a_receipt_in_json(shop: Desk, handing: Handing) -> None:
    receipt = foreign(shop, handing)
    told = json.loads(receipt.body)
    assert [line["name"] for line in told["lines"]] == ["Mleko 1 l", "Wódka"]
