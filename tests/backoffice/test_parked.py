"""Shared parked receipts at the office: each is taken once, whoever asks, and how often."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from backoffice import fleet, parked, receive
from backoffice.errors import Forbidden, NotFound, TooLarge
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half

BODY = '{"lines":["Mleko \\u0000 „3,2%”"]}'


def new():
    return str(uuid.uuid4())


def shared(share, name="Jan", body=BODY):
    head = wire.SharedHead(
        share, "?", name, "2026-03-01T12:00:00+01:00", "u1", "Anna", 4348, 2, "Mleko"
    )
    return wire.SharedReceipt(head, body)


class Shop:
    def __init__(self, engine, clock):
        self.engine, self.clock = engine, clock

    def offer(self, share, terminal="K1", shop="lipa", **more):
        with writing(self.engine) as database:
            receipt = shared(share, **more)
            return parked.offer(database, shop, terminal, share, receipt, self.clock())

    def listed(self, terminal="K1", shop="lipa"):
        with reading(self.engine) as database:
            return parked.listed(database, shop, terminal)

    def names(self, **where):
        return [head.name for head in self.listed(**where).offered]

    def take(self, share, request, terminal="K2", shop="lipa"):
        with writing(self.engine) as database:
            return parked.take(database, shop, terminal, share, request, self.clock())


@pytest.fixture
def shop(engine, clock):
    return Shop(engine, clock)


def test_what_one_till_hands_over_another_takes_as_it_was(shop):
    share, request = new(), new()
    assert shop.offer(share) == wire.ShareState(share, "")
    (head,) = shop.listed("K2").offered
    assert (head.share, head.terminal, head.name, head.total_gr) == (share, "K1", "Jan", 4348)
    answer = shop.take(share, request)
    assert (answer.is_yours, answer.taken_by) == (True, "K2")
    assert answer.receipt == msgspec.structs.replace(shared(share), head=head)
    assert shop.listed("K2") == wire.SharedList([], [])
    # Its home hears who has it.
    assert shop.listed("K1") == wire.SharedList([], [wire.ShareState(share, "K2")])


def test_a_lost_answer_is_given_again_and_nobody_else_gets_it(shop):
    share, request = new(), new()
    shop.offer(share)
    first = shop.take(share, request)
    assert shop.take(share, request) == first
    for other in (("K2", new()), ("K1", request), ("K3", new())):
        answer = shop.take(share, other[1], other[0])
        assert answer == wire.TakeAnswer(is_yours=False, taken_by="K2")


def test_the_same_again_changes_nothing_and_says_who_has_it(shop):
    share = new()
    shop.offer(share)
    shop.offer(share, name="Ewa")
    assert shop.names() == ["Jan"]
    shop.take(share, new())
    assert shop.offer(share) == wire.ShareState(share, "K2")
    assert shop.names() == []


def test_one_that_comes_after_it_was_asked_for_is_never_offered(shop):
    share, request = new(), new()
    assert shop.take(share, request, "K1") == wire.TakeAnswer(True, "K1")
    assert shop.offer(share) == wire.ShareState(share, "K1")
    assert shop.names() == []
    assert shop.take(share, request, "K1") == wire.TakeAnswer(True, "K1")


def test_of_many_that_ask_at_once_one_gets_it(shop):
    shares = [new() for _ in range(4)]
    for share in shares:
        shop.offer(share)
        requests = {f"K{number}": new() for number in range(2, 8)}
        with ThreadPoolExecutor(len(requests)) as pool:
            asked = [pool.submit(shop.take, share, rid, till) for till, rid in requests.items()]
        answers = [one.result() for one in asked]
        assert sum(answer.is_yours for answer in answers) == 1
        assert len({answer.taken_by for answer in answers}) == 1


def test_shops_and_companies_do_not_see_each_other(shop, engine, clock):
    share = new()
    shop.offer(share)
    assert shop.names(shop="dab") == []
    with pytest.raises(NotFound):
        shop.take(share, new(), shop="dab")
    with pytest.raises(Forbidden):
        shop.offer(share, terminal="K9")
    with pytest.raises(Forbidden):
        shop.offer(share, shop="dab")
    stranger = Shop(of_company(engine, "other"), clock)
    assert stranger.names() == []
    # There the share has never been seen, and is another one.
    assert stranger.take(share, new()).receipt is None
    assert shop.names() == ["Jan"]


def test_what_was_taken_long_ago_is_forgotten_and_what_is_held_never(shop, clock):
    old, held = new(), new()
    shop.offer(old)
    shop.offer(held, name="Ewa")
    shop.take(old, new())
    clock.push(days=parked.KEPT.days + 1)
    shop.offer(new(), name="Ola")
    assert shop.names() == ["Ewa", "Ola"]
    assert shop.listed("K1").taken == []


def test_a_shop_has_so_many_and_no_more(shop, monkeypatch):
    monkeypatch.setattr(wire, "SHARED_MAX", 1)
    share = new()
    shop.offer(share)
    shop.offer(share)
    with pytest.raises(TooLarge):
        shop.offer(new())
    shop.offer(new(), shop="dab")


@pytest.mark.parametrize("share", ["", "1", "x" * 36, f"{uuid.UUID(int=1)}\n"])
def test_a_share_has_a_name_of_its_own_kind(shop, share):
    with pytest.raises(NotFound):
        shop.take(share, new())
    with pytest.raises(NotFound):
        shop.offer(share)


def taken_event(books, share, request, **changes):
    detail = {"share": share, "receipt": request, "home": "K1", "total_gr": 4348, **changes}
    who = {"rid": new(), "terminal": "K2", "shop": "lipa", "at": "2026-03-01T12:00:00+01:00"}
    books.add(wire.EventDoc(**who, operator="Anna", name="receipt_taken", detail=detail))


def test_an_office_that_had_forgotten_hears_who_took_what(shop, engine, clock, books):
    """Restored from a copy of before it was taken, or even of before it was offered."""
    with writing(engine) as database:
        code = fleet.invite(database, "K2", "lipa", clock())
        fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    offered, unheard, request = new(), new(), new()
    shop.offer(offered)
    journal = books("K2")
    taken_event(journal, offered, request)
    taken_event(journal, unheard, new())
    taken_event(journal, "?", request)
    taken_event(journal, new(), request, home=7)
    receive.receive(engine, "K2", wire.JournalPush(1, journal.entries), clock())
    assert shop.names() == []
    assert shop.offer(unheard) == wire.ShareState(unheard, "K2")
    assert shop.take(offered, request).is_yours
    assert not shop.take(offered, new(), "K1").is_yours
