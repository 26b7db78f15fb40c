"""Takes a sheet of goods: looked at first, then taken in one transaction. Reads no files.

A line whose id is known, or without one its external id, changes that product; any other is a new
one. An empty cell takes away a PLU, a code, a category and the like, and leaves the rest as it is;
so does a column that is missing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice import changes, publish
from backoffice.goods import kept
from backoffice.goods.columns import COLUMNS, Known, known
from backoffice.goods.reading import CellFault, Line, Sheet, read
from backoffice.reasons import Reason
from backoffice.store import data_rows
from backoffice.web.i18n import gettext_noop as _
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

KIND = "import"
FAULTS_MAX = 10_000
_CLEARED: dict[str, Any] = {"plu": "", "external_id": "", "barcodes": [], "category": "", "gtu": ""}
_NEEDED = ("name", "unit", "vat")
_NAMES = {column.field: column.name for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sheet would do."""

    judged: publish.Judged
    counted: kept.Counted
    faults: list[CellFault]


def look_at(
    connection: Connection, actor: Actor, moment: datetime, shop: str, title: str, content: bytes
) -> int:
    """Keep a sheet that was handed in, and what it would do; the number of the change."""
    number = kept.hand_in(connection, actor, moment, shop, KIND, title)
    _look(connection, shop, number, content)
    return number


def take(connection: Connection, actor: Actor, moment: datetime, shop: str, number: int) -> int:
    """Take the good lines; how many rows changed.

    Raises ``TooLate`` when the goods are not those any more that the preview was made of: then the
    preview must be shown again.
    """
    data_rows.lock(connection, "products", shop)
    row = kept.one(connection, shop, number)
    if row.state != kept.OPEN or row.sheet is None:
        raise kept.TooLate(_("This sheet was taken already."))
    plan = plan_of(connection, shop, kept.unpacked(row.sheet))
    shown = kept.Counted(row.added, row.changed, row.same, row.wrong)
    newest = data_rows.revision_of(connection, "products", shop)
    # Units, categories and rates have revisions of their own: they show in what is counted.
    if (row.seen_revision, shown) != (newest, plan.counted):
        raise kept.TooLate(_("The goods were changed meanwhile: look at what would change now."))
    publish.write(connection, "products", shop, plan.judged)
    kept.made(connection, number, plan.counted, plan.judged)
    told = f"{row.title}: {len(plan.judged.bodies)}"
    changes.record(connection, actor, moment, KIND, f"goods/import/{number}", shop, detail=told)
    return len(plan.judged.bodies)


def look_again(connection: Connection, shop: str, number: int) -> None:
    """Make the preview of an open change anew."""
    row = kept.one(connection, shop, number)
    if row.state == kept.OPEN and row.sheet is not None:
        _look(connection, shop, number, kept.unpacked(row.sheet))


def faults_of(text: str) -> list[CellFault]:
    """Faults as they were kept with a change."""
    return [
        CellFault(line, column, Reason(message, **values), typed)
        for line, column, message, values, typed in msgspec.json.decode(text)
    ]


def plan_of(connection: Connection, shop: str, content: bytes) -> Plan:
    """What a sheet would do to a shop's goods now."""
    its = known_of(connection, shop)
    sheet = read(content, its)
    raws, numbers = _raws(connection, shop, sheet, its)
    judged = publish.judge(connection, "products", shop, raws, take_good=True)
    for fault in judged.wrong:
        line = numbers[fault.index]
        field = fault.path.removeprefix("$.").partition("[")[0]
        reason = fault.reason if isinstance(fault.reason, Reason) else _said(field, fault.reason)
        name, cell = _NAMES.get(field, ""), sheet.typed(line, field)
        sheet.faults.append(CellFault(line.number, name, reason, cell))
    wrong = sheet.wrong + len({fault.index for fault in judged.wrong})
    added = sum(body is None for body in judged.before.values())
    changed = len(judged.bodies) - added
    same = len(sheet.lines) - len({fault.index for fault in judged.wrong}) - added - changed
    sheet.faults.sort(key=lambda fault: fault.line)
    return Plan(judged, kept.Counted(added, changed, same, wrong), sheet.faults)


