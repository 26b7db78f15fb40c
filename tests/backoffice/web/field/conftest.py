from __future__ import annotations

import itertools

import pytest

from backoffice import publish
from backoffice.rights import Role
from backoffice.store.engine import writing
from tests.backoffice.web.pressing import press
from tests.backoffice.web.world import LINE

_numbers = itertools.count(1)
SHOP = "lipa"
# In the week of 2 March 2026, far from what other tests do.
AT = "2026-03-04T10:30:00+01:00"


class Seller:
    """A manager at the pages of the field, with rows that only this test knows."""

    def __init__(self, browser, office) -> None:
        self.browser, self.office = browser, office
        self.number = next(_numbers)
        self.customer = self.put("customers", name=f"Kawiarnia {self.number}", is_potential=True)

    def put(self, set_name, row_id="", **row):
        """Put a row as the office's other half would; its id."""
        row_id = row_id or f"{set_name}-{self.number}-{next(_numbers)}"
        with writing(self.office.engine) as database:
            publish.put(database, set_name, SHOP, [{"id": row_id, **row}])
        return row_id

    def order(self, **changes):
        number = f"ZS/{self.number}/{next(_numbers)}"
        row = {
            "type": "ZS", "number": number, "customer": self.customer, "issued_at": AT,
            "total_gr": 1, "lines": [{**LINE, "name": "<b>Kawa</b>"}], **changes,
        }  # fmt: skip
        return self.put("sales_documents", **row), row["number"]

    def get(self, path, **query):
        return self.browser.get(path, params=query)

    def press(self, page, action="", **fields):
        return press(self.browser, page, action, **fields)


@pytest.fixture
def seller(browser_as, running):
    return Seller(browser_as(Role.MANAGER, {SHOP}, language="en"), running.office)
