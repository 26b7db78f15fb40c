"""Makes a REST connector of its file; raises ``BadSetting`` for what cannot work."""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from backoffice.erp.forms import expect
from backoffice.erp.read_setting import secret, text, whole
from backoffice.erp.rest import NAMES, Resource, RestConnector
from backoffice.erp.rest_caller import Caller, Client
from backoffice.errors import BadSetting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backoffice.erp.form import Form

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PATH = re.compile(r"/[A-Za-z0-9._~/-]{1,200}")


def rest(
    file: Path,
    address: str,
    table: Mapping[str, Any],
    forms: Mapping[str, Form],
    sets: Mapping[str, Any],
) -> RestConnector:
    """The connector; only the sets that the file names are asked for."""
    base = _address("address", address)
    client = Client(
        _address("token_address", text(table, "token_address", f"{base}/oauth/token")),
        text(table, "client_id"),
        secret(table, "client_secret", file.parent),
        text(table, "scope"),
    )
    if bool(client.id) != bool(client.secret):
        detail = "client_id and client_secret_file (or client_secret_env) belong together"
        raise BadSetting(detail=detail)
    resources = {
        name: Resource(
            _path(f"sets.{name}.path", text(inside, "path", f"/{name.replace('_', '-')}")),
            forms[name],
        )
        for name, inside in sets.items()
    }
    if not resources:
        raise BadSetting(detail="sets: name at least one, such as [sets.products]")
    return RestConnector(
        file.stem,
        Caller(
            base,
            client,
            timeout_s=float(whole(table, "timeout_s", 30, 1, 600)),
            trust=_trust(file, text(table, "ca_file")),
        ),
        resources,
        names=NAMES | _names(table),
        page_size=whole(table, "page_size", 500, 1, 10_000),
        batch=whole(table, "batch", 100, 1, 1_000),
        contents=_path("contents", text(table, "contents", "/contents")),
    )


def _names(table: Mapping[str, Any]) -> dict[str, str]:
    """Their words for what the protocol needs."""
    names: dict[str, str] = expect(table.get("names", {}), dict, "names", "a table")
    for key, name in names.items():
        if key not in NAMES:
            raise BadSetting(detail=f"names.{key}: no such key; there are: {', '.join(NAMES)}")
        expect(name, str, f"names.{key}", "a text")
    return names


def _address(key: str, address: str) -> str:
    try:
        parts = urlsplit(address)
        is_here = parts.hostname in _LOOPBACK
        _port = parts.port
    except ValueError as error:
        raise BadSetting(detail=f"{key}: {error}") from None
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        raise BadSetting(detail=f"{key}: expected https://HOST/PATH")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise BadSetting(detail=f"{key}: https is required; plain http goes to this machine only")
    return address.rstrip("/")


def _path(key: str, path: str) -> str:
    if not _PATH.fullmatch(path) or ".." in path:
        raise BadSetting(detail=f"{key}: expected a path such as /articles")
    return path.rstrip("/")


def _trust(file: Path, name: str) -> ssl.SSLContext | bool:
    if not name:
        return True
    try:
        return ssl.create_default_context(cafile=file.parent / name)
    except (OSError, ssl.SSLError) as error:
        raise BadSetting(detail=f"ca_file: {error}") from None
