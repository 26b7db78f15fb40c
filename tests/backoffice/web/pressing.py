"""Forms of the pages as a person sends them."""

from __future__ import annotations

import re


def press(browser, page, action="", **fields):
    """Send a form of ``page`` with its token to where it goes; not followed."""
    token = re.search(r'_csrf_token" value="([^"]+)"', browser.get(page).text)[1]
    return browser.post(action or page, data={"_csrf_token": token, **fields})


def words(page):
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def row_of(page, name):
    """What the row of a table says whose heading is ``name``."""
    rows = re.findall(r"<tr>.*?</tr>", page.text, re.DOTALL)
    said = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    (found,) = [row for row in said if row == name or row.startswith(f"{name} ")]
    return found
