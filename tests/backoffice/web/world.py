"""A company with something of everything, so that strangers can ask for it; add what you need."""

from __future__ import annotations

import hashlib
import uuid

from sqlalchemy import select

from backoffice import errands, fleet, personal_tokens, publish, receive, till_logs
from backoffice.actor import administrator
from backoffice.exchange import acts, channels
from backoffice.exchange.channels import Channel
from backoffice.field import contents
from backoffice.goods import imports
from backoffice.jobs.work import Way
from backoffice.rights import Right
from backoffice.store.company import MAIN
from backoffice.store.engine import reading, writing
from backoffice.store.tables import daily_report, personal_token, receipt, register_entry
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half
from tests.backoffice.held import hold_jobs
from tests.backoffice.test_register_rules import entry_on
from tests.backoffice.web.signed import new_account

SHOP, OTHER_SHOP, OTHER_COMPANY = "lipa", "dab", "oak"
# Of this one the other company has none with the same name.
THIRD_SHOP = "klon"
SHA = hashlib.sha256(b"x").hexdigest()
AT = "2026-03-01T12:00:00+01:00"
LINE = {
    "product": "1", "name": "Kawa", "unit": "szt.", "vat": "A", "qty_milli": 1000, "price_gr": 1,
    "gross_gr": 1,
}  # fmt: skip
# What is done outside the shop, of a customer of the third shop.
FIELD = {
    "sales_documents": {
        "id": "1", "type": "ZS", "number": "ZS/1", "customer": "1", "issued_at": AT,
        "total_gr": 1, "lines": [LINE],
    },
    "visits": {"id": "1", "customer": "1", "at": AT},
    "attachments": {
        "id": "1", "about": "customer", "of": "1", "kind": "file", "at": AT, "name": "x.txt",
        "size": 1, "sha256": SHA,
    },
}  # fmt: skip
KEY = {"shop": THIRD_SHOP, "page_no": "1", "number": "1"}


def furnish(office, books):
    """Ids of what the company ``main`` has in its shop ``lipa``, by the names used below."""
    hold_jobs(office)
    with writing(office.of(MAIN).engine) as database:
        code = fleet.invite(database, "LIPA-K1", SHOP, office.clock())
        request = wire.EnrolRequest(code, "0.1.0", public_half(new_key()))
        fleet.enrol(database, request, office.clock())
        publish.put(database, "customers", THIRD_SHOP, [{"id": "1", "name": "Kawiarnia"}])
        log = errands.ask(database, "LIPA-K1", "send_log", "", "Ewa", office.clock())
        sold = {"id": "1", "name": "Kawa", "vat": "A", "price_gr": 1, "unit": "szt"}
        publish.put(database, "vat_rates", THIRD_SHOP, [{"id": "A", "rate_bp": 2300}])
        publish.put(database, "units", THIRD_SHOP, [{"id": "szt", "name": "szt."}])
        publish.put(database, "products", THIRD_SHOP, [sold])
        contents.keep(database, SHA, 1, [b"x"], office.clock())
        for name, row in FIELD.items():
            publish.put(database, name, THIRD_SHOP, [row])
        content = b"Nazwa\nSer\n"
        owner = administrator()
        change = imports.look_at(database, owner, office.clock(), THIRD_SHOP, "x.csv", content)
        till_logs.keep(database, "LIPA-K1", log, wire.TillLog("ok", "x"), office.clock())
        moment = office.clock()
        channels.put_channel(database, Channel("chain", "Chain", pattern_shop=SHOP))
        channels.assign(database, THIRD_SHOP, "chain")
        export = acts.Order(Way.EXPORT, "chain", "main", ("articles",), is_whole=True)
        job = acts.start(database, owner, moment, export)
        schedule = acts.plan(database, owner, moment, export, acts.Times("06:00"))
    journal = books("LIPA-K1", SHOP)
    sold = journal.receipt(1)
    journal.add(sold)
    journal.add(journal.receipt(2, 1000, total_gr=900))
    journal.add(entry_on(books, sold, terminal="LIPA-K1", rid=str(uuid.uuid4())))
    journal.add(journal.report())
    pushed = wire.JournalPush(1, journal.entries)
    receive.receive(office.of(MAIN).engine, "LIPA-K1", pushed, office.clock())
    owner = new_account(office)
    with writing(office.of(MAIN).engine) as database:
        personal_tokens.make(database, owner, "waga", [Right.SEE], 1, office.clock())
    with reading(office.of(MAIN).engine) as database:
        return {
            "account": owner,
            "token": database.scalar(select(personal_token.c.id)),
            "terminal": "LIPA-K1",
            "log": log,
            "job": job,
            "schedule": schedule,
            "channel": "chain",
            "change": change,
            "receipt": database.scalar(select(receipt.c.id).order_by(receipt.c.id)),
            "entry": database.scalar(select(register_entry.c.id)),
            "rid": sold.rid,
            "report": database.scalar(select(daily_report.c.id)),
        }


