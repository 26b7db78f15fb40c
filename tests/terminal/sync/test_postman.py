from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from terminal.errors import Code, SyncError
from terminal.events import NetworkChanged, UnsentChanged
from terminal.sync import wire
from terminal.sync.postman import Posted

if TYPE_CHECKING:
    from tests.terminal.sync.conftest import MemoryOffice, TillOutbox

    Answer = wire.JournalAnswer | wire.Problem


def test_everything_pending_is_sent_once_and_in_order(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell(5)
    till.entries_max = 2
    postman, _ = till.postman(office)
    assert postman.post() == Posted(sent=5, rewinds=0)
    assert office.entries == till.all()
    assert [[one.seq for one in push.entries] for push in office.pushes] == [[1, 2], [3, 4], [5]]
    assert [event.unsent.count for event in till.events(UnsentChanged)] == [3, 1, 0]
    assert till.events(NetworkChanged) == [NetworkChanged(is_online=True)]


def test_nothing_pending_still_asks_where_the_office_is(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell(3)
    postman, _ = till.postman(office)
    postman.post()
    office.forget(1)
    assert postman.post() == Posted(sent=2, rewinds=1)
    assert office.entries == till.all()


def test_a_request_is_never_larger_than_agreed(till: TillOutbox, office: MemoryOffice) -> None:
    # Quotation marks double when a body travels as a text.
    till.sell(30, reason='"' * 20_000)
    postman, _ = till.postman(office)
    postman.post()
    assert office.entries == till.all()
    sizes = [len(msgspec.json.encode(push)) for push in office.pushes]
    assert len(sizes) > 1
    assert max(sizes) <= wire.JOURNAL_BYTES_MAX


def test_a_document_larger_than_a_request_goes_alone(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell(1)
    till.sell(1, reason="x" * wire.JOURNAL_BYTES_MAX)
    till.sell(1)
    postman, _ = till.postman(office)
    assert postman.post().sent == 3
    assert [len(push.entries) for push in office.pushes] == [1, 1, 1]


@pytest.mark.parametrize("fault", ["lost", "cut", "slow", "502 after"])
def test_documents_stored_without_an_answer_are_not_doubled(
    till: TillOutbox, office: MemoryOffice, fault: str
) -> None:
    till.sell(3)
    office.faults.append(fault)
    postman, _ = till.postman(office)
    with pytest.raises(SyncError):
        postman.post()
    assert (till.unsent(), len(office.entries)) == (3, 3)
    assert postman.post() == Posted(sent=3, rewinds=0)
    assert office.entries == till.all()
    first, second = office.pushes
    assert msgspec.json.encode(first) == msgspec.json.encode(second)


def test_a_request_that_arrives_twice_is_stored_once(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell(3)
    office.faults.append("twice")
    postman, _ = till.postman(office)
    assert postman.post() == Posted(sent=3, rewinds=0)
    assert len(office.pushes) == 2
    assert office.entries == till.all()


@pytest.mark.parametrize(
    ("fault", "code"), [("refuse", Code.NO_NETWORK), ("500", Code.OFFICE_REFUSED)]
)
def test_documents_that_did_not_arrive_stay_pending(
    till: TillOutbox, office: MemoryOffice, fault: str, code: Code
) -> None:
    till.sell(2)
    office.faults.append(fault)
    postman, _ = till.postman(office)
    with pytest.raises(SyncError) as caught:
        postman.post()
    assert caught.value.code is code
    assert till.unsent() == 2
    assert till.events(NetworkChanged) == [NetworkChanged(is_online=False)]
    assert postman.post().sent == 2


def test_an_office_restored_from_a_copy_gets_everything_again(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell(6)
    postman, _ = till.postman(office)
    postman.post()
    office.forget(2)
    till.sell(1)
    # The new document does not follow from what is left: the answer is a lower cursor.
    assert postman.post() == Posted(sent=5, rewinds=1)
    assert office.entries == till.all()


def test_an_office_that_forgets_for_ever_is_given_up(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell(3)
    take = office.take
    calls = 0

    def forgetful(push: wire.JournalPush) -> Answer:
        nonlocal calls
        calls += 1
        answer = take(push)
        if calls % 2 == 0:
            office.forget(0)
            answer = take(wire.JournalPush(push.epoch, []))
        return answer

    office.take = forgetful
    till.entries_max = 1
    postman, _ = till.postman(office)
    with pytest.raises(SyncError, match="again and again"):
        postman.post()
    assert calls < 20


def test_an_office_that_takes_nothing_is_not_asked_for_ever(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell(2)
    office.take = lambda push: wire.JournalAnswer(push.epoch, 0, wire.GENESIS)
    postman, _ = till.postman(office)
    with pytest.raises(SyncError, match="does not take document 1"):
        postman.post()
    assert till.unsent() == 2
