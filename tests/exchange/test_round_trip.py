"""From the company's ERP to a till without a network and back, equal field by field.

Everything is real: the ERP, its database, the office on both databases with a worker of its own,
a till with its printer. What is compared is what each side holds, in its own words.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import json
from sqlalchemy import select

from backoffice.exchange import links
from backoffice.exchange.channels import MAIN, Channel, put_channel
from backoffice.jobs import book
from backoffice.jobs.work import Fate, Way
from backoffice.running import start_office
from backoffice.store.engine import reading, writing
from backoffice.store.tables import data_row
from terminal.field.customers import CustomerFields
from terminal.sync import wire
from tests.erp.reference import SECRET, ReferenceErp
from tests.shop import Counter, wait_until

EXPORTED = ("basic_data", "representatives", "partners", "categories", "articles", "availability",
            "price_lists", "documents", "attachments")  # fmt: skip
IMPORTED = ("partners", "documents", "attachments", "activities")
# A worker is a process that has to start first.
PATIENCE_S = 90.0
PHOTO = b"zdj\xc4\x99cie p\xc3\xb3\xc5\x82ki" * 40_000


class Company:
    """An ERP, an office of it and a till, which is away from the network when it likes."""

    def __init__(self, folder, url, erp) -> None:
        self.erp, self._url, self._connectors = erp, url, folder / "erp"
        self._connectors.mkdir()
        (self._connectors / "wares.toml").write_text(erp.toml, encoding="utf-8")
        self.counter = Counter(folder, office=False)
        self.connect()
        with self.writing() as database:
            put_channel(database, Channel(MAIN, "Sklepy", connector="wares"))

    def connect(self) -> None:
        one = self.counter
        one.office = start_office(self._url, port=one.office_port, erp=self._connectors)
        one.office_port = int(one.office.url.rpartition(":")[2])

    def stop(self) -> None:
        self.counter.stop()

    def writing(self):
        return writing(self.counter.office.office.engine)

    def reading(self):
        return reading(self.counter.office.office.engine)

    def run(self, way, what, *, is_whole=False):
        """Ask for a job as the page does and wait for its end; gives records by their fate."""
        with self.writing() as database:
            asked = {"way": way, "channel": MAIN, "queue": "main", "what": what}
            made = book.ask(database, "Ewa", datetime.now(UTC), is_whole=is_whole, **asked)

        def over():
            with self.reading() as database:
                state = book.job(database, made)
                return None if state.is_open else (state, book.records(database, made))

        state, records = wait_until(over, f"{way} done", PATIENCE_S)
        assert state.state == "done", state.reason
        fates = {}
        for _no, it in records:
            fates.setdefault(it.fate, []).append(it)
        return fates

    def rows(self, name):
        """What the office holds of a data set, by id."""
        chosen = select(data_row.c.id, data_row.c.body).where(
            data_row.c.set_name == name, data_row.c.shop == "lipa", data_row.c.is_removed.is_(False)
        )
        with self.reading() as database:
            found = database.execute(chosen).all()
        return {it.id: json.decode(it.body, type=wire.SETS[name]) for it in found}

    def theirs(self, name, row_id):
        """The id over there."""
        with self.reading() as database:
            return links.links(database, MAIN, name, [row_id])[row_id].their_id

    def sent(self) -> None:
        """Until the till has nothing left that the office has not."""
        view = self.counter.view

        def unsent():
            it = view().unsent
            return it.count == 0 and it.contents == 0

        wait_until(unsent, "everything sent")


@pytest.fixture
def erp(cluster):
    started = ReferenceErp(cluster)
    yield started
    started.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def company(request, cluster, erp, tmp_path, monkeypatch):
    monkeypatch.setenv("KASO_TEST_ERP", SECRET)
    is_small = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'office.db'}" if is_small else cluster.url(cluster.create())
    made = Company(tmp_path, url, erp)
    yield made
    made.stop()


def stock_the_erp(erp) -> None:
    erp.put("jednostki", {"symbol": "karton", "skrot": "kar.", "miejsca": 0}, key="symbol")
    erp.put(
        "grupy", {"kod": "G1", "nazwa": "Nabiał"}, {"kod": "G2", "nazwa": "Sery", "nadrzedna": "G1"}
    )
    goods = {"jm": "karton", "stawka": 5, "grupa": "G2"}
    erp.put(
        "towary",
        {"kod": "T1", "nazwa": "Ser żółty", "cena": "24,90", "plu": "9001", **goods},
        {"kod": "T2", "nazwa": "=Ser biały", "cena": "12,00", "plu": "9002", **goods},
    )
    erp.put("kody", {"id": "590999000123", "product": "T1", "qty_milli": "6,000"}, key="id")
    erp.put("stany", {"towar": "T1", "ilosc": "17,500", "na_dzien": "2026-11-26T06:00:00+01:00"},
            key="towar")  # fmt: skip
    erp.put("cenniki", {"id": "HURT", "name": "Hurt", "position": 900_000}, key="id")
    erp.put("ceny", {"id": "HURT-T2", "cennik": "HURT", "towar": "T2", "cena": "11,50"}, key="id")
    erp.put("kontrahenci", {"kod": "K1", "nazwa": "Bar Mleczny", "nip": "5260250274",
                            "ulica": "Prosta 1", "miasto": "Łódź"})  # fmt: skip
    erp.put("handlowcy", {"id": "H1", "name": "Marek", "user": "2"}, key="id")


def write_in_the_field(one, photo):
    """A new partner, a quote, an order, a visit and what is attached to them, all offline."""
    field, do = one.till.field, one.do
    fields = CustomerFields(name="+Żabka Nowa", nip="5252248481", street="Krótka 2", city="Łódź",
                            phone="+48 600 100 200", is_potential=True)  # fmt: skip
    partner = do(field.create_customer, fields)
    do(field.begin, "OS", partner.id)
    do(field.add, "T1", 3000)
    quote = do(field.confirm)
    order = do(field.order_from, quote.id)
    do(field.begin, "ZS", "K1")
    do(field.add, "T1", 2000)
    do(field.add, "T2", 1000)
    do(field.change_line, 1, 4000, 1000, 500)
    do(field.set_terms, "2026-12-04", 'Rampa B; "od tyłu"\n=dziękuję')
    direct = do(field.confirm)
    at = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="seconds")
    visit = do(field.plan_visit, partner.id, at, "Oferta świąteczna", 45)
    do(field.begin_visit, visit.id)
    visit = do(field.end_visit, visit.id, "Zamówią po świętach")
    do(field.attach, "visit", visit.id, photo)
    do(field.write_note, "customer", partner.id, "Pytać o panią Ewę")
    return partner, (quote, order, direct), visit


def moved(fates):
    return {fate: its for fate, its in fates.items() if fate is not Fate.SAME}


def test_what_the_erp_has_reaches_the_till_and_what_is_written_there_reaches_the_erp(
    company, erp, tmp_path
):
    stock_the_erp(erp)
    brought = company.run(Way.EXPORT, EXPORTED)
    assert set(brought) == {Fate.DONE}, brought
    one = company.counter
    one.start_till()
    one.ready()
    find = one.till.shelf.find
    wait_until(lambda: one.till.lookup.call(find, "9001").result(), "goods of the ERP")
    assert_the_till_holds_what_the_erp_has(one)

    one.stop_office()
    photo = tmp_path / "polka.jpg"
    photo.write_bytes(PHOTO)
    partner, documents, visit = write_in_the_field(one, photo)
    company.connect()
    company.sent()

    sent = company.run(Way.IMPORT, IMPORTED)
    assert set(sent) <= {Fate.DONE, Fate.SAME}, sent
    assert [it.id for it in sent[Fate.SAME]] == ["K1"]  # came from there
    assert_the_erp_holds_what_was_written(company, partner, documents, visit)

    before = {name: erp.rows(name) for name in ("kontrahenci", "dokumenty", "wizyty", "zalaczniki")}
    revisions = {name: company.rows(name) for name in wire.SETS}
    assert moved(company.run(Way.IMPORT, IMPORTED)) == {}
    assert moved(company.run(Way.EXPORT, EXPORTED)) == {}
    assert moved(company.run(Way.IMPORT, IMPORTED, is_whole=True)) == {}
    assert {name: erp.rows(name) for name in before} == before
    assert {name: company.rows(name) for name in wire.SETS} == revisions


def assert_the_till_holds_what_the_erp_has(one) -> None:
    shelf, ask = one.till.shelf, one.till.lookup.call
    (cheese,) = ask(shelf.find, "9001").result()
    assert (cheese.id, cheese.name, cheese.vat, cheese.price_gr) == ("T1", "Ser żółty", "C", 2490)
    assert (cheese.unit, cheese.category) == ("kar.", "G2")
    (pack,) = ask(shelf.find, "590999000123").result()
    assert (pack.id, pack.qty_milli) == ("T1", 6000)
    assert ask(shelf.find, "9002").result()[0].price_gr == 1150  # of the list
    (found,) = ask(shelf.availability, "Ser żółty").result()
    assert (found.qty_milli, found.as_of) == (17_500, "2026-11-26T06:00:00+01:00")
    bar = wire.Customer("K1", "Bar Mleczny", "5260250274", "Prosta 1", city="Łódź")
    assert ask(shelf.customer, "K1").result() == bar


def assert_the_erp_holds_what_was_written(company, partner, documents, visit) -> None:
    erp = company.erp
    number = company.theirs("customers", partner.id)
    assert number != partner.id
    theirs = erp.rows("kontrahenci")[number]
    assert theirs | {"email": "", "kod_pocztowy": ""} == {
        "kod": number, "nazwa": "+Żabka Nowa", "nip": "5252248481", "ulica": "Krótka 2",
        "kod_pocztowy": "", "miasto": "Łódź", "email": "", "telefon": "+48 600 100 200",
        "potencjalny": True, "aktywny": True,
    }  # fmt: skip
    rows = company.rows("sales_documents")
    assert len(erp.rows("dokumenty")) == len(rows) == 3
    for document in documents:
        ours = rows[document.id]
        assert_a_document_is_the_same(company, ours)
    assert rows[documents[0].id].state == "realised"
    (theirs,) = erp.rows("wizyty").values()
    kept = company.rows("visits")[visit.id]
    assert (theirs["kontrahent"], theirs["temat"]) == (number, "Oferta świąteczna")
    assert (theirs["kiedy"], theirs["note"]) == (kept.at, "Zamówią po świętach")
    assert (theirs["began_at"], theirs["ended_at"]) == (kept.began_at, kept.ended_at)
    assert (theirs["state"], theirs["minutes"]) == ("done", 45)
    files = {it["kind"]: it for it in erp.rows("zalaczniki").values()}
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    assert files["file"]["sha256"] == sha256
    assert files["file"]["name"] == "polka.jpg"
    assert files["file"]["of"] == company.theirs("visits", visit.id)
    assert erp.file(sha256) == PHOTO
    assert files["note"]["text"] == "Pytać o panią Ewę"
    assert files["note"]["of"] == number


def assert_a_document_is_the_same(company, ours) -> None:
    theirs = company.erp.rows("dokumenty")[company.theirs("sales_documents", ours.id)]
    customer = company.theirs("customers", ours.customer)
    assert theirs["typ"] == {"ZS": "ZAM", "OS": "OFE"}[ours.type]
    assert (theirs["numer"], theirs["kontrahent"]) == (ours.number, customer)
    assert theirs["razem"] == f"{ours.total_gr // 100},{ours.total_gr % 100:02}"
    assert theirs["termin"] == ".".join(reversed(ours.due.split("-")))
    assert (theirs["note"], theirs["state"]) == (ours.note, ours.state)
    assert theirs["issued_at"] == ours.issued_at
    for their, line in zip(theirs["pozycje"], ours.lines, strict=True):
        assert (their["towar"], their["name"]) == (line.product, line.name)
        assert their["ilosc"] == f"{line.qty_milli // 1000},{line.qty_milli % 1000:03}"
        assert their["cena"] == f"{line.price_gr // 100},{line.price_gr % 100:02}"
        assert their["wartosc"] == f"{line.gross_gr // 100},{line.gross_gr % 100:02}"
        assert their["rabat"] == f"{line.percent_bp // 100},{line.percent_bp % 100:02}"