# What a stranger asks for: path and body. The third is what the owner of another company gets who
# names a row that he does not have: 404, unless he makes one of his own.
OBJECTS = {
    "GET /accounts/{account_id}": ("/accounts/{account}", None, 404),
    "POST /accounts/{account_id}": ("/accounts/{account}", {"role": "owner"}, 404),
    "POST /accounts/{account_id}/let-in": ("/accounts/{account}/let-in", {"act": "link"}, 404),
    "POST /account/tokens/back": ("/account/tokens/back", {"token": "token"}, 404),
    "GET /receipts/{row_id}": ("/receipts/{receipt}", None, 404),
    "GET /reports/{row_id}": ("/reports/{report}", None, 404),
    "GET /v1/admin/receipts/{receipt_id}": ("/v1/admin/receipts/{rid}", None, 404),
    "GET /registers/entries/{row_id}": ("/registers/entries/{entry}", None, 404),
    "POST /v1/admin/rejected/{terminal}/{epoch}/{seq}": (
        "/v1/admin/rejected/{terminal}/1/2",
        None,
        404,
    ),
    "POST /rejected": ("/rejected", {"terminal": "LIPA-K1", "epoch": 1, "seq": 2}, 404),
    "PUT /v1/admin/terminals/{row_id}": (
        "/v1/admin/terminals/{terminal}",
        {"is_blocked": True},
        404,
    ),
    "PUT /v1/admin/terminals/{row_id}/group": (
        "/v1/admin/terminals/{terminal}/group",
        {"group": "west"},
        404,
    ),
    "POST /v1/admin/terminals": (
        "/v1/admin/terminals",
        {"terminal": "LIPA-NEW", "shop": SHOP},
        201,
    ),
    "GET /terminals": ("/terminals?shop=lipa", None, 200),
    "GET /terminals/{terminal}": ("/terminals/{terminal}", None, 404),
    "POST /terminals/{terminal}/group": ("/terminals/{terminal}/group", {"group": "w"}, 404),
    "GET /terminals/{terminal}/code": ("/terminals/{terminal}/code", None, 404),
    "GET /terminals/{terminal}/code/now": ("/terminals/{terminal}/code/now", None, 404),
    "POST /terminals/{terminal}/code": ("/terminals/{terminal}/code", {}, 404),
    "POST /terminals/{terminal}/errands": ("/terminals/{terminal}/errands", {"kind": "lock"}, 404),
    "GET /terminals/{terminal}/block": ("/terminals/{terminal}/block", None, 404),
    "POST /terminals/{terminal}/block": ("/terminals/{terminal}/block", {"act": "block"}, 404),
    "GET /terminals/{terminal}/logs/{errand}": ("/terminals/{terminal}/logs/{log}", None, 404),
    "GET /terminals/{terminal}/logs/{errand}/log.txt": (
        "/terminals/{terminal}/logs/{log}/log.txt",
        None,
        404,
    ),
    "GET /audit": ("/audit?shop=lipa", None, 200),
    "GET /v1/admin/{name}": ("/v1/admin/products?shop=lipa", None, 200),
    "PUT /v1/admin/{name}": ("/v1/admin/products?shop=lipa", {}, 422),
    "GET /v1/admin/{name}/{row_id}": ("/v1/admin/products/1?shop=lipa", None, 404),
    "PUT /v1/admin/{name}/{row_id}": ("/v1/admin/products/1?shop=lipa", {}, 422),
    "PATCH /v1/admin/{name}/{row_id}": ("/v1/admin/products/1?shop=lipa", {"price_gr": 1}, 422),
    "DELETE /v1/admin/{name}/{row_id}": ("/v1/admin/products/1?shop=lipa", None, 404),
    "GET /shops/{shop}": ("/shops/lipa", None, 404),
    "POST /shops/{shop}": ("/shops/lipa", {"name": "Moje"}, 404),
    "POST /shops/{shop}/close": ("/shops/lipa/close", {}, 404),
    "POST /shops/{shop}/open": ("/shops/lipa/open", {}, 404),
    "GET /settings": ("/settings?shop=klon", None, 404),
    "POST /settings": ("/settings", {"shop": THIRD_SHOP}, 404),
    "GET /staff/{person}": ("/staff/3", None, 404),
    "POST /staff/{person}": ("/staff/3", {"name": "Moja"}, 404),
    "POST /staff/{person}/{act}": ("/staff/3/off", {}, 404),
    "GET /roles": ("/roles?shop=klon", None, 404),
    "POST /roles": ("/roles", {"shop": THIRD_SHOP}, 404),
    "POST /roles/new": ("/roles/new", {"shop": THIRD_SHOP, "name": "Moja"}, 404),
    "GET /quick-keys": ("/quick-keys?shop=klon", None, 404),
    "GET /quick-keys/key": ("/quick-keys/key?shop=klon&page_no=1&number=1", None, 404),
    "POST /quick-keys/key": ("/quick-keys/key", KEY, 404),
    "POST /quick-keys/move": ("/quick-keys/move", KEY, 404),
    "POST /quick-keys/remove": ("/quick-keys/remove", KEY, 404),
    "POST /roles/{role}/remove": ("/roles/kasjer/remove", {"shop": THIRD_SHOP}, 404),
}
_SETS = (
    *("units", "categories", "price_lists", "discounts", "customers"),
    *("payment_methods", "currencies", "vat_rates", "representatives"),
)
for _name in _SETS:
    _path = f"/data/{_name}"
    OBJECTS |= {
        f"GET {_path}": (f"{_path}?shop=klon", None, 404),
        f"GET {_path}/row": (f"{_path}/row?shop=klon", None, 404),
        f"GET {_path}/import": (f"{_path}/import?shop=klon", None, 404),
        f"POST {_path}/row": (f"{_path}/row", {"shop": THIRD_SHOP, "row": "1"}, 404),
        f"POST {_path}/act": (f"{_path}/act", {"shop": THIRD_SHOP, "id": "1", "act": "undo"}, 404),
    }
