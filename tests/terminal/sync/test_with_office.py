"""The till's side of the exchange with the real back office, over a socket."""

from __future__ import annotations

import random
from threading import Event
from typing import TYPE_CHECKING

import httpx2
import pytest

from backoffice.running import start_office
from terminal.errors import Code, SyncError
from terminal.events import Pulled, PullProgress
from terminal.store import outbox, sent
from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import close_writer, open_writer
from terminal.store.search import search
from terminal.sync import enrolment
from terminal.sync.datasets import DATA_SETS, sets_of
from terminal.sync.http import Office
from terminal.sync.postman import Posted, Postman
from terminal.sync.pull import pull
from terminal.sync.signing import new_key
from terminal.sync.snapshot import Depot
from terminal.sync.wire import GENESIS, Heartbeat, Product

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from backoffice.running import Running
    from tests.terminal.sync.conftest import TillOutbox

TERMINAL = "K1"
# The shop has 208 products, 18 categories, 4 units.
PRODUCTS = 208


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    path = tmp_path_factory.mktemp("office") / "office.db"
    made = start_office(f"sqlite:///{path}", sample=True)
    yield made
    made.stop()


@pytest.fixture
def identity(running: Running, tmp_path: Path) -> enrolment.Identity:
    """A new enrolment, and so a new epoch, for each test."""
    made = enrolment.enrol(running.url, running.enrol_code(TERMINAL), "0.1.0")
    enrolment.save(made, tmp_path / "identity.json")
    loaded = enrolment.load(tmp_path / "identity.json")
    assert loaded is not None
    return loaded


@pytest.fixture
def office(identity: enrolment.Identity) -> Iterator[Office]:
    made = Office(identity.office_url, identity.terminal, identity.key)
    yield made
    made.close()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    yield catalogue
    close_writer(catalogue)


@pytest.fixture
def enrolled(till: TillOutbox, identity: enrolment.Identity) -> TillOutbox:
    """The outbox, begun in the epoch that the office gave."""
    till.db.execute("UPDATE delivered SET epoch = ?, hw = 0, head = ?", (identity.epoch, GENESIS))
    till.prefix = f"e{identity.epoch}-"
    return till


def quiet(_: object) -> None:
    pass


def change(running: Running, path: str, method: str = "PATCH", **fields: object) -> None:
    answer = httpx2.request(
        method,
        f"{running.url}/v1/admin/{path}",
        json=fields,
        headers={"Authorization": f"Bearer {running.admin_token}"},
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text


def test_a_code_serves_once(running: Running) -> None:
    code = running.enrol_code(TERMINAL)
    first = enrolment.enrol(running.url, code, "0.1.0")
    assert (first.terminal, first.shop) == (TERMINAL, "lipa")
    with pytest.raises(SyncError) as caught:
        enrolment.enrol(running.url, code, "0.1.0")
    assert caught.value.code is Code.OFFICE_REFUSED
    assert caught.value.params["status"] == 403


def test_a_strangers_key_is_refused(running: Running, identity: enrolment.Identity) -> None:
    stranger = Office(running.url, identity.terminal, new_key())
    with pytest.raises(SyncError) as caught:
        stranger.states()
    stranger.close()
    assert caught.value.params["status"] in {401, 403}


def test_the_sample_shop_is_pulled_and_then_only_what_changed(
    running: Running, office: Office, db: sqlite3.Connection
) -> None:
    first = {one.name: one for one in pull(office, db, DATA_SETS, quiet)}
    assert list(first) == list(DATA_SETS)
    assert first["products"] == Pulled("products", PRODUCTS, 0, 0)
    assert not any(one.refused or one.changed or one.removed for one in first.values())
    catalogue = Catalogue(db)
    assert catalogue.counts() == {state.name: state.rows for state in office.states()}
    old = catalogue.article("1")
    assert old is not None

    change(running, "products/1", price_gr=old.price_gr + 10)
    names = sets_of("products")[:3]
    assert pull(office, db, names, quiet)[-1] == Pulled("products", 0, 1, 0)
    assert catalogue.article("1").price_gr == old.price_gr + 10  # type: ignore[union-attr]
    assert pull(office, db, names, quiet)[-1] == Pulled("products", 0, 0, 0)

    change(running, "products/2", "DELETE")
    assert pull(office, db, names, quiet)[-1] == Pulled("products", 0, 0, 1)
    assert catalogue.article("2") is None


def test_small_pages_end_with_the_same_rows(
    office: Office, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terminal.sync.pull._PAGE_ROWS", 30)
    pull(office, db, DATA_SETS, quiet)
    assert Catalogue(db).counts() == {state.name: state.rows for state in office.states()}
    assert pull(office, db, ["products"], quiet) == [Pulled("products", 0, 0, 0)]


@pytest.fixture
def depot(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Office], Depot]]:
    """Makes what fetches files; every set of a hundred rows is big here."""
    monkeypatch.setattr("terminal.sync.pull.SNAPSHOT_ROWS", 100)
    made: list[Depot] = []

    def make(at: Office = office, shop: str = "lipa") -> Depot:
        made.append(Depot(at, tmp_path, shop, Event(), quiet))
        return made[-1]

    yield make
    for one in made:
        one.close()
    assert not list(tmp_path.glob("snapshot*"))


