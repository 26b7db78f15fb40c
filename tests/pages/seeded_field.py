"""A week outside the shop: orders, quotes, visits, notes and files, as a till tells of them."""

from __future__ import annotations

import hashlib
import random
import struct
import uuid
import zlib
from datetime import timedelta

from backoffice.field import contents
from backoffice.store.engine import writing
from terminal.sync import wire

SELLER = "Anna Kowalska"


def go_out(journal, moment, goods, customers):
    """What a representative did in the week that ends at ``moment``."""
    first, second = customers
    potential = f"{journal.terminal}-potential"
    # Of its own: what others made up by chance stays as it is.
    chance = random.Random(journal.terminal)
    monday = moment.replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(
        days=moment.weekday()
    )
    who = {"operator": SELLER, "operator_id": "1"}

    def add(kind, at, **fields):
        rid = fields.pop("rid", "") or str(uuid.UUID(int=chance.getrandbits(128), version=4))
        where = {"rid": rid, "terminal": journal.terminal, "shop": journal.shop}
        return journal.add(kind(**where, at=at.isoformat(), **who, **fields))

    add(wire.CustomerDoc, monday, rid=potential, name="Bar Kasztan", is_potential=True)
    add(
        wire.CustomerEditDoc, monday, customer=potential, name="Bar Pod Kasztanem",
        street="ul. Kasztanowa 3", postal_code="00-950", city="Warszawa", phone="600 100 200",
        is_potential=True,
    )  # fmt: skip
    quote = add(wire.SalesDoc, monday, **_sold("OS", 1, first, goods[:3]))
    add(wire.SalesDoc, monday, **_sold("ZS", 1, first, goods[:3]), from_quote=quote.rid)
    due = (monday + timedelta(days=7)).date().isoformat()
    open_order = add(wire.SalesDoc, monday, **_sold("ZS", 2, second, goods[3:5]), due=due)
    gone = add(wire.SalesDoc, monday, **_sold("ZS", 3, potential, goods[5:6]))
    add(wire.SalesStateDoc, monday, of=gone.rid, state="cancelled", reason="Pomyłka")
    visits = (
        (first, 0, "done", "Odnowienie umowy"),
        (second, 1, "cancelled", "Nowy cennik"),
        (potential, 2, "planned", "Pierwsze spotkanie"),
        (first, 4, "planned", "Odbiór zamówienia"),
    )
    for number, (customer, day, state, subject) in enumerate(visits):
        at = (monday + timedelta(days=day, hours=1)).isoformat()
        done = {"began_at": at, "ended_at": at, "note": "Umówiono dostawę."}
        add(
            wire.VisitDoc, monday, visit=f"{journal.terminal}-visit-{number}", customer=customer,
            planned_at=at, state=state, subject=subject, **(done if state == "done" else {}),
        )  # fmt: skip
    add(
        wire.AttachmentDoc, monday, about="customer", of=potential, sort="note",
        text="Dzwonić przed 9:00.\nWejście od podwórza.",
    )  # fmt: skip
    picture = {"size": len(PICTURE), "sha256": SHA256, "media_type": "image/png"}
    for about, of in (("sales_document", open_order.rid), ("visit", f"{journal.terminal}-visit-0")):
        add(
            wire.AttachmentDoc, monday, about=about, of=of, sort="file", name="witryna.png",
            **picture,
        )  # fmt: skip
    late = {"size": 5_000_000, "sha256": "a" * 64, "media_type": "application/pdf"}
    add(
        wire.AttachmentDoc, monday, about="customer", of=potential, sort="file",
        name="oferta.pdf", **late,
    )  # fmt: skip


def keep_files(office, moment):
    """The file that came after its row."""
    with writing(office.engine) as database:
        contents.keep(database, SHA256, len(PICTURE), [PICTURE], moment)


def _sold(kind, number, customer, goods):
    lines = [
        wire.SalesLine(
            product=row["id"], name=row["name"], unit="szt.", vat=row["vat"], qty_milli=12_000,
            price_gr=row["price_gr"], percent_bp=500, plu=str(row["plu"]),
            gross_gr=wire.gross_of(row["price_gr"], 12_000, 500),
        )
        for row in goods
    ]  # fmt: skip
    return {
        "type": kind, "number": f"{kind}/{number}/K1", "customer": customer, "lines": lines,
        "total_gr": sum(it.gross_gr for it in lines),
    }  # fmt: skip


def _picture(width=160, height=100):
    """A picture of a sunset over a field, as PNG."""
    rows = b"".join(
        b"\0" + bytes((min(255, 90 + 2 * y), 120 + y, 200 - 2 * y if y < 70 else 40)) * width
        for y in range(height)
    )

    def chunk(name, content):
        return (
            struct.pack(">I", len(content)) + name + content
            + struct.pack(">I", zlib.crc32(name + content))
        )  # fmt: skip

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PICTURE = _picture()
SHA256 = hashlib.sha256(PICTURE).hexdigest()
