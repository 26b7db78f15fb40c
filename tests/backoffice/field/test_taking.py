"""Documents of tills become rows of the office, once each, whatever happens on the way."""

from __future__ import annotations

import msgspec
import pytest

from backoffice import changes, crosscheck, fleet, judge, publish
from backoffice.field import shapes
from backoffice.receive import receive
from backoffice.rejected import judge_again
from backoffice.rows import fault
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half


def rows(engine, shop):
    with reading(engine) as database:
        return [
            msgspec.json.decode(row) for row in publish.living(database, "customers", shop, "", 9)
        ]


def told(name="Ewa Lis", nip="5260250274", rid="c-1", terminal="K1"):
    return wire.CustomerDoc(rid, terminal, "lipa", "2026-03-01T12:00:00+01:00", "1", name, nip)


def push(engine, till, clock, entries):
    return receive(engine, till, wire.JournalPush(1, list(entries)), clock())


def test_a_document_is_a_row_once_however_often_it_comes(engine, till, clock, books):
    journal = books()
    journal.add(told())
    for _ in range(3):
        answer = push(engine, till, clock, journal.entries)
    assert [one.is_accepted for one in answer.verdicts] == [True]
    (row,) = rows(engine, "lipa")
    assert (row["id"], row["name"], row["nip"]) == ("c-1", "Ewa Lis", "5260250274")
    with reading(engine) as database:
        assert publish.page(database, "customers", "lipa", 0, 9).to == 1


def test_what_the_office_did_since_stays(engine, till, clock, books):
    journal = books()
    with writing(engine) as database:
        publish.put(database, "customers", "lipa", [{"id": "c-1", "name": "Ewa z biura"}])
        publish.put(database, "customers", "lipa", [{"id": "c-2", "name": "Ola"}])
        publish.remove(database, "customers", "lipa", "c-2")
    journal.add(told())
    journal.add(told(rid="c-2", name="Ola", nip=""))
    push(engine, till, clock, journal.entries)
    assert [row["name"] for row in rows(engine, "lipa")] == ["Ewa z biura"]


def test_it_is_a_row_of_the_tills_own_shop(engine, till, clock, books):
    journal = books()
    journal.add(msgspec.structs.replace(told(), shop="elsewhere"))
    push(engine, till, clock, journal.entries)
    assert len(rows(engine, "lipa")) == 1
    assert rows(engine, "elsewhere") == []


def test_what_is_no_customer_is_rejected_and_stops_nothing(engine, till, clock, books):
    journal = books()
    journal.add(told(nip="5260250275"))
    journal.add(told(rid="c-2", name=""))
    journal.add(told(rid="c-3", nip="12"))
    journal.add(told(rid="c-4", nip=""))
    answer = push(engine, till, clock, journal.entries)
    assert [one.is_accepted for one in answer.verdicts] == [False, False, False, True]
    assert all(one.reason.startswith("customer: ") for one in answer.verdicts[:3])
    assert [row["id"] for row in rows(engine, "lipa")] == ["c-4"]


def test_a_newer_judge_may_take_what_an_older_one_rejected(engine, till, clock, books, monkeypatch):
    journal = books()
    journal.add(told())
    with monkeypatch.context() as older:
        older.setattr(judge, "_KINDS", frozenset({"receipt"}))
        older.setattr(shapes, "wrong", lambda _document: iter(["customer: never heard of"]))
        push(engine, till, clock, journal.entries)
    assert rows(engine, "lipa") == []
    with writing(engine) as database:
        for _ in range(2):
            assert judge_again(database, till, 1, 1, clock()).is_accepted
    assert len(rows(engine, "lipa")) == 1


AT = "2026-03-01T12:00:00+01:00"
LINE = wire.SalesLine("16", "Mleko", "szt.", "C", 2000, 450, 900)


def who(rid, terminal="K1", at=AT):
    who = {"rid": rid, "terminal": terminal, "shop": "lipa", "at": at}
    return {**who, "operator": "Anna", "operator_id": "1"}


def order(rid="d-1", **changes):
    fields = {
        "type": "ZS", "number": "ZS/1/K1", "customer": "c-1", "total_gr": 900, "lines": [LINE],
        **changes,
    }  # fmt: skip
    return wire.SalesDoc(**who(rid), **fields)


def state(of="d-1", state="cancelled", rid="s-1", terminal="K1"):
    return wire.SalesStateDoc(**who(rid, terminal), of=of, state=state, reason="no money")


def visit(rid, state="planned", at=AT, **changes):
    fields = {"visit": "v-1", "customer": "c-1", "planned_at": at, "state": state, **changes}
    return wire.VisitDoc(**who(rid), **fields)