OBJECTS |= {
    "GET /data/prices": ("/data/prices?shop=klon", None, 404),
    "GET /data/prices/import": ("/data/prices/import?shop=klon", None, 404),
    "POST /data/prices": ("/data/prices", {"shop": THIRD_SHOP, "list": "1"}, 404),
    "GET /data/customers/erase": ("/data/customers/erase?shop=klon&id=1", None, 404),
    "POST /data/customers/erase": ("/data/customers/erase", {"shop": THIRD_SHOP, "id": "1"}, 404),
}
OBJECTS |= {
    "GET /field/documents": ("/field/documents?shop=klon", None, 404),
    "GET /field/documents/one": ("/field/documents/one?shop=klon&id=1", None, 404),
    "GET /field/visits": ("/field/visits?shop=klon", None, 404),
    "GET /field/visits/one": ("/field/visits/one?shop=klon&id=1", None, 404),
    "POST /field/visits/one": ("/field/visits/one", {"shop": THIRD_SHOP, "id": "1"}, 404),
    "POST /field/visits/cancel": ("/field/visits/cancel", {"shop": THIRD_SHOP, "id": "1"}, 404),
    "GET /field/attachments": ("/field/attachments?shop=klon&about=customer&of=1", None, 404),
    "GET /field/attachments/{id}/file": ("/field/attachments/1/file?shop=klon", None, 404),
    "POST /field/attachments/remove": (
        "/field/attachments/remove",
        {"shop": THIRD_SHOP, "id": "1"},
        404,
    ),
}
_CHANGE = "/goods/import/{change}"
OBJECTS |= {
    "GET /goods/{row_id}": ("/goods/1?shop=lipa", None, 404),
    "GET /goods/product": ("/goods/product?shop=klon&id=1", None, 404),
    "GET /goods/row": ("/goods/row?shop=klon&id=1", None, 404),
    "POST /goods/row": ("/goods/row", {"shop": THIRD_SHOP, "id": "1", "revision": 1}, 404),
    "POST /goods/product": ("/goods/product", {"shop": THIRD_SHOP, "id": "1"}, 404),
    "POST /goods/product/rest": (
        "/goods/product/rest",
        {"shop": THIRD_SHOP, "id": "1", "revision": 1},
        404,
    ),
    "GET /goods": ("/goods?shop=klon", None, 404),
    "GET /goods/bulk": ("/goods/bulk?shop=klon&id=1", None, 404),
    "POST /goods/bulk": ("/goods/bulk", {"shop": THIRD_SHOP, "id": "1"}, 404),
    "POST /goods/changes/{number}/undo": ("/goods/changes/{change}/undo?shop=klon", {}, 404),
    "GET /goods/import/{number}": (f"{_CHANGE}?shop=klon", None, 404),
    "POST /goods/import/{number}": (_CHANGE, {"shop": THIRD_SHOP}, 404),
    "GET /goods/import/{number}/faults": (f"{_CHANGE}/faults?shop=klon", None, 404),
}
_JOB, _SCHEDULE = "/exchange/jobs/{job}", "/exchange/schedules/{schedule}"
_CHANNEL, _API = "/exchange/channels/{channel}", "/v1/admin"
OBJECTS |= {
    f"GET {_JOB}": (_JOB, None, 404),
    f"GET {_JOB}/now": (f"{_JOB}/now", None, 404),
    f"POST {_JOB}/cancel": (f"{_JOB}/cancel", {}, 404),
    f"POST {_JOB}/on": (f"{_JOB}/on", {}, 404),
    f"POST {_SCHEDULE}": (_SCHEDULE, {"act": "off"}, 404),
    f"GET {_CHANNEL}": (_CHANNEL, None, 404),
    f"POST {_CHANNEL}": (_CHANNEL, {"name": "Moje"}, 404),
    f"GET {_API}{_JOB}": (f"{_API}{_JOB}", None, 404),
    f"GET {_API}{_JOB}/records": (f"{_API}{_JOB}/records", None, 404),
    f"POST {_API}{_JOB}/cancel": (f"{_API}{_JOB}/cancel", {}, 404),
    f"POST {_API}{_JOB}/on": (f"{_API}{_JOB}/on", {}, 404),
    f"PUT {_API}{_SCHEDULE}": (f"{_API}{_SCHEDULE}", {"is_on": True}, 404),
    f"DELETE {_API}{_SCHEDULE}": (f"{_API}{_SCHEDULE}", None, 404),
    # Whoever names a channel that he does not have makes one of his own.
    f"PUT {_API}{_CHANNEL}": (f"{_API}{_CHANNEL}", {"name": "Own"}, 200),
}
# Their parameter names no object of a company.
NAMELESS = {
    *("GET /registers/{book}", "GET /link/{token}", "POST /link/{token}"),
    # A copy is of all companies of a server: where there are several, no owner gets one.
    *("GET /backup/{name}", "POST /backup/{name}"),
}
