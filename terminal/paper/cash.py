"""Slips about cash: a movement, a shift that opens or ends, the state of a drawer. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.paper import RULE, Row, Size, Slip
from terminal.day import reasons
from terminal.i18n import translate as _
from terminal.paper.documents import not_fiscal, shop_rows, zloty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.day.shifts import CashState
    from terminal.sync.wire import CashDoc, ShiftDoc, Shop


def move_slip(document: CashDoc, shop: Shop | None) -> Slip:
    """Cash put in or taken out, for the drawer and for whoever brought or took it."""
    title = _("Cash in") if document.amount_gr > 0 else _("Cash out")
    amount = Row(_("Amount"), zloty(abs(document.amount_gr)), is_bold=True, size=Size.DOUBLE)
    rows = [
        *_head(shop, document.at, document.operator, document.terminal),
        amount,
        Row(_("Reason"), reasons.in_words(document.reason)),
        RULE,
        Row(_("Signature"), "." * 16),
        not_fiscal(),
    ]
    return Slip(_("{title}, slip {number}", title=title, number=document.slip_no), tuple(rows))


def shift_slip(document: ShiftDoc, shop: Shop | None) -> Slip:
    """A shift as its document tells it: opened, or closed with its figures."""
    head = [
        *_head(shop, document.at, document.operator, document.terminal),
        Row(_("Opened"), _minute(document.opened_at)),
    ]
    number = document.slip_no
    if not document.closed_at:
        opening = _opening(document.opening_gr)
        title = _("Shift opened, slip {number}", number=number)
        return Slip(title, (*head, opening, RULE, Row(_("Signature"), "." * 16), not_fiscal()))
    rows = [*head, RULE, *_figures(document), RULE, *_counted(document)]
    rows += [RULE, Row(_("Signature"), "." * 16), not_fiscal()]
    return Slip(_("Shift closed, slip {number}", number=number), tuple(rows))


def state_slip(state: CashState, shop: Shop | None, terminal: str) -> Slip:
    """The drawer now; amounts that a blind count must not know are left out."""
    shift, takings = state.shift, state.takings
    rows = [
        *_head(shop, state.at, shift.operator, terminal),
        Row(_("Opened"), _minute(shift.opened_at)),
        RULE,
        *(Row(name, value) for name, value in state_facts(state)),
        RULE,
        *(
            Row(f"{one.name} ({one.payments})", zloty(one.net_gr))
            for one in takings.methods
            if state.is_whole
        ),
        not_fiscal(),
    ]
    return Slip(_("State of the drawer"), tuple(rows))


def state_facts(state: CashState) -> list[tuple[str, str]]:
    """Names and values of what the drawer had and should have; for slip and screen."""
    takings = state.takings
    opening = _("not entered") if state.shift.opening_gr is None else zloty(takings.opening_gr)
    facts = [
        (_("Opening cash"), opening),
        (_("Cash in"), zloty(takings.in_gr)),
        (_("Cash out"), zloty(-takings.out_gr)),
    ]
    if state.is_whole:
        facts += [
            (_("Cash received"), zloty(takings.received_gr)),
            (_("Change given"), zloty(-takings.change_gr)),
            (_("Returned in cash"), zloty(-takings.returned_gr)),
            (_("Should be in the drawer"), zloty(takings.expected_gr)),
        ]
    return [
        *facts,
        (_("Receipts"), str(takings.receipts)),
        (_("Returns"), str(takings.returns)),
        (_("Given up receipts"), str(takings.dropped)),
        (_("Drawer opened"), str(takings.drawer_openings)),
    ]


def _head(shop: Shop | None, at: str, operator: str, terminal: str) -> Iterator[Row]:
    yield from shop_rows(shop)
    yield not_fiscal()
    yield RULE
    yield Row(_("Date"), _minute(at))
    yield Row(_("Till"), terminal)
    yield Row(_("Operator"), operator)


def _opening(opening_gr: int | None) -> Row:
    return Row(_("Opening cash"), _("not entered") if opening_gr is None else zloty(opening_gr))


def _figures(document: ShiftDoc) -> Iterator[Row]:
    yield _opening(document.opening_gr)
    yield Row(_("Cash in"), zloty(document.in_gr))
    yield Row(_("Cash out"), zloty(-document.out_gr))
    yield Row(_("Cash received"), zloty(document.received_gr))
    yield Row(_("Change given"), zloty(-document.change_gr))
    yield Row(_("Returned in cash"), zloty(-document.returned_gr))
    yield RULE
    for one in document.methods:
        yield Row(f"{one.name} ({one.payments})", zloty(one.amount_gr))
    yield Row(_("Total"), zloty(document.total_gr), is_bold=True)
    yield Row(_("Receipts"), str(document.receipts))
    yield Row(_("Returns"), str(document.returns))
    yield Row(_("Given up receipts"), str(document.dropped))
    yield Row(_("Drawer opened"), str(document.drawer_openings))


def _counted(document: ShiftDoc) -> Iterator[Row]:
    yield Row(_("Should be in the drawer"), zloty(document.expected_gr))
    if document.counted_gr is None:
        yield Row(_("NOT COUNTED"), is_bold=True)
        yield Row(_("Closed by"), document.closed_by)
        return
    for coin in document.coins:
        value_gr = coin.value_gr * coin.pieces
        yield Row(f"  {coin.pieces} × {zloty(coin.value_gr)}", zloty(value_gr))
    yield Row(_("Counted"), zloty(document.counted_gr), is_bold=True)
    yield Row(_("Difference"), zloty(document.difference_gr), is_bold=True, size=Size.DOUBLE)
    if document.reason:
        yield Row(_("Reason"), reasons.in_words(document.reason))


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