def attachment(rid="a-1", **changes):
    fields = {"about": "customer", "of": "c-1", "sort": "note", "text": "Call first", **changes}
    return wire.AttachmentDoc(**who(rid), **fields)


def living(engine, name, shop="lipa"):
    with reading(engine) as database:
        bodies = publish.living(database, name, shop, "", 99)
    return {row["id"]: row for row in map(msgspec.json.decode, bodies)}


@pytest.fixture
def tell(engine, till, clock, books):
    """Sends documents of the till; gives what the office thinks of them."""
    journal = books()

    def tell(*documents):
        for document in documents:
            bare, told = wire.apart(document, "ab" * 16)
            journal.add(bare)
            journal.entries[-1] = msgspec.structs.replace(journal.entries[-1], person=told)
        return push(engine, till, clock, journal.entries).verdicts[-len(documents) :]

    return tell


@pytest.fixture
def tell_other(engine, till, clock, books):
    """The same for another till of the shop."""
    with writing(engine) as database:
        code = fleet.invite(database, "K2", "lipa", clock())
        fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    journal = books("K2")

    def tell(*documents):
        for document in documents:
            journal.add(msgspec.structs.replace(document, terminal="K2"))
        return push(engine, "K2", clock, journal.entries).verdicts[-len(documents) :]

    return tell


def test_each_kind_of_document_becomes_a_row(engine, tell):
    verdicts = tell(order(), visit("x-1", subject="Spring"), attachment())
    assert [one.reason for one in verdicts] == ["", "", ""]
    (sold,) = living(engine, "sales_documents").values()
    assert (sold["id"], sold["number"], sold["issued_at"]) == ("d-1", "ZS/1/K1", AT)
    assert (sold["state"], sold["lines"][0]["gross_gr"]) == ("open", 900)
    assert living(engine, "visits")["v-1"]["subject"] == "Spring"
    assert living(engine, "attachments")["a-1"]["text"] == "Call first"


def test_all_that_a_till_knows_of_a_customer_is_in_the_row(engine, tell):
    fields = {
        "street": "Lipowa 1", "postal_code": "00-950", "city": "Warszawa",
        "email": "e@lis.pl", "phone": "600100200", "is_potential": True,
    }  # fmt: skip
    tell(msgspec.structs.replace(told(), **fields))
    assert living(engine, "customers")["c-1"].items() >= fields.items()
    edited = wire.CustomerEditDoc(**who("e-1"), customer="c-1", name="Ewa Lis-Kot", city="Radom")
    tell(edited)
    row = living(engine, "customers")["c-1"]
    assert (row["name"], row["city"], row["street"]) == ("Ewa Lis-Kot", "Radom", "")
    with reading(engine) as database:
        (last, first) = changes.history(database, "customers/c-1", "lipa", 9)
    assert (last.act, last.name, first.before) == ("till", "Anna (K1)", "")
    assert "Warszawa" in last.before
    assert "Radom" in last.after


def test_an_edit_that_comes_before_its_customer_is_not_lost(engine, tell, tell_other):
    edited = wire.CustomerEditDoc(**who("e-1"), customer="c-1", name="Ewa Kot")
    tell_other(edited)
    tell(told())
    assert living(engine, "customers")["c-1"]["name"] == "Ewa Kot"


@pytest.mark.parametrize("is_first", [True, False])
def test_a_cancellation_and_its_order_in_any_order(engine, tell, tell_other, is_first):
    if is_first:
        tell_other(state())
        assert living(engine, "sales_documents") == {}
    tell(order())
    if not is_first:
        tell_other(state())
    assert living(engine, "sales_documents")["d-1"]["state"] == "cancelled"


def test_a_receipt_fulfils_an_order_once_even_a_cancelled_one(engine, tell, tell_other, books):
    sold, again = (books().receipt(number, fulfils="d-1") for number in (1, 2))
    tell(sold)
    tell_other(state())
    tell(order(), again)
    tell_other(state(rid="s-2"))
    row = living(engine, "sales_documents")["d-1"]
    assert (row["state"], row["receipt"]) == ("realised", sold.rid)


def test_an_order_made_of_a_quote_realises_it(engine, tell):
    tell(order("q-1", type="OS", number="OS/1/K1"), order("d-1", from_quote="q-1"))
    assert living(engine, "sales_documents")["q-1"]["state"] == "realised"
    assert living(engine, "sales_documents")["d-1"]["state"] == "open"


