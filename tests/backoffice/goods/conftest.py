from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.store.engine import writing

SHOP = "lipa"
NEEDED = {
    "vat_rates": [{"id": "A", "rate_bp": 2300}, {"id": "B", "rate_bp": 800}],
    "units": [{"id": "szt", "name": "szt."}, {"id": "kg", "name": "kg", "precision": 3}],
    "categories": [
        {"id": "food", "name": "Jedzenie"},
        {"id": "dairy", "name": "Nabiał", "parent": "food"},
    ],
}


def product(row_id, name="Woda", **more):
    return {"id": row_id, "name": name, "vat": "A", "price_gr": 249, "unit": "szt", **more}


@pytest.fixture
def stocked(engine):
    """Fills a shop with goods, and what they need."""

    def fill(*products):
        with writing(engine) as database:
            for name, rows in {**NEEDED, "products": products}.items():
                publish.put(database, name, SHOP, rows)

    return fill
