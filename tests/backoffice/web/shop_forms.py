"""Shops of their own for tests of the pages, and forms sent as a browser sends them."""

from __future__ import annotations

import html
import itertools
import re

_numbers = itertools.count(1)

ROLES = [
    {"id": "kasjer", "name": "Kasjer", "rights": ["sell", "close_day"]},
    {"id": "szef", "name": "Szef", "rights": ["sell", "close_day", "sync", "service"]},
]
USERS = [
    {"id": "1", "identifier": "1", "name": "Anna", "role": "kasjer", "pin_hash": "$scrypt$x"},
    {"id": "2", "identifier": "2", "name": "Ewa", "role": "szef"},
]
GOODS = {
    "vat_rates": [{"id": "C", "rate_bp": 500}],
    "units": [{"id": "szt", "name": "szt."}],
    "categories": [{"id": "nabial", "name": "Nabiał"}],
    "products": [
        {"id": "m", "name": "Mleko 2%", "vat": "C", "price_gr": 399, "unit": "szt", "plu": "16"},
        {"id": "k", "name": "Mleko kozie", "vat": "C", "price_gr": 899, "unit": "szt"},
    ],
    "quick_keys": [
        {"id": "1", "position": 1, "product": "m"},
        {"id": "2", "position": 2, "category": "nabial"},
    ],
}


def new_shop(http, admin, **more):
    """A shop that no other test has; ``more`` are rows of other sets."""
    shop = f"lipa-{next(_numbers)}"
    row = {"id": shop, "company": "Pod Lipą", "nip": "1234563218", "name": f"Sklep {shop}"}
    rows = {
        "shop": [{**row, "street": "Lipowa 7", "postal_code": "00-950", "city": "Warszawa"}],
        "settings": [{"id": "settings"}],
        "roles": ROLES,
        "users": USERS,
        **more,
    }
    for name, several in rows.items():
        put(http, admin, name, shop, *several)
    return shop


def put(http, admin, name, shop, *rows):
    """Change rows as another editor would."""
    path = f"/v1/admin/{name}"
    http.put(path, headers=admin, params={"shop": shop}, json=list(rows)).raise_for_status()


def row(http, admin, name, shop, row_id):
    """A row as the tills get it."""
    path = f"/v1/admin/{name}/{row_id}"
    return http.get(path, headers=admin, params={"shop": shop}).json()


def rows(http, admin, name, shop):
    """All rows of a set."""
    return http.get(f"/v1/admin/{name}", headers=admin, params={"shop": shop}).json()["rows"]


def field(page, name):
    """The value of an input field, as a browser would send it."""
    (tag,) = set(re.findall(rf'<input[^>]* name="{re.escape(name)}"[^>]*>', page.text))
    return html.unescape(re.search(r' value="([^"]*)"', tag)[1])


def send(browser, path, page, **form):
    """Send a form of ``page``: with its token, and the revisions that it holds."""
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)[1]
    hidden = {"_csrf_token": token}
    if 'name="seen"' in page.text:
        hidden["seen"] = field(page, "seen")
    return browser.post(path, data={**hidden, **form})


def words(page):
    """What the page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
