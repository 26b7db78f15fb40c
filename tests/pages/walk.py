"""Finds every page of the office by itself: the routes of the pages, and links to them."""

from __future__ import annotations

import re
from collections import deque
from functools import cache
from html import unescape

from litestar import Router

from backoffice.web.routes import ROUTES

# Short addresses that lead on, for people who type them.
ALONE = frozenset({"/goods/{row_id:str}"})
_LINK = re.compile(r'(?:<a [^>]*href|hx-get)="(/[^"]*)"')
_LAZY = re.compile(r"<img[^>]*loading=\"lazy\"[^>]*>")
_LOADED = re.compile(r'<(?:link|script|img)\b[^>]*(?:href|src)="([^"]*)"')
_PLACE = re.compile(r"\{\w+:(\w+)\}")


def handlers():
    """Paths of the pages, such as ``/receipts/{row_id:int}``, and which function makes each.

    A name with a dot is a file's.
    """
    return {
        route.path: f"{handler.fn.__module__}.{handler.fn.__name__}"
        for route in Router("/", route_handlers=ROUTES).routes
        for handler in route.route_handlers
        if "GET" in handler.http_methods and "." not in route.path and route.path not in ALONE
    }


def examples():
    """One path for each function: pages that one function makes look alike."""
    return sorted({handler: path for path, handler in handlers().items()}.values())


def places(client, *more):
    """Of each path one address, linked from a page if there is such a link; ``more`` are linked.

    The address is empty where there is no page: a file, or a part that a page asks for.
    """
    known = {path: re.compile(_pattern(path)) for path in handlers()}
    found, waiting = {}, deque(["/", *more])
    bare = [path for path in known if "{" not in path]
    while waiting or bare:
        address = waiting.popleft() if waiting else bare.pop()
        route = _route(known, address)
        if route is None or found.get(route):
            continue
        answer = client.get(address)
        if "<!doctype html>" in answer.text[:100] and answer.is_success:
            found[route] = address
            # Of several links to the same page the longest says most: of a row, not of a new one.
            waiting += sorted(map(unescape, _LINK.findall(answer.text)), key=len, reverse=True)
        elif answer.is_success:
            found.setdefault(route, "")
    return found


def first_visit(client, address):
    """Requests of a browser that was never here, and their bytes on the wire.

    Without pictures that come when somebody scrolls to them: they are what people attached.
    """
    page = client.get(address).raise_for_status()
    loaded = {unescape(link) for link in _LOADED.findall(_LAZY.sub("", page.text))}
    sizes = [_size(client, link) for link in loaded]
    return 1 + len(sizes), page.num_bytes_downloaded + sum(sizes)


@cache
def _size(client, address):
    return client.get(address).raise_for_status().num_bytes_downloaded


def _route(known, address):
    path = address.partition("?")[0]
    fitting = [name for name, pattern in known.items() if pattern.fullmatch(path)]
    return min(fitting, key=lambda name: name.count("{"), default=None)


def _pattern(path):
    return _PLACE.sub(lambda it: r"\d+" if it[1] == "int" else "[^/]+", path)