def test_a_visit_goes_forward_only_and_the_newest_counts(engine, tell, tell_other):
    later = "2026-03-02T09:00:00+01:00"
    tell(visit("x-1"), visit("x-2", at=later))
    assert living(engine, "visits")["v-1"]["at"] == later
    tell(visit("x-3", "done", began_at=AT, ended_at=later, note="Sold"))
    tell_other(visit("x-4", note="late"), visit("x-5", "cancelled"))
    row = living(engine, "visits")["v-1"]
    assert (row["state"], row["note"]) == ("done", "Sold")
    tell(visit("x-6", "done", note="Sold more"))
    assert living(engine, "visits")["v-1"]["note"] == "Sold more"


def test_a_visit_that_was_made_counts_against_a_cancellation(engine, tell, tell_other):
    tell(visit("x-1", began_at=AT))
    tell_other(visit("x-2"))
    assert living(engine, "visits")["v-1"]["began_at"] == AT
    tell_other(visit("x-3", "cancelled"))
    assert living(engine, "visits")["v-1"]["state"] == "cancelled"
    tell(visit("x-4", "done", began_at=AT, ended_at=AT, note="Sold"))
    row = living(engine, "visits")["v-1"]
    assert (row["state"], row["note"]) == ("done", "Sold")


def test_judging_again_applies_nothing_twice(engine, till, clock, tell):
    later = "2026-03-02T09:00:00+01:00"
    tell(visit("x-1"), visit("x-2", at=later))
    with writing(engine) as database:
        assert judge_again(database, till, 1, 1, clock()).is_accepted
    assert living(engine, "visits")["v-1"]["at"] == later


def test_what_the_office_took_away_stays_away(engine, tell):
    tell(order(), visit("x-1"), attachment(), told())
    with writing(engine) as database:
        for name, row_id in (
            ("sales_documents", "d-1"), ("visits", "v-1"), ("attachments", "a-1"),
            ("customers", "c-1"),
        ):  # fmt: skip
            publish.remove(database, name, "lipa", row_id)
    edited = wire.CustomerEditDoc(**who("e-1"), customer="c-1", name="Ewa Kot")
    verdicts = tell(state(), visit("x-2", "done"), edited)
    assert all(one.is_accepted for one in verdicts)
    assert {name: living(engine, name) for name in ("sales_documents", "visits", "customers")} == {
        "sales_documents": {}, "visits": {}, "customers": {},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (order(total_gr=901), "sales_document: total_gr: "),
        (order(lines=[msgspec.structs.replace(LINE, gross_gr=899)], total_gr=899),
         "sales_document: lines[0].gross_gr: "),
        (order(lines=[]), "sales_document: lines: "),
        (order(customer=""), "sales_document: customer: "),
        (order(type="OS", from_quote="q-1"), "sales_document: from_quote: "),
        (order(due="2026-02-30"), "sales_document: due: "),
        (state(of=""), "sales_state: of: "),
        (state(of="x" * 65), "sales_state: of: "),
        (state(state="open"), "sales_state: state: "),
        (visit("x-1", at="tomorrow"), "visit: at: "),
        (visit("x-1", minutes=-1), "visit: minutes: "),
        (visit("x-1", visit=""), "visit: id: "),
        (attachment(text=""), "attachment: text: "),
        (attachment(sort="file", name="../x", size=1, sha256="a" * 64), "attachment: name: "),
        (attachment(sort="file", name="x", size=1, sha256="A" * 64), "attachment: sha256: "),
        (attachment(sort="file", name="x", size=2**40, sha256="a" * 64), "attachment: size: "),
        (wire.CustomerEditDoc(**who("e-1"), customer="c-1", name="E", nip="1"),
         "customer_edit: nip: "),
    ],
)  # fmt: skip
def test_what_can_be_no_row_is_rejected_and_the_journal_goes_on(engine, tell, document, reason):
    bad, good = tell(document, attachment("a-9"))
    assert (bad.is_accepted, good.is_accepted) == (False, True)
    assert bad.reason.startswith(reason)
    assert [*living(engine, "sales_documents"), *living(engine, "visits")] == []
    assert [*living(engine, "attachments")] == ["a-9"]


def test_a_row_that_its_neighbours_refuse_is_rejected_alone(engine, tell, monkeypatch):
    def never(_live, changed):
        return ((row_id, fault("customer", "not this one")) for row_id in changed)

    monkeypatch.setitem(crosscheck._CHECKS, "sales_documents", never)
    bad, good = tell(order(), visit("x-1"))
    assert (bad.is_accepted, bad.reason) == (False, "row: sales_documents/d-1: not this one")
    assert good.is_accepted


def test_words_of_a_hostile_till_fit_everywhere(engine, tell):
    evil = "\0" + "x" * 500
    document = msgspec.structs.replace(order(), operator=evil, note="=1+1\0")
    (verdict,) = tell(document)
    assert verdict.is_accepted
    assert living(engine, "sales_documents")["d-1"]["note"] == "=1+1\0"
