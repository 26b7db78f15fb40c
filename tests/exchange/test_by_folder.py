"""The same with an ERP that only writes files: what they hold arrives, and what we write fits."""

from __future__ import annotations

import hashlib

import pytest

from backoffice.jobs.work import Fate, Way
from terminal.field.customers import CustomerFields
from tests.exchange.company import EXPORTED, IMPORTED, Company
from tests.shop import wait_until

TOML = """\
kind = "folder"
address = "../wymiana"
format = "csv"
numbers = "comma"

[sets.products]
files = "towary"

[sets.products.fields]
id = "kod"
name = "nazwa"
price_gr = "cena"
unit = { constant = "szt" }
vat = { from = "stawka", values = { "23" = "A", "5" = "C" } }
"""
GOODS = "kod;nazwa;stawka;cena;plu\n"


@pytest.fixture
def company(tmp_path):
    (tmp_path / "wymiana" / "out").mkdir(parents=True)
    made = Company(tmp_path, f"sqlite:///{tmp_path / 'office.db'}", TOML)
    yield made
    made.stop()


@pytest.mark.timeout(400)
def test_files_come_and_go_and_a_whole_export_takes_nothing_away(company, tmp_path):
    shared = tmp_path / "wymiana"

    def put(name, text):
        data = text.encode("cp1250")
        (shared / "out" / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        (shared / "out" / f"{name}.sha256").write_text(f"{digest} *{name}\n")

    put("towary-20261126-001.csv", GOODS + "T1;Ser żółty;5;24,90;9001\nT2;Ser;7;1,00;9002\n")
    told = company.preview(Way.EXPORT, ["articles"])["articles"]
    assert (told.new, told.refused) == (1, 1)
    fates = company.run(Way.EXPORT, EXPORTED)
    assert [it.id for it in fates[Fate.DONE]] == ["T1"]
    (refused,) = fates[Fate.REFUSED]
    assert "'7' is none of the values" in refused.reason
    assert refused.where == "towary-20261126-001.csv, line 3"
    wait_until(lambda: not list((shared / "out").iterdir()), "archived")

    before = set(company.rows("products"))
    put("towary-20261127-001.csv", GOODS + "T3;Sok;23;3,00;9003\n")
    assert company.preview(Way.EXPORT, ["articles"], is_whole=True)["articles"].removed == 0
    fates = company.run(Way.EXPORT, ["articles"], is_whole=True)
    assert {fate: [it.id for it in its] for fate, its in fates.items()} == {Fate.DONE: ["T3"]}
    assert set(company.rows("products")) == before | {"T3"}

    one = company.counter
    one.start_till()
    one.ready()
    customer = one.do(one.till.field.create_customer, CustomerFields(name="=Żabka", city="Łódź"))
    wait_until(lambda: customer.id in company.rows("customers"), "the customer is in the office")
    for _ in range(2):
        fates = company.run(Way.IMPORT, IMPORTED)
        assert Fate.REFUSED not in fates
    written = [it for it in (shared / "in").iterdir() if it.name.startswith("customers-")]
    text = "".join(it.read_text("utf-8-sig") for it in written if it.suffix == ".csv")
    assert text.count(customer.id) == 1
    assert ";'=Żabka;" in text
    assert len(written) == 2