def known_of(connection: Connection, shop: str) -> Known:
    """What the cells of a shop's sheet may refer to."""

    def rows(name: str) -> Mapping[str, Any]:
        decode = msgspec.json.Decoder(wire.SETS[name]).decode
        living = map(decode, data_rows.living(connection, name, shop))
        return {row.id: row for row in living}  # type: ignore[attr-defined]

    return known(rows("units"), rows("categories"), rows("vat_rates"))


def _look(connection: Connection, shop: str, number: int, content: bytes) -> None:
    seen = data_rows.revision_of(connection, "products", shop)
    plan = plan_of(connection, shop, content)
    told = [
        (it.line, it.column, it.reason.message, it.reason.values, it.typed)
        for it in plan.faults[:FAULTS_MAX]
    ]
    faults = msgspec.json.encode(told, enc_hook=str).decode()
    more = {"faults": faults, "sheet": kept.packed(content), "seen_revision": seen}
    kept.write(connection, number, plan.counted, **more)


def _raws(
    connection: Connection, shop: str, sheet: Sheet, its: Known
) -> tuple[list[dict[str, Any]], list[Line]]:
    """Whole rows and the lines they come from; lines that make none become faults."""
    by_external = _external(connection, shop, sheet)
    for line in sheet.lines:
        if not line.fields.get("id") and (external := line.fields.get("external_id")):
            line.fields["id"] = by_external.get(external)
    ids = [line.fields["id"] for line in sheet.lines if line.fields.get("id")]
    old = data_rows.bodies_of(connection, "products", shop, ids) if ids else {}
    fresh = secrets.token_hex(4)
    raws, lines = [], []
    for line in sheet.lines:
        row_id = line.fields.get("id") or f"{fresh}-{line.number}"
        body = old.get(row_id)
        before: dict[str, Any] = msgspec.json.decode(body) if body else {"id": row_id}
        faults = _line_faults(sheet, line, before, its)
        if faults:
            sheet.faults += faults
            sheet.wrong += 1
            continue
        raws.append(_merged(before, line.fields))
        lines.append(line)
    sheet.lines = lines
    return raws, lines


def _external(connection: Connection, shop: str, sheet: Sheet) -> dict[str, str]:
    """Ids of goods by their external ids, when a line is known by nothing else."""
    if not any(it.fields.get("external_id") and not it.fields.get("id") for it in sheet.lines):
        return {}
    decode = msgspec.json.Decoder(wire.Product).decode
    rows = map(decode, data_rows.every(connection, "products", shop))
    return {row.external_id: row.id for row in rows if row.external_id}


def _merged(before: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    row = {"price_gr": 0, **before}
    for name, value in fields.items():
        if name in {"id", "precision"}:
            continue
        if value is not None:
            row[name] = value
        elif name in _CLEARED:
            row[name] = _CLEARED[name]
    return row


def _line_faults(sheet: Sheet, line: Line, before: dict[str, Any], its: Known) -> list[CellFault]:
    fields = line.fields
    found = [
        CellFault(line.number, _NAMES[name], Reason(_("A new product needs this")))
        for name in _NEEDED
        if fields.get(name) is None and name not in before
    ]
    unit = its.units.get(fields.get("unit") or before.get("unit", ""))
    precision = fields.get("precision")
    if unit and precision is not None and precision != unit.precision:
        reason = Reason(
            _("The unit {unit} has {precision} decimals: change the unit itself"),
            unit=unit.name,
            precision=unit.precision,
        )
        cell = sheet.typed(line, "precision")
        found.append(CellFault(line.number, _NAMES["precision"], reason, cell))
    return found


_LIMITS = {
    "name": _("A name has 1 to 40 characters"),
    "id": _("An id has 1 to 64 characters"),
    "external_id": _("An external id has at most 16 characters"),
}


def _said(field: str, reason: str) -> Reason:
    """What the types of a row say, in words of ours where there are some."""
    if field in _LIMITS:
        return Reason(_LIMITS[field])
    return Reason(_("The value does not fit: {reason}"), reason=reason)
