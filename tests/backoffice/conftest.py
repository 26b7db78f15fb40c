from __future__ import annotations

import itertools
import shutil
import uuid
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from backoffice import fleet
from backoffice.running import start_office
from backoffice.store.company import MAIN, of_company
from backoffice.store.engine import open_engine, writing
from backoffice.store.upgrade import upgrade
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half
from tests.backoffice.devices import enrol_device

DATABASES = ("sqlite", "postgresql")
_numbers = itertools.count(1)


class Clock:
    """A clock that goes only when it is pushed."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def push(self, **length) -> None:
        self.moment += timedelta(**length)


class Books:
    """A till's journal, as a till would keep it."""

    def __init__(self, terminal="K1", shop="lipa") -> None:
        self.terminal, self.shop = terminal, shop
        self.entries = []

    @property
    def head(self):
        return self.entries[-1].hash if self.entries else wire.GENESIS

    def entry(self, body, rid=None, seq=None, prev=None):
        """An entry that would follow, without keeping it."""
        prev = prev or self.head
        hashed = wire.chain_hash(prev, body)
        number = seq or len(self.entries) + 1
        return wire.Entry(number, rid or str(uuid.uuid4()), prev, hashed, body)

    def add(self, document):
        self.entries.append(self.entry(wire.canonical(document), document.rid))
        return self.entries[-1]

    def add_raw(self, body):
        self.entries.append(self.entry(body))
        return self.entries[-1]

    def cash(self, **changes):
        fields = {
            **self._who(),
            "at": "2026-03-01T12:00:00+01:00",
            "operator": "1",
            "amount_gr": 100,
            "reason": "rozmiana",
            **changes,
        }
        return wire.CashDoc(**fields)

    def receipt(self, number=1, gross_gr=1000, **changes):
        """A right receipt: one line at letter C, paid in cash with change."""
        line = wire.LineDoc(
            product="16", plu="16", barcode="5901234123457", name="Mleko świeże 3,2% 1 l",
            unit="szt.", vat="C", rate_bp=500, price_gr=gross_gr, list_price_gr=gross_gr,
            qty_milli=1000, value_gr=gross_gr, discount_gr=0, gross_gr=gross_gr,
        )  # fmt: skip
        tax = round(gross_gr * 500 / 10500)
        fields = {
            **self._who(),
            "opened_at": "2026-03-01T11:59:00+01:00",
            "closed_at": "2026-03-01T12:00:00+01:00",
            "operator": "1",
            "printer_no": "ZBF 2301000001",
            "receipt_no": number,
            "report_no": 1,
            "total_gr": gross_gr,
            "discount_gr": 0,
            "nip": "",
            "lines": [line],
            "payments": [wire.PaymentDoc("gotowka", "Gotówka", "cash", gross_gr + 500, 500)],
            "split": [wire.VatSplit("C", 500, gross_gr, tax)],
            **changes,
        }
        return wire.ReceiptDoc(**fields)

    def report(self, number=1, gross_gr=0, first=1, last=None, **changes):
        totals = [0, 0, gross_gr, 0, 0, 0, 0]
        fields = {
            **self._who(),
            "at": "2026-03-01T21:00:00+01:00",
            "operator": "2",
            "printer_no": "ZBF 2301000001",
            "report_no": number,
            "receipts": 1,
            "cancelled": 0,
            "printer_gr": totals,
            "local_gr": totals,
            "route": "terminal",
            "first_seq": first,
            "last_seq": len(self.entries) if last is None else last,
            **changes,
        }
        return wire.ReportDoc(**fields)

    def _who(self):
        return {"rid": str(uuid.uuid4()), "terminal": self.terminal, "shop": self.shop}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def books():
    return Books


@pytest.fixture(scope="session")
def blank_db(tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "office.db"
    _upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def db_path(blank_db, tmp_path):
    path = tmp_path / "office.db"
    shutil.copy(blank_db, path)
    return path


@pytest.fixture(scope="session")
def blank_pg(cluster):
    name = cluster.create()
    _upgrade(cluster.url(name))
    return name


@pytest.fixture(params=DATABASES)
def db_url(request):
    """A database of its own with all tables, once on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('db_path')}"
        return
    cluster = request.getfixturevalue("cluster")
    name = cluster.create(request.getfixturevalue("blank_pg"))
    yield cluster.url(name)
    cluster.drop(name)


def _upgrade(url):
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture
def sqlite_engine(db_path):
    """For what only SQLite needs."""
    opened = of_company(open_engine(f"sqlite:///{db_path}"), MAIN)
    yield opened
    opened.dispose()


@pytest.fixture
def engine(db_url):
    opened = of_company(open_engine(db_url), MAIN)
    yield opened
    opened.dispose()


@pytest.fixture
def till(engine, clock):
    """Id of a terminal that is enrolled at epoch 1."""
    with writing(engine) as database:
        code = fleet.invite(database, "K1", "lipa", clock())
        fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    return "K1"


@pytest.fixture(scope="session", params=DATABASES)
def running(request, tmp_path_factory):
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('running') / 'office.db'}"
    else:
        cluster = request.getfixturevalue("cluster")
        url = cluster.url(cluster.create())
    office = start_office(url)
    yield office
    office.stop()


@pytest.fixture
def http(running):
    with httpx2.Client(base_url=running.url) as client:
        yield client


@pytest.fixture
def admin(running):
    """Headers of the administrator."""
    return {"Authorization": f"Bearer {running.admin_token}"}


@pytest.fixture
def new_till(running, http):
    """Enrols a terminal of its own; gives its id and what signs its requests."""

    def enrol(shop="lipa"):
        name = f"T{next(_numbers)}"
        return name, enrol_device(http, running.enrol_code(name, shop))

    return enrol