def test_a_first_load_comes_as_one_file(
    office: Office, db: sqlite3.Connection, depot: Callable[..., Depot]
) -> None:
    told: list[object] = []
    found = {one.name: one for one in pull(office, db, DATA_SETS, told.append, snapshots=depot())}
    states = {state.name: state for state in office.states()}
    rows = states["products"].rows
    assert found["products"] == Pulled("products", rows, 0, 0)
    assert told.count(PullProgress("products", rows)) == 1, "in one part"
    for name, state in states.items():
        assert (Catalogue(db).revision(name), sent.digest(db, name)) == (
            state.revision,
            state.digest,
        )
    assert len(search(Catalogue(db), "mleko", by_keys=False)) > 1


def test_any_time_by_file_leaves_exactly_what_the_office_has(
    office: Office, db: sqlite3.Connection, depot: Callable[..., Depot]
) -> None:
    pull(office, db, DATA_SETS, quiet)
    ghost = Product("ghost", "Duch", "A", 1, "szt")
    apply(db, "products", Catalogue(db).revision("products"), [ghost])
    products = sets_of("products")
    found = {
        one.name: one for one in pull(office, db, products, quiet, ever=True, snapshots=depot())
    }
    assert found["products"] == Pulled("products", 0, 0, 1)
    assert Catalogue(db).article("ghost") is None


def test_a_file_of_another_shop_is_told_and_nothing_is_half_there(
    office: Office, db: sqlite3.Connection, depot: Callable[..., Depot]
) -> None:
    pull(office, db, DATA_SETS, quiet)
    before = list(db.iterdump())
    with pytest.raises(SyncError, match="it is of shop lipa, not of dab") as caught:
        pull(office, db, ["products"], quiet, ever=True, snapshots=depot(shop="dab"))
    assert caught.value.code is Code.BAD_SNAPSHOT
    assert list(db.iterdump()) == before


