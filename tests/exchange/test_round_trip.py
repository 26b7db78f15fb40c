"""From the company's ERP to a till without a network and back, equal field by field.

Everything is real: the ERP, its database, the office on both databases with a worker of its own,
a till with its printer. What is compared is what each side holds, in its own words.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from backoffice.jobs.work import Fate, Way
from terminal.field.customers import CustomerFields
from terminal.sync import wire
from tests.erp.reference import SECRET, ReferenceErp
from tests.exchange.company import EXPORTED, IMPORTED, Company
from tests.shop import wait_until

PHOTO = b"zdj\xc4\x99cie p\xc3\xb3\xc5\x82ki" * 40_000


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
    made = Company(tmp_path, url, erp.toml)
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
    assert_the_erp_holds_what_was_written(erp, company, partner, documents, visit)

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


def assert_the_erp_holds_what_was_written(erp, company, partner, documents, visit) -> None:
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
        assert_a_document_is_the_same(erp, company, ours)
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


def assert_a_document_is_the_same(erp, company, ours) -> None:
    theirs = erp.rows("dokumenty")[company.theirs("sales_documents", ours.id)]
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
