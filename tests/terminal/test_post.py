"""The till's exchange with an office that keeps its journal in memory."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import httpx2
import msgspec
import pytest

from terminal import boot, events
from terminal.errors import Code, Rejected, SyncError
from terminal.store.exchanges import Cause, Exchange
from terminal.sync import http, wire
from terminal.sync.datasets import sets_of
from terminal.sync.postman import Posted
from terminal.version import VERSION
from tests.shop import wait_until
from tests.terminal.desk import CASHIER, MANAGER, MILK, NAMES, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_S = 10.0
TAX_STEP = Rejected(Code.TAX_STEP, name="Mleko 1 l", vat="A")


class Office:
    """Answers what ``Post`` asks; ``is_away`` refuses the line."""

    def __init__(self) -> None:
        self.is_away = False
        self.version = ""
        self.kept: list[wire.Entry] = []
        self.verdicts: dict[str, str] = {}
        self.beats: list[wire.Heartbeat] = []
        self.asked: list[str] = []
        self.units = [wire.Unit("pcs", "szt."), wire.Unit("l", "l", 3)]
        self.products: list[wire.Product] = []
        self.revision = 100
        self.units_digest = ""

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        if self.is_away:
            message = "away"
            raise httpx2.ConnectError(message)
        last = request.url.path.rsplit("/", 1)[-1]
        self.asked.append(last)
        if last == "journal":
            body = self.take(msgspec.json.decode(request.read(), type=wire.JournalPush))
        elif last == "heartbeat":
            self.beats.append(msgspec.json.decode(request.read(), type=wire.Heartbeat))
            body = wire.HeartbeatAnswer("2026-11-23T10:00:00+01:00")
        elif last == "release":
            body = wire.ReleaseAnswer(self.version)
        elif last == "sets":
            body = [wire.SetState(name, self.revision, 0, self.digest(name)) for name in wire.SETS]
        else:
            rows = {"units": self.units, "products": self.products}.get(last, [])
            raw = [msgspec.Raw(msgspec.json.encode(row)) for row in rows]
            since = int(request.url.params["since"])
            body = wire.SetPage(last, since, self.revision, False, raw, [], self.digest(last))
        return httpx2.Response(200, content=msgspec.json.encode(body))

    def digest(self, name: str) -> str:
        return self.units_digest if name == "units" else ""

    def take(self, push: wire.JournalPush) -> wire.JournalAnswer:
        self.kept += [entry for entry in push.entries if entry.seq == len(self.kept) + 1]
        verdicts = [
            wire.Verdict(
                entry.seq, entry.rid not in self.verdicts, self.verdicts.get(entry.rid, "")
            )
            for entry in push.entries
        ]
        head = self.kept[-1].hash if self.kept else wire.GENESIS
        return wire.JournalAnswer(push.epoch, len(self.kept), head, verdicts)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    one = Office()
    transport = httpx2.MockTransport(one.handle)
    monkeypatch.setattr(boot, "Office", partial(http.Office, transport=transport))
    return one


@pytest.fixture
def shop(tmp_path: Path, office: Office) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def bodies(office: Office) -> list[dict]:
    return [msgspec.json.decode(entry.body) for entry in office.kept]


def test_what_is_sold_arrives_without_being_asked_for(shop: Desk, office: Office) -> None:
    told = shop.pay("1")
    wait_until(lambda: not shop.view().unsent.count, "everything sent")
    # What came with the first pull is told as well.
    sent = [body for body in bodies(office) if body.get("name") != "data_applied"]
    assert [body["kind"] for body in sent] == ["event", "receipt"]
    assert sent[1]["rid"] == told.receipt.rid
    assert shop.view().network_online is True


def test_what_was_pulled_is_told_when_it_changed_something(shop: Desk, office: Office) -> None:
    def applied() -> list[dict]:
        found = [body for body in bodies(office) if body.get("name") == "data_applied"]
        return [body["detail"] for body in found]

    (first,) = wait_until(applied, "units")
    assert first == {
        "set": "units", "revision": 100, "added": 1, "changed": 0, "removed": 0, "refused": 0,
    }  # fmt: skip
    shop.till.pull("products").result(WAIT_S)
    shop.pay("1")
    wait_until(lambda: not shop.view().unsent.count, "everything sent")
    assert applied() == [first]


def test_an_office_that_comes_back_gets_everything_in_its_order(shop: Desk, office: Office) -> None:
    # Behind what the start has fetched, which is a document as well.
    shop.till.pull("products").result(WAIT_S)
    wait_until(lambda: not shop.view().unsent.count, "everything sent")
    office.is_away = True
    sold = [shop.pay("1").receipt.rid for _ in range(5)]
    with pytest.raises(SyncError) as caught:
        shop.till.push().result(WAIT_S)
    assert caught.value.code is Code.NO_NETWORK
    assert shop.view().network_online is False
    assert shop.view().unsent.count == 5
    office.is_away = False
    assert shop.till.push().result(WAIT_S) == 5
    assert [body["rid"] for body in bodies(office)][-5:] == sold
    assert shop.view().unsent.count == 0
    assert shop.till.push().result(WAIT_S) == 0


def test_a_rate_that_the_printer_may_refuse_is_told_with_the_goods(
    shop: Desk, office: Office
) -> None:
    shop.pay("1")
    shop.till.pull("products").result(WAIT_S)
    office.products = [wire.Product(MILK, "Mleko 1 l", "A", 349, "pcs", "1")]
    for revision in (101, 102):
        office.revision = revision
        office.products[0] = msgspec.structs.replace(office.products[0], price_gr=revision)
        pulled = {one.name: one for one in shop.till.pull("products").result(WAIT_S)}
        goods = pulled.pop("products")
        assert goods.warnings == ((MILK, "E-03 " + TAX_STEP.sentence()),)
        assert not any(one.warnings for one in pulled.values())
    assert [event["detail"] for event in shop.named("tax_steps")] == [
        {"count": 1, "products": [MILK]}
    ]
    office.revision = 103
    office.products = [wire.Product(MILK, "Mleko 1 l", "C", 349, "pcs", "1")]
    assert not any(one.warnings for one in shop.till.pull("products").result(WAIT_S))
    assert shop.named("tax_steps")[-1]["detail"] == {"count": 0, "products": []}


def test_what_waits_for_the_daily_report_is_told_with_the_rows(shop: Desk, office: Office) -> None:
    shop.pay("1")
    shop.publish("vat_rates", wire.VatRate("A", 2200))
    pulled = {one.name: one for one in shop.till.pull("configuration").result(WAIT_S)}
    assert pulled["vat_rates"].warnings == (("A", "waits for the daily report"),)


def test_a_rejected_document_stops_none(shop: Desk, office: Office) -> None:
    office.is_away = True
    first = shop.pay("1")
    shop.pay("1")
    office.verdicts[first.receipt.rid] = "unknown product"
    office.is_away = False
    shop.till.push().result(WAIT_S)
    unsent = shop.view().unsent
    assert (unsent.count, unsent.rejected) == (0, 1)


def test_an_office_that_lost_documents_is_an_event_and_gets_them_again(
    shop: Desk, office: Office
) -> None:
    for _ in range(3):
        shop.pay("1")
    shop.till.push().result(WAIT_S)
    before = list(office.kept)
    del office.kept[1:]
    shop.till.push().result(WAIT_S)
    assert office.kept[: len(before)] == before
    (event,) = shop.named("office_lost_documents")
    assert event["detail"] == {"hw": 1}
    assert bodies(office)[-1]["name"] == "office_lost_documents"
    assert shop.view().unsent.count == 0


def test_menu_entries_fetch_what_belongs_to_them(shop: Desk) -> None:
    since = shop.heard.mark()
    pulled = shop.till.pull("products").result(WAIT_S)
    assert [one.name for one in pulled] == list(sets_of("products"))
    told = [event for event in shop.heard.events[since:] if isinstance(event, events.Pulled)]
    # A till that has just started fetches everything by itself, before.
    assert told[-len(pulled) :] == pulled


def test_a_new_row_is_there_for_the_next_look(shop: Desk, office: Office) -> None:
    wait_until(lambda: "units" in office.asked, "the first fetch")
    shop.till.pull("products").result(WAIT_S)
    rows = shop.context.net.call(
        lambda: shop.running.catalogue.execute("SELECT id FROM unit ORDER BY id").fetchall()
    ).result(WAIT_S)
    assert ("l",) in rows


def test_a_till_fetches_everything_when_it_starts(shop: Desk, office: Office) -> None:
    for _ in wire.SETS:
        shop.heard.wait(events.Pulled)
    wait_until(lambda: set(wire.SETS) <= set(office.asked), "all data sets")


def test_the_office_hears_how_the_till_is(shop: Desk, office: Office) -> None:
    wait_until(lambda: office.beats, "a heartbeat")
    shop.pay("1")
    wait_until(lambda: office.beats[-1].day == "OPEN", "the day is told")
    beat = office.beats[-1]
    assert (beat.version, beat.printer, beat.operator) == (VERSION, "ready", "Marek")


@pytest.mark.parametrize(("offered", "found"), [("", ""), (VERSION, ""), ("99.1.0", "99.1.0")])
def test_a_release_is_found_when_it_is_another(
    shop: Desk, office: Office, offered: str, found: str
) -> None:
    office.version = offered
    assert shop.till.find_release().result(WAIT_S) == found


def test_the_day_close_sends_before_it_fetches(shop: Desk, office: Office) -> None:
    settled(shop, office).pay("1")
    wait_until(lambda: not shop.view().unsent.count, "everything sent")
    office.asked.clear()
    closed = shop.close_day()
    assert closed.notes == ()
    asked = [what for what in office.asked if what != "heartbeat"]
    assert asked.index("journal") < asked.index("sets") < asked.index("release")
    kept = shop.till.lookup.call(shop.till.shelf.exchanges).result(WAIT_S)
    closing = [one for one in kept if one.cause is Cause.CLOSING]
    assert closing[-1].entry == "push"
    assert {one.operator for one in closing} == {"Marek"}
    wait_until(lambda: any(body["kind"] == "report" for body in bodies(office)), "the report")


def settled(shop: Desk, office: Office) -> Desk:
    """The shop when its till has fetched what it fetches at a start."""
    wait_until(lambda: set(wire.SETS) <= set(office.asked), "all data sets")
    shop.context.net.call(lambda: None).result(WAIT_S)
    return shop


def test_new_prices_wait_for_the_end_of_the_receipt(shop: Desk, office: Office) -> None:
    settled(shop, office)
    shop.do(shop.till.sell, "1")
    office.revision += 1
    office.products = [wire.Product(MILK, "Mleko 1 l", "C", 999, "pcs", "1")]
    (goods,) = [one for one in shop.till.pull("products").result(WAIT_S) if one.changed]
    assert goods.is_staged
    shop.do(shop.till.sell, "1")
    assert {line.price_gr for line in shop.receipt().lines} == {349}
    shop.do(shop.till.drop_receipt, "pomyłka")
    wait_until(lambda: shop.do(shop.till.shelf.find, "1")[0].price_gr == 999, "the new price")
    shop.do(shop.till.sell, "1")
    assert [line.price_gr for line in shop.receipt().lines] == [999]


def test_a_till_that_goes_off_before_simply_pulls_again(shop: Desk, office: Office) -> None:
    settled(shop, office)
    shop.do(shop.till.sell, "1")
    office.revision += 1
    office.products = [wire.Product(MILK, "Mleko 1 l", "C", 999, "pcs", "1")]
    assert any(one.is_staged for one in shop.till.pull("products").result(WAIT_S))
    office.asked.clear()
    shop.restart()
    settled(shop, office)
    shop.do(shop.till.sell, "1")
    assert {line.price_gr for line in shop.receipt().lines} == {349}
    shop.till.pull("products").result(WAIT_S)
    shop.do(shop.till.drop_receipt, "pomyłka")
    wait_until(lambda: shop.do(shop.till.shelf.find, "1")[0].price_gr == 999, "the new price")


def test_the_office_hears_of_data_that_had_to_be_loaded_anew(shop: Desk, office: Office) -> None:
    settled(shop, office)
    office.units_digest = f"{wire.row_number('l', 'x'):064x}"
    with pytest.raises(SyncError, match="units: not what it says"):
        shop.till.pull("products").result(WAIT_S)
    office.units_digest = wire.EMPTY
    for unit in office.units:
        number = wire.row_number(unit.id, msgspec.json.encode(unit).decode())
        office.units_digest = wire.turned(office.units_digest, number)
    assert shop.named("data_healed") == []
    # The till's own note of what came is damaged.
    spoil = "UPDATE data_set SET digest = ? WHERE name = 'units'"
    shop.context.net.call(shop.running.catalogue.execute, spoil, ["f" * 64]).result(WAIT_S)
    since = shop.heard.mark()
    shop.till.pull("products").result(WAIT_S)
    assert shop.heard.wait(events.DataHealed, since) == events.DataHealed("units")
    assert [body["detail"]["set"] for body in shop.named("data_healed")] == ["units"]


def exchanged(shop: Desk, since: int, entry: str) -> Exchange:
    """How the exchange of ``entry`` after ``since`` ended."""

    def found() -> list[Exchange]:
        told = [one for one in shop.heard.events[since:] if isinstance(one, events.Exchanged)]
        return [one.exchange for one in told if one.exchange.entry == entry]

    return wait_until(found, entry)[0]


def test_every_exchange_is_remembered_with_who_and_how_many(
    shop: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.till.pull("products").result(WAIT_S)
    shop.till.push().result(WAIT_S)
    shop.do(int)  # all of it is told
    office.revision = 101
    office.units.append(wire.Unit("m", "m"))
    since = shop.heard.mark()
    shop.till.pull("products").result(WAIT_S)
    told = exchanged(shop, since, "products")
    assert (told.cause, told.operator, told.added, told.error) == (Cause.KEYS, "Marek", 1, "")
    office.is_away = True
    with pytest.raises(SyncError):
        shop.till.push(Cause.LEAVING).result(WAIT_S)
    assert exchanged(shop, since, "push").error.startswith("E-50 ")
    office.is_away = False
    monkeypatch.setattr(shop.running.post._postman, "post", lambda: Posted(3, 0))
    since = shop.heard.mark()
    shop.till.push().result(WAIT_S)
    assert exchanged(shop, since, "push").sent == 3
    kept = shop.till.lookup.call(shop.till.shelf.exchanges).result(WAIT_S)
    assert [(one.entry, one.cause) for one in kept[:3]] == [
        ("push", Cause.KEYS),
        ("push", Cause.LEAVING),
        ("products", Cause.KEYS),
    ]
    assert kept[2] == told


def test_a_login_catches_up_and_the_first_of_a_day_opens_it(shop: Desk, office: Office) -> None:
    for login, cause in ((CASHIER, Cause.OPENING), (MANAGER, Cause.LOGIN)):
        # What the start or the login before began is behind us.
        shop.till.pull("products").result(WAIT_S)
        shop.do(int)
        since = shop.heard.mark()
        shop.do(shop.till.login, login)
        for entry in ("configuration", "users", "products"):
            told = exchanged(shop, since, entry)
            assert (told.cause, told.operator) == (cause, NAMES[login])
        shop.pay("1")


def test_a_network_that_is_away_is_tried_once_a_login(shop: Desk, office: Office) -> None:
    shop.till.pull("products").result(WAIT_S)
    shop.do(int)
    office.is_away = True
    since = shop.heard.mark()
    shop.do(shop.till.login, CASHIER)
    assert exchanged(shop, since, "configuration").error.startswith("E-50 ")
    with pytest.raises(SyncError):
        shop.till.pull("products").result(WAIT_S)
    assert exchanged(shop, since, "products").cause is Cause.KEYS


def test_what_a_login_could_not_fetch_follows_when_the_office_is_heard_again(
    shop: Desk, office: Office
) -> None:
    shop.till.pull("products").result(WAIT_S)
    shop.do(int)
    office.is_away = True
    since = shop.heard.mark()
    shop.do(shop.till.login, CASHIER)
    assert exchanged(shop, since, "configuration").error.startswith("E-50 ")
    office.is_away = False
    since = shop.heard.mark()
    shop.till.push().result(WAIT_S)
    for entry in ("configuration", "users", "products", "customers"):
        told = exchanged(shop, since, entry)
        assert (told.cause, told.operator, told.error) == (Cause.OPENING, "Anna", "")


def test_what_waits_at_the_office_is_counted_by_set(shop: Desk, office: Office) -> None:
    for entry in ("configuration", "users", "products"):
        shop.till.pull(entry).result(WAIT_S)
    assert set(shop.till.waiting().result(WAIT_S).values()) == {0}
    office.revision += 7
    assert shop.till.waiting().result(WAIT_S)["products"] == 7
    shop.till.pull("products").result(WAIT_S)
    waiting = shop.till.waiting().result(WAIT_S)
    assert (waiting["products"], waiting["users"]) == (0, 7)


def test_a_pull_is_seen_on_the_air(shop: Desk, office: Office) -> None:
    wait_until(lambda: not shop.view().unsent.count, "everything sent")
    since = shop.heard.mark()
    shop.till.pull("products").result(WAIT_S)
    told = [one for one in shop.heard.events[since:] if isinstance(one, events.DataMoves)]
    assert [one.is_moving for one in told[-2:]] == [True, False]
    assert shop.view().heard_at is not None