class BreakingTransport(httpx2.HTTPTransport):
    """A line that breaks in the middle of each file, until it has brought so many bytes of it."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step
        self.ranges: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = super().handle_request(request)
        if "/snapshots/" in request.url.path:
            self.ranges.append(request.headers.get("range", ""))
            response.stream = Broken(response.stream, self.step)
        return response


class Broken(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, left: int) -> None:
        self._stream = stream
        self._left = left

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            yield piece[: self._left]
            self._left -= len(piece)
            if self._left < 0:
                message = "broken"
                raise httpx2.ReadError(message)

    def close(self) -> None:
        self._stream.close()


def test_a_file_comes_over_a_line_that_breaks_again_and_again(
    identity: enrolment.Identity, db: sqlite3.Connection, depot: Callable[..., Depot]
) -> None:
    line = BreakingTransport(3000)
    bad = Office(identity.office_url, identity.terminal, identity.key, transport=line)
    pull(bad, db, ["products"], quiet, snapshots=depot(bad))
    bad.close()
    assert Catalogue(db).article("1") is not None
    assert line.ranges == ["", *(f"bytes={3000 * n}-" for n in range(1, len(line.ranges)))]
    assert len(line.ranges) > 2


def test_documents_are_at_the_office_once(
    enrolled: TillOutbox, identity: enrolment.Identity, office: Office
) -> None:
    postman = Postman(office, enrolled.net, enrolled.engine, **enrolled.callables())
    enrolled.sell(3)
    assert postman.post() == Posted(sent=3, rewinds=0)
    assert postman.post() == Posted(sent=0, rewinds=0)
    enrolled.sell(2)
    assert postman.post() == Posted(sent=2, rewinds=0)
    held = office.journal(identity.epoch, 0)
    assert held.hw == 5
    assert held.entries == enrolled.all()
    assert office.journal(identity.epoch, 3).entries == enrolled.all()[3:]


def test_another_chain_is_refused_and_moves_nothing(
    enrolled: TillOutbox, identity: enrolment.Identity, office: Office, tmp_path: Path
) -> None:
    postman = Postman(office, enrolled.net, enrolled.engine, **enrolled.callables())
    enrolled.sell(2)
    postman.post()
    # A copy of the till that went its own way: same places, other documents.
    twin = type(enrolled)(_made(tmp_path / "twin"))
    epoch = enrolled.db.execute("SELECT epoch FROM delivered").fetchone()[0]
    twin.db.execute("UPDATE delivered SET epoch = ?", (epoch,))
    twin.prefix = "twin-"
    twin.sell(3)
    other = Postman(office, twin.net, twin.engine, **twin.callables())
    with pytest.raises(SyncError) as caught:
        other.post()
    assert caught.value.params["status"] == 409
    assert twin.unsent() == 3
    assert office.journal(identity.epoch, 0).entries == enrolled.all()
    twin.close()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_heartbeat_and_release(office: Office) -> None:
    answer = office.heartbeat(Heartbeat("0.1.0", 0, "", "OPEN", "ready", "Anna"))
    assert "T" in answer.server_time
    assert office.release("cp311-linux_x86_64", "stable").version == ""


class LossyTransport(httpx2.HTTPTransport):
    """A real line that loses requests on the way there, or answers on the way back."""

    def __init__(self, rng: random.Random, rate: float) -> None:
        super().__init__()
        self._rng = rng
        self._rate = rate
        self.lost = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        fault = self._rng.random()
        if fault < self._rate / 2:
            self.lost += 1
            raise httpx2.ConnectError(str(request.url))
        response = super().handle_request(request)
        if fault < self._rate:
            response.read()
            response.close()
            self.lost += 1
            raise httpx2.ReadError(str(request.url))
        return response


def test_a_lossy_line_to_the_real_office(
    enrolled: TillOutbox, identity: enrolment.Identity, office: Office
) -> None:
    rng = random.Random(11)
    line = LossyTransport(rng, 0.35)
    bad_office = Office(identity.office_url, identity.terminal, identity.key, transport=line)
    now = 0.0
    postman = Postman(
        bad_office,
        enrolled.net,
        enrolled.engine,
        **enrolled.callables(),
        clock=lambda: now,
        rng=rng,
    )
    enrolled.entries_max = 10
    for _ in range(30):
        enrolled.sell(rng.randint(0, 3))
        now += postman.step()
    for _ in range(50):
        if not enrolled.unsent():
            break
        now += postman.step()
    bad_office.close()
    assert line.lost > 5
    assert enrolled.unsent() == 0
    assert enrolled.rewinds == 0
    held = office.journal(identity.epoch, 0)
    assert held.entries == enrolled.all()
    assert held.hw == outbox.last_seq(enrolled.db) > 20
