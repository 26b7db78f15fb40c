"""What is written in the field reaches a real office, and comes back to a device in its place."""

from __future__ import annotations

import hashlib
import os

import pytest
from msgspec.structs import replace

from terminal import config, enrolling
from terminal.field.customers import CustomerFields
from terminal.sync.wire import CHUNK_BYTES_MAX
from tests.shop import WAIT_S, Counter, wait_until

PHOTO = b"\xff\xd8\xff" + os.urandom(CHUNK_BYTES_MAX + 5000)
SHA256 = hashlib.sha256(PHOTO).hexdigest()
AT = "2027-01-04T09:00:00+01:00"


@pytest.fixture
def counter(tmp_path):
    made = Counter(tmp_path)
    yield made
    made.stop()
    made.stop_office()


def is_sent(counter: Counter) -> bool:
    unsent = counter.view().unsent
    return not (unsent.count or unsent.contents or unsent.rejected)


def look(counter: Counter, name: str, *args):
    return counter.till.lookup.call(getattr(counter.till.shelf, name), *args).result(WAIT_S)


def test_all_of_it_comes_to_the_office_and_back(counter: Counter, tmp_path) -> None:
    till = counter.start_till()
    counter.ready()
    field = till.field
    (tmp_path / "półka.jpg").write_bytes(PHOTO)
    ewa = counter.do(
        field.create_customer, CustomerFields("Ewa Lis", city="Łódź", is_potential=True)
    )
    visit = counter.do(field.plan_visit, ewa.id, AT, "Oferta")
    counter.do(field.begin, "OS", ewa.id)
    product = look(counter, "find", "1")[0].id
    counter.do(field.add, product, 3000)
    quote = counter.do(field.confirm)
    order = counter.do(field.order_from, quote.id)
    counter.do(field.sell, order.id)
    counter.sell()
    photo = counter.do(field.attach, "visit", visit.id, tmp_path / "półka.jpg")
    note = counter.do(field.write_note, "sales_document", order.id, "rano")
    done = counter.do(field.end_visit, visit.id, "wzięli")
    wait_until(lambda: is_sent(counter), "the office")
    assert counter.journal("SELECT state FROM content") == [("sent",)]
    till.pull("customers").result(WAIT_S)
    wait_until(lambda: counter.journal("SELECT count(*) FROM own_row") == [(0,)], "its own rows")

    # Another device takes the terminal over: the journal and the office's rows tell the same.
    counter.stop_till()
    shown = order.id, quote.id
    old = counter.till_folder
    old.rename(tmp_path / "old")
    office = config.Office(url=counter.office.url)
    enrolling.enrol(replace(counter.config, office=office), counter.office.enrol_code("T1"))
    till = counter.start_till()
    counter.ready()
    till.pull("customers").result(WAIT_S)
    states = [look(counter, "sales_document", one).state for one in shown]
    assert states == ["realised", "realised"]
    assert look(counter, "sales_document", order.id).receipt
    assert look(counter, "sales_document", order.id).lines == order.lines
    assert look(counter, "customer", ewa.id) == ewa
    assert look(counter, "visit", visit.id) == done
    assert look(counter, "attachments", "visit", visit.id) == [photo]
    assert look(counter, "attachments", "sales_document", order.id) == [note]
    fetched = till.field.content(SHA256).result(WAIT_S)
    assert fetched.read_bytes() == PHOTO
    counter.do(till.field.begin, "ZS", ewa.id)
    counter.do(till.field.add, product)
    assert counter.do(till.field.confirm).number == "ZS/T1/000002"
