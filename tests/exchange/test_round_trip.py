"""From the company's ERP to a till without a network and back, equal field by field.

Everything is real: the ERP, its database, the office on both databases with a worker of its own,
a till with its printer. What is compared is what each side holds, in its own words.
"""

from __future__ import annotations

import hashlib

import pytest

from backoffice.jobs.work import Fate, Way
from terminal.sync import wire
from tests.erp.reference import SECRET, ReferenceErp
from tests.exchange import by_keys
from tests.exchange.by_keys import sit_down, write
from tests.exchange.company import EXPORTED, IMPORTED, Company

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


def moved(fates):
    return {fate: its for fate, its in fates.items() if fate is not Fate.SAME}


@pytest.mark.timeout(400)
def test_what_the_erp_has_reaches_the_till_and_what_is_written_there_reaches_the_erp(
    company, erp, tmp_path
):
    stock_the_erp(erp)
    brought = company.run(Way.EXPORT, EXPORTED)
    assert set(brought) == {Fate.DONE}, brought
    one = company.counter
    till = sit_down(company)
    assert_the_till_holds_what_the_erp_has(one)

    one.stop_office()
    photo = tmp_path / "polka.jpg"
    photo.write_bytes(PHOTO)
    write(till, photo)
    company.connect()
    company.sent()
    till.stop()
    one.running = None

    sent = company.run(Way.IMPORT, IMPORTED)
    assert set(sent) <= {Fate.DONE, Fate.SAME}, sent
    assert [it.id for it in sent[Fate.SAME]] == ["K1"]  # came from there
    assert_the_erp_holds_what_was_written(erp, company)

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


def assert_the_erp_holds_what_was_written(erp, company) -> None:
    (partner,) = (it for it in company.rows("customers").values() if it.nip == by_keys.NIP)
    number = company.theirs("customers", partner.id)
    assert number != partner.id
    assert erp.rows("kontrahenci")[number] | {"email": "", "kod_pocztowy": ""} == {
        "kod": number, "nazwa": by_keys.PARTNER, "nip": by_keys.NIP, "ulica": by_keys.STREET,
        "kod_pocztowy": "", "miasto": by_keys.CITY, "email": "", "telefon": by_keys.PHONE,
        "potencjalny": True, "aktywny": True,
    }  # fmt: skip
    documents = {it.number: it for it in company.rows("sales_documents").values()}
    assert sorted(documents) == ["OS/T1/000001", "ZS/T1/000001", "ZS/T1/000002"]
    assert len(erp.rows("dokumenty")) == len(documents)
    for document in documents.values():
        assert_a_document_is_the_same(erp, company, document)
    order = documents["ZS/T1/000002"]
    assert (order.customer, order.total_gr, order.note) == ("K1", 9350, by_keys.TERMS)
    assert [it.qty_milli for it in order.lines] == [2000, 4000]
    assert documents["OS/T1/000001"].state == "realised"
    (theirs,) = erp.rows("wizyty").values()
    (visit,) = company.rows("visits").values()
    assert (theirs["kontrahent"], theirs["temat"]) == (number, by_keys.SUBJECT)
    assert (theirs["kiedy"], theirs["note"]) == (visit.at, by_keys.CAME)
    assert (theirs["began_at"], theirs["ended_at"]) == (visit.began_at, visit.ended_at)
    assert (theirs["state"], theirs["minutes"]) == ("done", visit.minutes)
    files = {it["kind"]: it for it in erp.rows("zalaczniki").values()}
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    assert files["file"]["sha256"] == sha256
    assert files["file"]["name"] == "polka.jpg"
    assert files["file"]["of"] == company.theirs("visits", visit.id)
    assert erp.file(sha256) == PHOTO
    assert files["note"]["text"] == by_keys.NOTE
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
