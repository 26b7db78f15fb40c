from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from terminal.errors import Code, SyncError
from terminal.events import DataHealed, Pulled, PullProgress
from terminal.store import sent
from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import close_writer, open_reader, open_writer
from terminal.sync import pull as module
from terminal.sync.datasets import sets_of
from terminal.sync.pull import pull
from terminal.sync.wire import EMPTY, SETS, Product, SetPage, SetState, row_number, turned

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


class Publisher:
    """An office in memory: each change of a row gets the next revision of its set."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, tuple[int, Any]]] = {name: {} for name in SETS}
        self.newest = dict.fromkeys(SETS, 0)
        self.asked: list[tuple[str, int]] = []
        self.break_at = 0
        self.lies = False
        self.snapshot = lambda: "key"

    def put(self, name: str, *rows: dict[str, object]) -> None:
        for row in rows:
            self._change(name, row["id"], row)

    def drop(self, name: str, row_id: str) -> None:
        self._change(name, row_id, None)

    def _change(self, name: str, row_id: str, row: object) -> None:
        self.newest[name] += 1
        self.rows[name].pop(row_id, None)
        self.rows[name][row_id] = (self.newest[name], row)

    def states(self) -> list[SetState]:
        key = self.snapshot()
        return [
            SetState(name, to, len(self.rows[name]), self.digest(name), key)
            for name, to in self.newest.items()
        ]

    def digest(self, name: str) -> str:
        found = EMPTY
        for row_id, (_, row) in self.rows[name].items():
            if row is not None:
                body = msgspec.json.encode(row).decode()
                found = turned(found, row_number(row_id, body))
        return turned(found, 1) if self.lies else found

    def page(self, name: str, since: int, limit: int) -> SetPage:
        self.asked.append((name, since))
        if self.break_at and len(self.asked) >= self.break_at:
            self.break_at = 0
            raise SyncError(Code.NO_NETWORK)
        news = [(to, key, row) for key, (to, row) in self.rows[name].items() if to > since]
        news.sort(key=lambda one: one[0])
        shown, more = news[:limit], len(news) > limit
        rows = [msgspec.Raw(msgspec.json.encode(row)) for _, _, row in shown if row is not None]
        removed = [key for _, key, row in shown if row is None]
        to, digest = (shown[-1][0], "") if more else (self.newest[name], self.digest(name))
        return SetPage(name, since, to, more, rows, removed, digest)


def product(number: int, **changed: object) -> dict[str, Any]:
    name = f"Towar {number}"
    return {"id": f"p{number}", "name": name, "vat": "A", "price_gr": 100, "unit": "szt", **changed}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    yield catalogue
    close_writer(catalogue)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    monkeypatch.setattr(module, "_PAGE_ROWS", 4)
    made = Publisher()
    made.put("vat_rates", {"id": "A", "rate_bp": 2300}, {"id": "E", "rate_bp": 10_100})
    made.put("units", {"id": "szt", "name": "szt"})
    made.put("roles", {"id": "cashier", "name": "Kasjer", "rights": ["sell"]})
    made.put("products", *(product(number) for number in range(10)))
    return made


def quiet(_: object) -> None:
    pass


def products(office: Publisher, db: sqlite3.Connection) -> Pulled:
    return pull(office, db, ["products"], quiet)[-1]


def test_a_first_pull_brings_what_is_needed_page_by_page(
    office: Publisher, db: sqlite3.Connection
) -> None:
    results = pull(office, db, ["products"], (told := []).append)
    assert results == [
        Pulled("vat_rates", 2, 0, 0),
        Pulled("units", 1, 0, 0),
        Pulled("products", 10, 0, 0),
    ]
    assert told[-4:] == [*(PullProgress("products", n) for n in (4, 8, 10)), results[-1]]
    assert Catalogue(db).revision("products") == office.newest["products"]
    assert Catalogue(db).article("p7").name == "Towar 7"  # type: ignore[union-attr]


def test_an_entry_of_the_menu_brings_its_sets_in_order(
    office: Publisher, db: sqlite3.Connection
) -> None:
    results = pull(office, db, sets_of("users"), quiet)
    assert [one.name for one in results] == ["roles", "users", "representatives"]


def test_a_second_pull_changes_nothing_and_asks_once(
    office: Publisher, db: sqlite3.Connection
) -> None:
    pull(office, db, ["products"], quiet)
    office.asked.clear()
    assert products(office, db) == Pulled("products", 0, 0, 0)
    assert office.asked == []


def test_only_what_changed_since_is_brought(office: Publisher, db: sqlite3.Connection) -> None:
    products(office, db)
    office.put("products", product(3, price_gr=250), product(77))
    office.drop("products", "p5")
    assert products(office, db) == Pulled("products", 1, 1, 1)
    assert Catalogue(db).article("p3").price_gr == 250  # type: ignore[union-attr]
    assert Catalogue(db).article("p5") is None


def test_a_broken_pull_goes_on_where_it_was(office: Publisher, db: sqlite3.Connection) -> None:
    pull(office, db, ["units", "vat_rates"], quiet)
    office.asked.clear()
    office.break_at = 3
    with pytest.raises(SyncError):
        pull(office, db, ["products"], quiet)
    assert Catalogue(db).counts()["products"] == 8
    office.asked.clear()
    assert products(office, db) == Pulled("products", 2, 0, 0)
    assert office.asked == [("products", 8)]


def test_stop_ends_after_a_page_and_keeps_it(office: Publisher, db: sqlite3.Connection) -> None:
    pull(office, db, ["units", "vat_rates"], quiet)
    stop = threading.Event()

    def tell(event: object) -> None:
        if isinstance(event, PullProgress):
            stop.set()

    assert pull(office, db, ["products", "roles"], tell, stop=stop) == [Pulled("roles", 1, 0, 0)]
    stop.clear()
    assert pull(office, db, ["products"], tell, stop=stop) == [Pulled("products", 4, 0, 0)]
    assert Catalogue(db).revision("products") == 4


def test_a_bad_record_is_refused_and_its_last_good_one_stays(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    office.put("products", product(1, name="??"), product(2, price_gr=5), product(88, vat="Z"))
    found = products(office, db)
    reasons = dict(found.refused)
    assert (found.added, found.changed, found.removed) == (0, 1, 0)
    assert reasons["p1"] == "The printer would take the name for empty: ??"
    assert "$.vat" in reasons["p88"]
    assert Catalogue(db).article("p1").name == "Towar 1"  # type: ignore[union-attr]
    assert Catalogue(db).article("p88") is None
    assert Catalogue(db).revision("products") == office.newest["products"]


def test_what_is_refused_is_told_until_it_is_put_right(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    office.put("products", product(1, name="??"))
    first = products(office, db)
    assert products(office, db) == first
    office.put("products", product(1, name="Bułka"))
    assert products(office, db) == Pulled("products", 0, 1, 0)
    assert products(office, db) == Pulled("products", 0, 0, 0)


def test_a_record_put_aside_is_taken_when_what_it_refers_to_has_come(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    office.put("products", product(50, unit="kg"), product(51, vat="E"))
    assert products(office, db).refused == (
        ("p50", "Unknown unit: kg"),
        ("p51", "VAT letter E has no rate"),
    )
    office.put("units", {"id": "kg", "name": "kg", "precision": 3})
    office.put("vat_rates", {"id": "E", "rate_bp": 500})
    results = pull(office, db, ["vat_rates", "units", "products"], quiet)
    assert results[-1] == Pulled("products", 2, 0, 0)
    assert Catalogue(db).article("p50").precision == 3  # type: ignore[union-attr]


def test_a_record_put_aside_and_then_removed_is_forgotten(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    office.put("products", product(50, unit="kg"))
    assert products(office, db).refused
    office.drop("products", "p50")
    assert products(office, db) == Pulled("products", 0, 0, 0)
    assert products(office, db) == Pulled("products", 0, 0, 0)


def test_a_record_without_an_id_is_told_once(office: Publisher, db: sqlite3.Connection) -> None:
    products(office, db)
    office.put("products", {"id": None, "name": "x"})
    office.rows["products"][None] = (office.newest["products"], {"name": "x"})  # type: ignore[index]
    office.digest = lambda _: ""  # type: ignore[method-assign]
    assert len(products(office, db).refused) == 1
    assert products(office, db).refused == ()


def test_a_user_needs_a_role_and_a_role_comes_first(
    office: Publisher, db: sqlite3.Connection
) -> None:
    ala = {"id": "u1", "identifier": "1", "name": "Ala", "role": "cashier"}
    office.put("users", ala, {**ala, "id": "u2", "identifier": "2", "role": "king"})
    roles, users = pull(office, db, ["users"], quiet)
    assert (roles.name, roles.added) == ("roles", 1)
    assert users == Pulled("users", 1, 0, 0, (("u2", "Unknown role: king"),))


@pytest.mark.parametrize("kept", [0, 5])
def test_an_older_office_never_means_that_all_was_deleted(
    office: Publisher, db: sqlite3.Connection, kept: int
) -> None:
    products(office, db)
    before = Catalogue(db).counts()
    office.newest["products"] = kept
    office.put("units", {"id": "kg", "name": "kg"})
    with pytest.raises(SyncError, match="older") as caught:
        pull(office, db, ["units", "products"], quiet)
    assert caught.value.code is Code.OFFICE_REFUSED
    assert Catalogue(db).counts() == before
    assert Catalogue(db).revision("products") == 10


def test_an_older_office_is_taken_as_it_is_when_somebody_wants_all_of_it(
    office: Publisher, db: sqlite3.Connection
) -> None:
    """It was restored from a copy, and the technician presses 8 4 8."""
    products(office, db)
    office.rows["products"] = {"p3": (4, product(3, price_gr=333))}
    office.newest["products"] = 4
    pull(office, db, ["products"], quiet, ever=True)
    assert Catalogue(db).counts()["products"] == 1
    assert Catalogue(db).article("p3").price_gr == 333  # type: ignore[union-attr]
    assert Catalogue(db).revision("products") == 4


def test_an_empty_office_is_never_taken(office: Publisher, db: sqlite3.Connection) -> None:
    products(office, db)
    before = Catalogue(db).counts()
    office.rows["products"] = {}
    office.newest["products"] = 0
    with pytest.raises(SyncError, match="older"):
        pull(office, db, ["products"], quiet, ever=True)
    assert Catalogue(db).counts() == before


@pytest.mark.parametrize(
    "wrong",
    [{"to": 3}, {"since": 0}, {"name": "users"}, {"to": 10, "more": True}],
    ids=["older", "from the beginning", "another set", "without end"],
)
def test_a_page_that_does_not_follow_touches_nothing(
    office: Publisher, db: sqlite3.Connection, wrong: dict[str, Any]
) -> None:
    products(office, db)
    office.put("products", product(1, price_gr=9))
    office.drop("products", "p2")
    page = office.page
    office.page = lambda *asked: msgspec.structs.replace(page(*asked), **wrong)  # type: ignore[method-assign]
    with pytest.raises(SyncError) as caught:
        products(office, db)
    assert caught.value.code is Code.OFFICE_REFUSED
    assert Catalogue(db).revision("products") == 10
    assert Catalogue(db).article("p1").price_gr == 100  # type: ignore[union-attr]
    assert Catalogue(db).article("p2") is not None


def test_a_set_that_the_office_does_not_have_is_named(
    office: Publisher, db: sqlite3.Connection
) -> None:
    del office.newest["categories"]
    with pytest.raises(SyncError, match="categories"):
        pull(office, db, ["categories"], quiet)


def test_a_shop_without_cash_is_warned(
    office: Publisher, db: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    office.put("payment_methods", {"id": "1", "name": "Karta", "kind": "card"})
    with caplog.at_level(logging.WARNING):
        (found,) = pull(office, db, ["payment_methods"], quiet)
    assert found == Pulled("payment_methods", 1, 0, 0)
    assert "takes cash" in caplog.text
    caplog.clear()
    office.put("payment_methods", {"id": "2", "name": "Gotówka", "kind": "cash"})
    pull(office, db, ["payment_methods"], quiet)
    assert caplog.text == ""


def test_a_full_disk_is_told_and_the_page_is_not_half_there(
    office: Publisher, db: sqlite3.Connection
) -> None:
    pull(office, db, ["units", "vat_rates"], quiet)
    db.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.product WHEN NEW.id = 'p6'"
        " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    with pytest.raises(SyncError, match="disk full") as caught:
        products(office, db)
    assert caught.value.code is Code.STORAGE
    assert (Catalogue(db).counts()["products"], Catalogue(db).revision("products")) == (4, 4)


def test_a_namesake_at_another_letter_is_refused_and_the_first_stays(
    office: Publisher, db: sqlite3.Connection
) -> None:
    office.put("vat_rates", {"id": "B", "rate_bp": 800})
    products(office, db)
    office.put("products", product(50, name="TOWAR-3", vat="B"))
    pulled = products(office, db)
    assert pulled.refused == (
        ("p50", "The printer would take it for Towar 3, which has VAT letter A"),
    )
    assert Catalogue(db).article("p50") is None
    assert Catalogue(db).article("p3").vat == "A"  # type: ignore[union-attr]
    office.drop("products", "p3")
    assert products(office, db).refused == ()
    assert Catalogue(db).article("p50").vat == "B"  # type: ignore[union-attr]


def test_namesakes_may_change_their_letter_on_two_pages_of_one_pull(
    office: Publisher, db: sqlite3.Connection
) -> None:
    office.put("vat_rates", {"id": "B", "rate_bp": 800})
    office.put("products", product(50, name="TOWAR-3"))
    products(office, db)
    changed = [product(3, vat="B"), *(product(n, price_gr=7) for n in (1, 2, 4, 5))]
    office.put("products", *changed, product(50, name="TOWAR-3", vat="B"))
    pulled = products(office, db)
    assert (pulled.refused, pulled.changed) == ((), 6)
    assert [Catalogue(db).article(one).vat for one in ("p3", "p50")] == ["B", "B"]  # type: ignore[union-attr]


def test_refused_and_removed_rows_do_not_part_the_digests(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    office.put("products", product(1, name="??"), product(88, vat="Z"), product(2, colour="red"))
    office.drop("products", "p3")
    events: list[object] = []
    for _ in range(3):
        pull(office, db, ["products"], events.append)
        assert sent.digest(db, "products") == office.digest("products")
    office.drop("products", "p1")
    office.put("products", product(88))
    pull(office, db, ["products"], events.append)
    assert sent.digest(db, "products") == office.digest("products")
    assert not any(isinstance(event, DataHealed) for event in events)


def test_a_set_that_is_not_the_offices_heals_itself_once(
    office: Publisher, db: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    products(office, db)
    # The office was put back to an older copy, and has come as far again in another way.
    revision, row = office.rows["products"]["p1"]
    office.rows["products"]["p1"] = (revision, {**row, "price_gr": 777})
    del office.rows["products"]["p2"]
    office.rows["products"]["p90"] = (3, product(90))
    told: list[object] = []
    with caplog.at_level(logging.WARNING):
        found = pull(office, db, ["products"], told.append)
    assert found == [Pulled("products", 1, 1, 1)]
    assert told[-2:] == [DataHealed("products"), found[0]]
    assert "products differ" in caplog.text
    catalogue = Catalogue(db)
    assert catalogue.article("p1").price_gr == 777  # type: ignore[union-attr]
    assert catalogue.article("p2") is None
    assert catalogue.article("p90") is not None
    assert catalogue.counts()["products"] == 10
    told.clear()
    assert pull(office, db, ["products"], told.append) == told == [Pulled("products", 0, 0, 0)]


def test_an_office_that_never_agrees_is_told_and_changes_nothing(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    office.lies = True
    office.rows["products"]["p1"] = (1, product(1, price_gr=9))
    office.asked.clear()
    for _ in range(2):
        with pytest.raises(SyncError, match="products: not what it says") as caught:
            products(office, db)
        assert caught.value.code is Code.OFFICE_REFUSED
    assert [since for _, since in office.asked] == [0, 4, 8] * 2
    assert Catalogue(db).article("p1").price_gr == 100  # type: ignore[union-attr]
    assert Catalogue(db).revision("products") == 10


def test_any_time_fetches_all_and_takes_away_what_the_office_lacks(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    apply(db, "products", 10, [Product("p70", "Duch", "A", 1, "szt")], [], [("p71", "?", "{}")])
    office.put("products", product(3, price_gr=5))
    office.asked.clear()
    assert pull(office, db, ["products"], quiet, ever=True) == [Pulled("products", 0, 1, 1)]
    assert [since for _, since in office.asked] == [0, 5, 9]
    assert Catalogue(db).article("p70") is None
    assert Catalogue(db).counts()["products"] == 10
    assert Catalogue(db).revision("products") == 11


def test_any_time_that_breaks_off_leaves_everything_as_it_was(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    before = list(db.iterdump())
    office.put("products", *(product(n, price_gr=5) for n in range(10)))
    office.asked.clear()
    office.break_at = 3
    with pytest.raises(SyncError) as caught:
        pull(office, db, ["products"], quiet, ever=True)
    assert caught.value.code is Code.NO_NETWORK
    assert list(db.iterdump()) == before
    assert pull(office, db, ["products"], quiet, ever=True) == [Pulled("products", 0, 10, 0)]


def test_any_time_that_is_stopped_leaves_everything_as_it_was(
    office: Publisher, db: sqlite3.Connection
) -> None:
    products(office, db)
    before = list(db.iterdump())
    office.put("products", *(product(n, price_gr=5) for n in range(10)))
    stop = threading.Event()

    def tell(event: object) -> None:
        if isinstance(event, PullProgress):
            stop.set()

    found = pull(office, db, ["products"], tell, stop=stop, ever=True)
    assert found == [Pulled("products", 0, 0, 0)]
    assert list(db.iterdump()) == before


class Files:
    """Snapshots of the office, made when they are asked for."""

    def __init__(self, office: Publisher) -> None:
        self.office = office
        self.asked: list[str] = []
        self.gone: set[str] = set()

    def rows(self, key: str, name: str) -> tuple[int, Iterator[list[msgspec.Raw]]]:
        self.asked.append(key)
        if key in self.gone:
            raise SyncError(Code.OFFICE_REFUSED, detail="changed since", status=404)
        living = [row for _, row in self.office.rows[name].values() if row is not None]
        parts = [living[start : start + 3] for start in range(0, len(living), 3)]
        raws = [[msgspec.Raw(msgspec.json.encode(row)) for row in part] for part in parts]
        return self.office.newest[name], iter(raws)


@pytest.fixture
def files(office: Publisher, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.setattr(module, "SNAPSHOT_ROWS", 10)
    return Files(office)


def test_a_big_first_load_comes_as_a_file_and_goes_on_with_rows(
    office: Publisher, db: sqlite3.Connection, files: Files
) -> None:
    pull(office, db, ["units", "vat_rates"], quiet, snapshots=files)
    assert files.asked == [], "small sets come as rows"
    take = files.rows

    def rows(key: str, name: str) -> tuple[int, Iterator[list[msgspec.Raw]]]:
        found = take(key, name)
        office.put("products", product(1, price_gr=5), product(70))
        return found

    files.rows = rows  # type: ignore[method-assign]
    office.asked.clear()
    found = pull(office, db, ["products"], quiet, snapshots=files)
    assert found == [Pulled("products", 11, 1, 0)]
    assert office.asked == [("products", 10)]
    assert sent.digest(db, "products") == office.digest("products")
    assert Catalogue(db).revision("products") == 12
    office.asked.clear()
    assert pull(office, db, ["products"], quiet, snapshots=files) == [Pulled("products", 0, 0, 0)]
    assert len(files.asked) == 1


def test_a_file_that_is_not_the_newest_any_more_is_announced_again(
    office: Publisher, db: sqlite3.Connection, files: Files
) -> None:
    names = iter(("old", "new"))
    office.snapshot = lambda: next(names)
    files.gone = {"old"}
    pull(office, db, ["products"], quiet, snapshots=files)
    assert files.asked == ["old", "new"]
    assert Catalogue(db).counts()["products"] == 10


def test_an_office_without_files_sends_rows(
    office: Publisher, db: sqlite3.Connection, files: Files
) -> None:
    office.snapshot = str
    pull(office, db, ["products"], quiet, snapshots=files)
    assert files.asked == []
    assert Catalogue(db).counts()["products"] == 10


def test_a_bad_record_in_a_file_is_refused_and_its_last_good_one_stays(
    office: Publisher, db: sqlite3.Connection, files: Files
) -> None:
    products(office, db)
    office.put("products", product(1, name="??"), product(88, vat="Z"), product(3, price_gr=5))
    (found,) = pull(office, db, ["products"], quiet, ever=True, snapshots=files)
    assert (found.added, found.changed, found.removed) == (0, 1, 0)
    assert dict(found.refused).keys() == {"p1", "p88"}
    assert Catalogue(db).article("p1").name == "Towar 1"  # type: ignore[union-attr]


def test_who_sells_meanwhile_sees_all_of_the_old_or_all_of_the_new(
    office: Publisher, db: sqlite3.Connection, files: Files, tmp_path: Path
) -> None:
    products(office, db)
    office.put("products", *(product(number, price_gr=777) for number in range(10)))
    reader = open_reader(tmp_path / "catalogue.db")
    prices = "SELECT DISTINCT price_gr FROM product"
    seen = []

    def tell(event: object) -> None:
        if isinstance(event, PullProgress):
            seen.append(reader.execute(prices).fetchall())

    pull(office, db, ["products"], tell, ever=True, snapshots=files)
    assert seen == [[(100,)]] * 4
    assert reader.execute(prices).fetchall() == [(777,)]
    reader.close()
