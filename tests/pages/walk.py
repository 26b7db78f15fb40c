"""Finds every page of the office by itself: the routes of the pages, and links to them."""

from __future__ import annotations

import re
from collections import deque
from html import unescape

from backoffice.web.routes import ROUTES

# Pages that no other page links to.
ALONE: frozenset[str] = frozenset()
_LINK = re.compile(r'<a [^>]*href="(/[^"]*)"')
_PLACE = re.compile(r"\{\w+:(\w+)\}")


def routes():
    """Paths of the pages, such as ``/receipts/{row_id:int}``; a name with a dot is a file's."""
    paths = {path for it in ROUTES if "GET" in it.http_methods for path in it.paths}
    return sorted(path for path in paths - ALONE if "." not in path)


def places(client):
    """Of each route one address that is linked from a page; a route without any is left out."""
    known = {path: re.compile(_pattern(path)) for path in routes()}
    found, waiting = {}, deque(["/", *(path for path in known if "{" not in path)])
    while waiting:
        address = waiting.popleft()
        path = address.partition("?")[0]
        route = next((name for name, pattern in known.items() if pattern.fullmatch(path)), None)
        if route is None or route in found:
            continue
        answer = client.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            known.pop(route)
            continue
        found[route] = address
        waiting += [unescape(link) for link in _LINK.findall(answer.text)]
    return found


def _pattern(path):
    return _PLACE.sub(lambda it: r"\d+" if it[1] == "int" else "[^/]+", path)
