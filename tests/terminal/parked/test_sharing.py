"""Two tills of a shop and their office: a shared receipt is sold once, whatever breaks."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.errors import Code, Rejected, SyncError, TillError
from terminal.sync import shared as wire_of_shared
from tests.shop import WAIT_S, Counter, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def counters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counter, Counter]]:
    """Two counters of the sample shop, which shares its parked receipts."""
    first = Counter(tmp_path_factory.mktemp("first"))
    second = Counter(tmp_path_factory.mktemp("second"), office=False)
    try:
        second.office = first.office
        second.till_folder.mkdir()
        second.enrol("T2")
        for one in (first, second):
            one.start_till()
            one.ready()
        yield first, second
    finally:
        second.office = None
        second.stop()
        first.stop()


@pytest.fixture
def tills(counters: tuple[Counter, Counter]) -> tuple[Counter, Counter]:
    """Both of them, with nothing on their screens, and nothing aside."""
    for one in counters:
        exchanged(one)
        if one.view().receipt.rid:
            one.do(one.till.drop_receipt, "test")
        for bill in one.do(one.till.parking.bills):
            if bill.lying and bill.lying.share:
                take(one, bill.lying.share)
            if bill.lying or bill.is_added:
                one.do(one.till.parking.drop, bill.name)
    assert unfinished(*counters) == 0
    return counters


def exchanged(one: Counter) -> None:
    """Everything that can be handed over or heard has been."""
    assert one.running is not None
    one.running.context.net.call(one.till.sharing._exchange).result(WAIT_S)


def park(one: Counter, name: str, *codes: str) -> None:
    for code in codes:
        one.do(one.till.sell, code)
    one.do(one.till.parking.park, name)


def offered(one: Counter) -> dict[str, str]:
    """Name and share of what other tills have parked."""
    return {head.name: head.share for head in one.till.sharing.offered().result(WAIT_S)}


def lying(one: Counter) -> list[str]:
    return [bill.name for bill in one.do(one.till.parking.bills) if bill.lying]


def own_share(one: Counter, name: str) -> str:
    bills = one.do(one.till.parking.bills)
    return next(bill.lying.share for bill in bills if bill.name == name)


def take(one: Counter, share: str, name: str = "Jan") -> str:
    return one.till.sharing.take(share, "", name).result(WAIT_S)


def refused(one: Counter, share: str) -> TillError:
    with pytest.raises(TillError) as caught:
        take(one, share)
    return caught.value


def named(one: Counter, event: str) -> list[tuple]:
    return one.journal(
        "SELECT body ->> '$.detail' FROM document WHERE body ->> '$.name' = ?", event
    )


def unfinished(*tills: Counter) -> int:
    """Receipts with lines that somebody may still sell."""
    asked = "SELECT count(*) FROM receipt WHERE state = 'OPEN' AND place <> 'moved'"
    return sum(one.journal(asked)[0][0] for one in tills)


def test_what_one_till_parks_the_other_takes_and_sells(tills: tuple[Counter, Counter]) -> None:
    home, other = tills
    since = other.heard.mark()
    park(home, "Jan", "1", "2")
    exchanged(home)
    share = offered(other)["Jan"]
    assert offered(home) == {}
    assert take(other, share) == "Jan"
    assert lying(other) == ["Jan"]
    other.do(other.till.parking.switch, "Jan")
    total_gr = other.view().receipt.total_gr
    assert len(other.view().receipt.lines) == 2
    other.do(other.till.pay, other.method("cash"))
    printed = other.heard.wait(events.ReceiptPrinted, since)
    assert printed.receipt.total_gr == total_gr
    # Its home hears it before it could sell it.
    assert lying(home) == ["Jan"]
    exchanged(home)
    assert lying(home) == []
    assert len(named(home, "receipt_handed_over")) == len(named(other, "receipt_taken")) == 1
    assert unfinished(home, other) == 0


def test_at_home_it_is_taken_from_the_office_first(tills: tuple[Counter, Counter]) -> None:
    home, other = tills
    park(home, "Jan", "1")
    exchanged(home)
    share = own_share(home, "Jan")
    with pytest.raises(Rejected) as caught:
        home.do(home.till.parking.switch, "Jan")
    assert caught.value.code is Code.BILL_AWAY
    with pytest.raises(Rejected) as caught:
        home.do(home.till.parking.drop, "Jan")
    assert caught.value.code is Code.BILL_AWAY
    assert take(home, share) == "Jan"
    # It is not handed over again before somebody had it on the screen.
    exchanged(home)
    assert own_share(home, "Jan") == ""
    assert offered(other) == {}
    assert refused(other, share).code is Code.BILL_GONE
    home.do(home.till.parking.switch, "Jan")
    exchanged(home)
    home.do(home.till.parking.park)
    exchanged(home)
    assert set(offered(other)) == {"Jan"}
    assert own_share(home, "Jan") != share


def test_of_two_tills_one_gets_it(tills: tuple[Counter, Counter]) -> None:
    home, other = tills
    park(home, "Jan", "1")
    exchanged(home)
    share = own_share(home, "Jan")
    assert take(other, share) == "Jan"
    assert refused(home, share).code is Code.BILL_GONE
    assert lying(home) == []
    assert unfinished(home, other) == 1


def test_without_the_office_each_till_sells_what_lies_there(
    tills: tuple[Counter, Counter],
) -> None:
    home, other = tills
    park(home, "Jan", "1")
    exchanged(home)
    share = own_share(home, "Jan")
    since = home.heard.mark()
    home.stop_office()
    with pytest.raises(SyncError) as caught:
        home.till.sharing.offered().result(WAIT_S)
    assert caught.value.code is Code.NO_NETWORK
    assert refused(home, share).code is Code.BILL_AWAY
    exchanged(home)
    park(home, "Ewa", "2")
    exchanged(home)
    home.do(home.till.parking.switch, "Ewa")
    home.do(home.till.pay, home.method("cash"))
    home.heard.wait(events.ReceiptPrinted, since)
    # What was asked for comes as soon as the office is there again.
    home.start_office()
    other.office = home.office
    wait_until(lambda: own_share(home, "Jan") == "" or exchanged(home), "taken back")
    assert refused(other, share).code is Code.BILL_GONE
    assert unfinished(home, other) == 1


@pytest.mark.parametrize("where", ["request", "answer"])
def test_a_taking_that_was_cut_off_goes_on_after_a_restart(
    tills: tuple[Counter, Counter], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, other = tills
    park(home, "Jan", "1")
    exchanged(home)
    share = offered(other)["Jan"]
    really_take = wire_of_shared.take

    def cut(office, share, request):
        if where == "answer":
            really_take(office, share, request)
        raise SyncError(Code.NO_NETWORK, detail="the line broke")

    monkeypatch.setattr(wire_of_shared, "take", cut)
    assert refused(other, share).code is Code.BILL_AWAY
    assert lying(other) == []
    monkeypatch.undo()
    other.stop_till()
    other.start_till()
    wait_until(lambda: other.journal("SELECT count(*) FROM taking") == [(0,)], "answered")
    other.ready()
    assert lying(other) == ["Jan"]
    exchanged(home)
    assert (lying(home), unfinished(home, other)) == ([], 1)


def test_a_handing_over_that_was_cut_off_is_never_sold_at_home_meanwhile(
    tills: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, other = tills
    really_offer = wire_of_shared.offer

    def cut(office, receipt):
        really_offer(office, receipt)
        raise SyncError(Code.NO_NETWORK, detail="the line broke")

    monkeypatch.setattr(wire_of_shared, "offer", cut)
    park(home, "Jan", "1")
    exchanged(home)
    share = offered(other)["Jan"]
    take(other, share)
    with pytest.raises(Rejected) as caught:
        home.do(home.till.parking.switch, "Jan")
    assert caught.value.code is Code.BILL_AWAY
    monkeypatch.undo()
    home.stop_till()
    home.start_till()
    home.ready()
    exchanged(home)
    assert (lying(home), lying(other)) == ([], ["Jan"])


def test_what_the_office_refuses_is_sold_here(
    tills: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, other = tills

    def full(_office, _receipt):
        raise SyncError(Code.OFFICE_REFUSED, detail="too many", status=413)

    monkeypatch.setattr(wire_of_shared, "offer", full)
    park(home, "Jan", "1")
    exchanged(home)
    assert own_share(home, "Jan") == ""
    home.do(home.till.parking.switch, "Jan")
    assert home.view().receipt.lines
    assert offered(other) == {}


def test_a_no_to_what_may_have_arrived_does_not_bring_it_back(
    tills: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, other = tills
    really_offer = wire_of_shared.offer
    lost = SyncError(Code.NO_NETWORK, detail="")
    blocked = SyncError(Code.OFFICE_REFUSED, detail="", status=403)
    answers = itertools.chain([lost], itertools.repeat(blocked))

    def cut_then_blocked(office, receipt):
        really_offer(office, receipt)
        raise next(answers)

    monkeypatch.setattr(wire_of_shared, "offer", cut_then_blocked)
    park(home, "Jan", "1")
    for _ in range(2):
        exchanged(home)
    with pytest.raises(Rejected) as caught:
        home.do(home.till.parking.switch, "Jan")
    assert caught.value.code is Code.BILL_AWAY
    monkeypatch.undo()
    assert take(other, offered(other)["Jan"]) == "Jan"
    exchanged(home)
    assert unfinished(home, other) == 1


def test_a_name_that_is_taken_here_gets_a_number(tills: tuple[Counter, Counter]) -> None:
    home, other = tills
    park(home, "Jan", "1")
    exchanged(home)
    share = offered(other)["Jan"]
    park(other, "Jan", "2")
    exchanged(other)
    assert take(other, share) == "Jan 2"
    assert sorted(lying(other)) == ["Jan", "Jan 2"]
