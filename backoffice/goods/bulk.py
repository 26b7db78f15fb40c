"""Changes many goods alike: category, VAT, unit, active, price. All of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from backoffice import changes, publish
from backoffice.errors import BadRows, RowFault
from backoffice.goods import kept
from backoffice.store import data_rows
from backoffice.web.i18n import gettext_noop as _
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

KIND = "bulk"
SHOWN = 20
WHOLE_BP = 10_000
_product = msgspec.json.Decoder(wire.Product).decode


@dataclass(frozen=True, slots=True)
class Change:
    """What shall become of each; None leaves as it is.

    A price goes up or down by ``percent_bp`` or ``amount_gr``, and with ``nine`` to the nearest one
    that ends with 9 grosze. Goods without a price keep none.
    """

    category: str | None = None
    vat: str | None = None
    unit: str | None = None
    is_active: bool | None = None
    percent_bp: int = 0
    amount_gr: int = 0
    nine: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """How many would change, the first of them before and after, and what is wrong."""

    chosen: int
    changed: int
    shown: list[tuple[wire.Product, wire.Product]]
    wrong: tuple[RowFault, ...]


def look_at(connection: Connection, shop: str, ids: Sequence[str], change: Change) -> Preview:
    """What a change would do to the goods ``ids``."""
    pairs = list(_pairs(connection, shop, ids, change))
    other = [(before, after) for before, after in pairs if before != after]
    raws = [msgspec.to_builtins(after) for _before, after in other]
    judged = publish.judge(connection, "products", shop, raws)
    return Preview(len(pairs), len(other), other[:SHOWN], judged.wrong)


def make(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    ids: Sequence[str],
    change: Change,
    *,
    seen: int,
    title: str,
) -> tuple[int, int]:
    """Change them; the number of the change and how many rows it changed.

    ``seen`` is the revision of the goods that the preview was made of: raises ``TooLate`` when it
    is another one, ``BadRows`` when one of the rows cannot be so.
    """
    data_rows.lock(connection, "products", shop)
    if data_rows.revision_of(connection, "products", shop) != seen:
        raise kept.TooLate(_("The goods were changed meanwhile: look at what would change now."))
    raws = [msgspec.to_builtins(after) for _before, after in _pairs(connection, shop, ids, change)]
    judged = publish.judge(connection, "products", shop, raws)
    if judged.wrong:
        raise BadRows(list(judged.wrong))
    number = kept.hand_in(connection, actor, moment, shop, KIND, title)
    publish.write(connection, "products", shop, judged)
    kept.made(connection, number, kept.Counted(changed=len(judged.bodies)), judged)
    told = f"{title}: {len(judged.bodies)}"
    changes.record(connection, actor, moment, KIND, f"goods/changes/{number}", shop, detail=told)
    return number, len(judged.bodies)


def changed(row: wire.Product, change: Change) -> wire.Product:
    """What becomes of one."""
    wanted = {
        "category": change.category,
        "vat": change.vat,
        "unit": change.unit,
        "is_active": change.is_active,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    return msgspec.structs.replace(row, price_gr=price(row.price_gr, change), **given)


def price(price_gr: int, change: Change) -> int:
    """What becomes of a price; half a grosz goes up."""
    if not price_gr or not (change.percent_bp or change.amount_gr or change.nine):
        return price_gr
    by_share = (price_gr * (WHOLE_BP + change.percent_bp) + WHOLE_BP // 2) // WHOLE_BP
    other_gr = by_share + change.amount_gr
    if not change.nine or other_gr < 1:
        return other_gr
    return max(9, (other_gr - 4) // 10 * 10 + 9)


def _pairs(
    connection: Connection, shop: str, ids: Sequence[str], change: Change
) -> Iterator[tuple[wire.Product, wire.Product]]:
    bodies = data_rows.bodies_of(connection, "products", shop, ids)
    for row_id in ids:
        if row_id in bodies:
            row = _product(bodies[row_id])
            yield row, changed(row, change)
