"""The rows by which sales are summed and searched, made of one document. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from backoffice.register_rules import paid_gr
from backoffice.store.columns import Prose, Words
from backoffice.store.tables import sale, sale_payment, sold_line
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Table

SOLD, BACK, BILL = "sold", "back", "bill"
RETURNS = ("return", "complaint", "mistake")
Listed = wire.ReceiptDoc | wire.BillDoc | wire.ReturnDoc


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a document lies, what the office thinks of it, and when it came."""

    terminal: str
    epoch: int
    seq: int
    rid: str
    is_accepted: bool
    received_at: str


def sale_rows(
    filed: Filed,
    document: object,
    corrections: Sequence[wire.CorrectionDoc] = (),
    categories: Mapping[tuple[str, str], str] | None = None,
) -> Iterator[tuple[Table, dict[str, Any]]]:
    """How a document is summed and searched; nothing for one that sells and takes back nothing.

    ``corrections`` are the accepted ones of its payment; ``categories`` are those of the goods, by
    shop and product.
    """
    if not isinstance(document, Listed):
        return
    paid = list(_payments(document, corrections))
    head = _head(filed, document)
    yield sale, _fitted(sale, {**head, **_searched(document, paid)})
    if not filed.is_accepted or head["part"] == BILL:
        return
    common = {"sale": filed.rid, **{name: head[name] for name in ("part", "shop", "day")}}
    for no, line in enumerate(_lines(document)):
        category = (categories or {}).get((document.shop, line["product"]), "")
        yield sold_line, _fitted(sold_line, {**common, "no": no, **line, "category": category})
    for no, payment in enumerate(paid):
        yield sale_payment, _fitted(sale_payment, {**common, "no": no, **payment})


def _head(filed: Filed, document: Listed) -> dict[str, Any]:
    told_at = document.closed_at if isinstance(document, wire.ReceiptDoc) else document.at
    at = told_at if _moment(told_at) else filed.received_at
    moment = datetime.fromisoformat(at)
    number, report_no, printer_no = _numbers(document)
    return {
        "rid": filed.rid,
        "terminal": filed.terminal,
        "epoch": filed.epoch,
        "seq": filed.seq,
        "part": _part(document),
        "is_accepted": filed.is_accepted,
        "document": _word(document),
        "shop": document.shop,
        "at": at,
        "day": f"{moment:%Y-%m-%d}",
        "hour": moment.hour,
        "operator": document.operator_id or document.operator,
        "printer_no": printer_no,
        "report_no": report_no,
        "number": number,
        "total_gr": document.total_gr,
    }


def _moment(text: str) -> datetime | None:
    """None for a time that nobody can read, or that would not sort with the others."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if text.startswith(f"{moment:%Y-%m-%d}T") else None


def _part(document: Listed) -> str:
    match document:
        case wire.ReceiptDoc():
            return SOLD
        case wire.BillDoc():
            return BILL
        case _:
            return BACK


def _word(document: Listed) -> str:
    match document:
        case wire.ReceiptDoc():
            return document.document
        case wire.BillDoc():
            return BILL
        case _:
            return document.entry


def _numbers(document: Listed) -> tuple[int, int, str]:
    """Its number, that of its daily report, and its printer's."""
    match document:
        case wire.ReceiptDoc():
            number = document.invoice_no or document.receipt_no
            return number, document.report_no, document.printer_no
        case wire.BillDoc():
            return document.bill_no, 0, ""
        case _:
            return document.number, 0, document.printer_no


def _searched(document: Listed, paid: list[dict[str, Any]]) -> dict[str, str]:
    """Words that people look for; kinds between blanks, so that none is found in another."""
    names = dict.fromkeys(payment["name"] for payment in paid)
    kinds = dict.fromkeys(payment["kind"] for payment in paid)
    goods = dict.fromkeys(line.name.casefold() for line in document.lines)
    return {
        "payments": ", ".join(names),
        "kinds": f" {' '.join(kinds)} " if kinds else "",
        "goods": "\n".join(goods),
    }


def _lines(document: Listed) -> Iterator[dict[str, Any]]:
    if isinstance(document, wire.ReturnDoc):
        for back in document.lines:
            yield _line(back, back.gross_gr)
    elif isinstance(document, wire.ReceiptDoc):
        for line, gross_gr in zip(document.lines, paid_gr(document), strict=True):
            if not line.is_void:
                yield _line(line, gross_gr)


def _line(line: wire.LineDoc | wire.TakenLine, gross_gr: int) -> dict[str, Any]:
    return {
        "product": line.product,
        "name": line.name,
        "vat": line.vat,
        "qty_milli": line.qty_milli,
        "gross_gr": gross_gr,
    }


def _payments(
    document: Listed, corrections: Sequence[wire.CorrectionDoc]
) -> Iterator[dict[str, Any]]:
    """How it was paid or given back; a correction speaks of the whole sale, and the first holds."""
    if isinstance(document, wire.ReturnDoc):
        for refund in document.refunds:
            yield _payment(refund, refund.amount_gr)
    elif corrections:
        yield _payment(corrections[0].after, corrections[0].after.amount_gr)
    else:
        for payment in document.payments:
            yield _payment(payment, payment.amount_gr - payment.change_gr)


def _payment(paid: wire.PaymentDoc | wire.RefundDoc, amount_gr: int) -> dict[str, Any]:
    return {"method": paid.method, "name": paid.name, "kind": paid.kind, "amount_gr": amount_gr}


def _fitted(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row as the columns can hold it; the journal keeps it whole."""
    return {name: _fit(table, name, value) for name, value in row.items()}


def _fit(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    kind = table.c[name].type
    if isinstance(kind, Words) and not isinstance(kind, Prose):
        return value[: kind.length]
    if isinstance(value, int):
        return max(-wire.NUMBER_MAX, min(value, wire.NUMBER_MAX))
    return value
