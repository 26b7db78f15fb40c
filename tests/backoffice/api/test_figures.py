from __future__ import annotations

import msgspec
import pytest

from backoffice import personal_tokens
from backoffice.rights import Right, Role
from backoffice.store.engine import writing
from terminal.sync import wire
from tests.backoffice.test_judge_cash import closed
from tests.backoffice.test_shift_history import opening
from tests.backoffice.web.signed import new_account

DAYS = {"first_day": "2026-03-01", "last_day": "2026-03-01"}


@pytest.fixture
def sold(http, new_till, books):
    """A till with three receipts, the second wrong, a shift, and a report; its id and journal."""
    name, device = new_till()
    journal = books(name)
    shift = f"s-{name}"
    journal.add(opening(journal, shift))
    journal.add(journal.receipt(1, 1234))
    journal.add(journal.receipt(2, 1000, total_gr=900))
    journal.add(journal.receipt(3, 766))
    journal.add(closed(rid=f"d-{name}", shift=shift, terminal=name, reason="wrong_change"))
    journal.add(journal.report(1, 3000))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()
    return name, journal


@pytest.fixture
def ask(http, admin):
    def get(path, headers=None, **query):
        answer = http.get(f"/v1/admin/{path}", headers=headers or admin, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


def token(running, role, shops=None):
    made = new_account(running.office, role, shops)
    with writing(running.office.engine) as database:
        text = personal_tokens.make(database, made, "test", [*Right], 1, running.office.clock())
    return {"Authorization": f"Bearer {text}"}


def test_receipts_are_read_page_by_page(ask, sold):
    name, journal = sold
    rows, cursor = [], ""
    while True:
        page = ask("receipts", terminal=name, limit=2, cursor=cursor)
        rows += page["rows"]
        cursor = page["next"]
        if not cursor:
            break
    assert {row["id"] for row in rows} == {entry.rid for entry in journal.entries[1:4]}
    assert [row["total_gr"] for row in rows if not row["is_accepted"]] == [900]
    assert len(ask("receipts", terminal=name, verdict="accepted", least_gr=1000)["rows"]) == 1


def test_one_receipt_has_its_whole_document(ask, sold, http, admin):
    _, journal = sold
    entry = journal.entries[1]
    found = ask(f"receipts/{entry.rid}")
    assert found["receipt"]["number"] == 1
    assert wire.canonical(msgspec.convert(found["body"], wire.ReceiptDoc)) == entry.body
    assert http.get("/v1/admin/receipts/none", headers=admin).status_code == 404


def test_reports_and_shifts_are_read(ask, sold):
    name, _ = sold
    (report,) = ask("reports", terminal=name, **DAYS)["rows"]
    assert (report["printer_total_gr"], report["till_total_gr"]) == (3000, 3000)
    (shift,) = ask("shifts", terminal=name)["rows"]
    assert (shift["expected_gr"], shift["counted_gr"]) == (20_849, 20_800)
    assert ask("shifts", terminal=name, limit=1, cursor=str(shift["id"])) == {
        "rows": [],
        "next": "",
    }


def test_sales_are_summed(ask, sold):
    name, _ = sold
    found = {one["key"]: one for one in ask("sales", by="terminal", **DAYS)}
    assert (found[name]["receipts"], found[name]["gross_gr"]) == (2, 2000)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("receipts", {"first_day": "jutro"}),
        ("receipts", {"document": "x"}),
        ("receipts", {"limit": 0}),
        ("receipts", {"least_gr": -1}),
        ("reports", {"cursor": "x"}),
        ("shifts", {"cursor": "9" * 40}),
        ("sales", {"by": "moon", **DAYS}),
    ],
)
def test_what_cannot_be_asked_is_refused(http, admin, path, query):
    answer = http.get(f"/v1/admin/{path}", headers=admin, params=query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_token_sees_the_figures_of_its_shops_alone(ask, http, running, sold):
    name, journal = sold
    elsewhere = token(running, Role.ACCOUNTANT, {"dab"})
    assert ask("receipts", elsewhere, terminal=name)["rows"] == []
    assert ask("reports", elsewhere, terminal=name)["rows"] == []
    assert ask("shifts", elsewhere, terminal=name)["rows"] == []
    assert name not in {one["key"] for one in ask("sales", elsewhere, by="terminal", **DAYS)}
    for path in (f"receipts/{journal.entries[1].rid}", "receipts?shop=lipa", "shifts?shop=lipa"):
        assert http.get(f"/v1/admin/{path}", headers=elsewhere).status_code == 404
    assert len(ask("receipts", token(running, Role.ACCOUNTANT), terminal=name)["rows"]) == 3
    clerk = http.get("/v1/admin/receipts", headers=token(running, Role.CLERK))
    assert clerk.status_code == 403
