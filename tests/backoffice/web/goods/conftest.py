from __future__ import annotations

import itertools
import re

import msgspec
import pytest

from backoffice.rights import Role
from tests.backoffice.web.signed import token_of

_numbers = itertools.count(1)
SHOP = "lipa"


class Shopkeeper:
    """A person at the pages of goods; ``rows`` reads what the office keeps."""

    def __init__(self, browser, http, admin) -> None:
        self.browser, self._http, self._admin = browser, http, admin

    def get(self, path, **how):
        return self.browser.get(path, **how)

    def post(self, path, data, *, seen="/goods/product", **how):
        token = token_of(self.browser.get(seen))
        return self.browser.post(path, data={**data, "_csrf_token": token}, **how)

    def upload(self, text, name="cennik.csv"):
        token = token_of(self.browser.get("/goods/import"))
        content = text if isinstance(text, bytes) else text.encode()
        return self.browser.post(
            "/goods/import", data={"_csrf_token": token}, files={"file": (name, content)}
        )

    def add(self, **fields):
        """Id and name of a new product."""
        number = next(_numbers)
        row = {"name": f"Nowość {number} próbna", "vat": "A", "price_gr": 1000, "unit": "szt"}
        row_id = f"new-{number}"
        where = f"/v1/admin/products/{row_id}?shop={SHOP}"
        done = self._http.put(where, json={**row, **fields}, headers=self._admin)
        done.raise_for_status()
        return row_id, {**row, **fields}["name"]

    def row(self, row_id):
        where = f"/v1/admin/products/{row_id}?shop={SHOP}"
        return msgspec.json.decode(self._http.get(where, headers=self._admin).content)

    def revision(self, row_id):
        shown = self.browser.get("/goods/row", params={"id": row_id, "edit": "true"}).text
        return int(re.search(r'name="revision" value="(\d+)"', shown)[1])


@pytest.fixture
def keeper(browser_as, http, admin):
    """The manager of one shop; other tests have shops of their own in the same office."""
    return Shopkeeper(browser_as(Role.MANAGER, {SHOP}), http, admin)


@pytest.fixture
def keeper_as(browser_as, http, admin):
    """Somebody with another role."""
    return lambda role, **how: Shopkeeper(browser_as(role, {SHOP}, **how), http, admin)
