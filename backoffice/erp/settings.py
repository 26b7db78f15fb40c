"""Reads the files ``NAME.toml`` that say how the other programs of a company are reached.

Everything is checked when the office starts: a wrong key is named with its file and what to write
instead. Secrets lie in a private file or in the environment, and are read here only.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from backoffice.erp.disk import LocalDisk
from backoffice.erp.filenames import STEM, SUFFIXES
from backoffice.erp.folder import SENT, FileSet, FolderConnector
from backoffice.erp.forms import NUMBERS, expect, form_of
from backoffice.erp.inbox import OLD_S, Inbox
from backoffice.erp.outbox import Outbox
from backoffice.erp.read_setting import secret, text, whole
from backoffice.errors import BadSetting
from backoffice.exchange.objects import EXPORTS
from backoffice.store.company import MAIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backoffice.erp.connector import Connector
    from backoffice.erp.disk import Disk


NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
ENCODINGS = ("auto", "utf-8", "cp1250", "iso8859-2")
_EXCHANGED = tuple(
    dict.fromkeys([*(name for sets in EXPORTS.values() for name in sets), *SENT.values()])
)
_COMMON = ("kind", "address", "numbers", "sets", "company")
_FOLDER = ("format", "encoding", "guard", "out", "in", "archive", "sent", "old_min")
_SFTP = ("key_file", "password_file", "password_env", "host_key")
_REST = (
    *("token_address", "client_id", "client_secret_file", "client_secret_env", "scope"),
    *("page_size", "batch", "timeout_s", "ca_file", "names", "contents"),
)
_SET = ("files", "path", "fields", "without", "removed")


def connectors(folder: Path) -> dict[str, Connector]:
    """The connectors of a folder by their names; raises ``BadSetting``."""
    return {name: it for own in programs(folder).values() for name, it in own.items()}


def programs(folder: Path) -> dict[str, dict[str, Connector]]:
    """The connectors of each company by their names; raises ``BadSetting``."""
    if not folder.is_dir():
        raise BadSetting(detail=f"--erp {folder}: there is no such folder")
    found: dict[str, dict[str, Connector]] = {}
    for file in sorted(folder.glob("*.toml")):
        company, made = _read(file)
        found.setdefault(company, {})[file.stem] = made
    return found


def connector(file: Path) -> Connector:
    """The connector of one file; raises ``BadSetting``."""
    return _read(file)[1]


def _read(file: Path) -> tuple[str, Connector]:
    """The connector of one file, and whose it is: where a server has one company, of that one."""
    if not NAME.fullmatch(file.stem):
        raise BadSetting(detail=f"{file}: the name must be of a-z, 0-9, - and _")
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadSetting(detail=f"{file}: {error}") from None
    try:
        return text(table, "company", MAIN), _connector(file, table)
    except BadSetting as error:
        raise BadSetting(detail=f"{file}: {error.detail}") from None


def _connector(file: Path, table: dict[str, Any]) -> Connector:
    kind = table.get("kind")
    if kind not in {"folder", "rest"}:
        raise BadSetting(detail='kind: expected "folder" or "rest"')
    address = text(table, "address")
    if not address:
        raise BadSetting(detail="address: missing; a folder, sftp://USER@HOST/FOLDER or https://…")
    own = _REST if kind == "rest" else _FOLDER + _SFTP
    _known(table, _COMMON + own, "")
    numbers = text(table, "numbers", "whole")
    if numbers not in NUMBERS:
        raise BadSetting(detail=f"numbers: expected one of {', '.join(NUMBERS)}")
    sets = expect(table.get("sets", {}), dict, "sets", "a table of data sets")
    for name, inside in sets.items():
        if name not in _EXCHANGED:
            known = ", ".join(_EXCHANGED)
            raise BadSetting(
                detail=f"sets.{name}: no such data set is exchanged; there are: {known}"
            )
        expect(inside, dict, f"sets.{name}", "a table")
        _known(inside, _SET, f"sets.{name}.")
    if kind == "rest":
        from backoffice.erp.rest_settings import rest  # noqa: PLC0415 (the HTTP client is slow)

        return rest(file, address, table, _forms(sets, numbers), sets)
    return _folder(file, address, table, sets, numbers)


def _forms(sets: Mapping[str, Any], numbers: Any) -> dict[str, Any]:  # noqa: ANN401 (checked)
    return {name: form_of(name, sets.get(name, {}), numbers, f"sets.{name}") for name in _EXCHANGED}


def _folder(
    file: Path,
    address: str,
    table: Mapping[str, Any],
    sets: Mapping[str, Any],
    numbers: Any,  # noqa: ANN401
) -> Connector:
    suffix = text(table, "format", "csv")
    if suffix not in SUFFIXES:
        raise BadSetting(detail=f"format: expected one of {', '.join(SUFFIXES)}")
    encoding = text(table, "encoding", "auto")
    if encoding not in ENCODINGS:
        raise BadSetting(detail=f"encoding: expected one of {', '.join(ENCODINGS)}")
    guard = bool(expect(table.get("guard", True), bool, "guard", "true or false"))
    ways = {key: text(table, key, key) for key in ("out", "in", "archive", "sent")}
    for key, name in ways.items():
        if not STEM.fullmatch(name) or list(ways.values()).count(name) > 1:
            raise BadSetting(detail=f"{key}: expected the name of a folder of its own, without /")
    files: dict[str, FileSet] = {}
    for name, form in _forms(sets, numbers).items():
        stem = text(sets.get(name, {}), "files", name)
        if not STEM.fullmatch(stem) or stem.lower() in {it.stem.lower() for it in files.values()}:
            detail = f"sets.{name}.files: expected letters, digits or _, as no other set has"
            raise BadSetting(detail=detail)
        files[name] = FileSet(stem, form, encoding)
    old_s = whole(table, "old_min", int(OLD_S // 60), 1, 10_080) * 60.0
    disk = _disk(file, address, table)
    return FolderConnector(
        file.stem,
        disk,
        Inbox(disk, ways["out"], ways["archive"], old_s=old_s),
        Outbox(disk, ways["in"], ways["sent"]),
        files,
        suffix=suffix,
        folders=(ways["out"], ways["in"]),
        is_guarded=guard,
    )


def _disk(file: Path, address: str, table: Mapping[str, Any]) -> Disk:
    if address.startswith("sftp://"):
        from backoffice.erp.sftp import disk_at  # noqa: PLC0415 (SSH is slow to import)

        return disk_at(
            address,
            host_key=text(table, "host_key"),
            password=secret(table, "password", file.parent),
            key_file=file.parent / key if (key := text(table, "key_file")) else None,
        )
    root = file.parent / address
    if not root.is_dir():
        raise BadSetting(detail=f"address: there is no folder {root}")
    return LocalDisk(root)


def _known(table: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in keys:
            raise BadSetting(detail=f"{where}{key}: no such key; there are: {', '.join(keys)}")
