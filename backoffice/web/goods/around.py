"""What pages of goods show around them: units, categories, VAT letters, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice.crosscheck_goods import INACTIVE_BP
from backoffice.store import data_rows
from backoffice.web import wording
from backoffice.web.goods.question import tree
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

EXEMPT_BP = 10_000
# Pieces, as shops write them with or without a full stop.
PIECES = "szt"


@dataclass(frozen=True, slots=True)
class Around:
    """The sets that goods refer to, by id."""

    units: dict[str, wire.Unit]
    categories: dict[str, wire.Category]
    rates: dict[str, wire.VatRate]

    @property
    def unit_choices(self) -> list[tuple[str, str]]:
        """Units by name."""
        return sorted(
            ((it.id, it.name) for it in self.units.values()), key=lambda it: it[1].casefold()
        )

    @property
    def usual_unit(self) -> str:
        """What most goods are sold by: pieces, else a unit that needs no scale; empty for none."""
        found = min(self.units.values(), key=_how_unusual, default=None)
        return found.id if found else ""

    @property
    def category_choices(self) -> list[tuple[str, str]]:
        """The tree of categories."""
        return tree(self.categories)

    @property
    def vat_choices(self) -> list[tuple[str, str]]:
        """Letters that are in use, with their rates."""
        used = (it for it in self.rates.values() if it.rate_bp != INACTIVE_BP)
        return [(it.id, f"{it.id} {wording.rate(it.rate_bp)}") for it in used]

    def category_name(self, row_id: str) -> str:
        """Name of a category; empty for none."""
        found = self.categories.get(row_id)
        return found.name if found else row_id

    def unit_name(self, row_id: str) -> str:
        """Name of a unit."""
        found = self.units.get(row_id)
        return found.name if found else row_id

    def vat_name(self, letter: str) -> str:
        """A letter with its rate."""
        found = self.rates.get(letter)
        return f"{letter} {wording.rate(found.rate_bp)}" if found else letter

    def net_gr(self, price_gr: int, letter: str) -> int:
        """A price without its VAT; half a grosz goes up."""
        share = _share(self.rates.get(letter))
        return (price_gr * 20_000 + share) // (2 * share)

    def gross_gr(self, net_gr: int, letter: str) -> int:
        """A price with its VAT."""
        return (net_gr * _share(self.rates.get(letter)) + 5_000) // 10_000


def around(connection: Connection, shop: str) -> Around:
    """What a shop's goods refer to."""
    return Around(
        _rows(connection, "units", shop),
        _rows(connection, "categories", shop),
        _rows(connection, "vat_rates", shop),
    )


def _rows(connection: Connection, name: str, shop: str) -> dict[str, Any]:
    decode = msgspec.json.Decoder(wire.SETS[name]).decode
    rows: list[Any] = list(map(decode, data_rows.living(connection, name, shop)))
    return {row.id: row for row in rows}


def _how_unusual(unit: wire.Unit) -> tuple[bool, bool, int, str]:
    name = unit.name.casefold()
    return name.rstrip(".") != PIECES, unit.is_weighed, unit.precision, name


def _share(rate: wire.VatRate | None) -> int:
    """What a gross price is of its net price, in basis points."""
    is_taxed = rate is not None and rate.rate_bp < EXEMPT_BP
    return 10_000 + (rate.rate_bp if rate and is_taxed else 0)
