"""The commands that try the connectors of a folder. They read; nothing is written anywhere."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backoffice.asking import FAILURE, as_json_too, print_json

if TYPE_CHECKING:
    from backoffice.erp.connector import Connector

_SHOWN = 20
_PAGES_MAX = 100_000


@click.group()
def erp() -> None:
    """Try the connectors to other programs of the company."""


@erp.command(epilog="Exit codes: 0 everything can be read, 1 something cannot, 2 usage.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--name", default="", help="Only the connector NAME.toml.")
@as_json_too
def check(folder: Path, name: str, *, as_json: bool) -> None:
    """Read what the connectors of FOLDER have, and tell counts and faults.

    Every record is turned and judged as an export would, by itself; nothing is archived, sent or
    stored.
    """
    from backoffice.erp.settings import connectors  # noqa: PLC0415 (slow to import)
    from backoffice.errors import OfficeError  # noqa: PLC0415 (same)

    try:
        found = connectors(folder)
    except OfficeError as error:
        click.echo(error.detail, err=True)
        sys.exit(FAILURE)
    chosen = {key: it for key, it in found.items() if name in {"", key}}
    if not chosen:
        click.echo(f"there is no {name or '*'}.toml in {folder}", err=True)
        sys.exit(FAILURE)
    told = {key: _examined(it) for key, it in chosen.items()}
    if as_json:
        print_json(told)
    else:
        for key, objects in told.items():
            _say(key, objects)
    if any(it["faults"] for objects in told.values() for it in objects.values()):
        sys.exit(FAILURE)


def _say(name: str, objects: dict[str, Any]) -> None:
    for object_name, it in objects.items():
        counts = ", ".join(f"{key} {number}" for key, number in it["read"].items()) or "nothing"
        click.echo(f"{name}\t{object_name}\t{counts}")
        for fault in it["faults"][:_SHOWN]:
            click.echo(f"{name}\t{object_name}\t! {fault}", err=True)
        if len(it["faults"]) > _SHOWN:
            click.echo(f"… and {len(it['faults']) - _SHOWN} more faults", err=True)


def _examined(connector: Connector) -> dict[str, Any]:
    from backoffice.exchange.objects import EXPORTS  # noqa: PLC0415 (slow to import)

    return {name: _read(connector, name) for name in EXPORTS}


def _read(connector: Connector, object_name: str) -> dict[str, Any]:
    """How many records of each set there are, and what is wrong with them."""
    from backoffice.jobs.work import NeverError, NotNowError  # noqa: PLC0415 (slow to import)
    from backoffice.rows import FieldFault, read_row  # noqa: PLC0415 (same)

    counts: Counter[str] = Counter()
    faults: list[str] = []
    cursor: str | None = ""
    try:
        for _page in range(_PAGES_MAX):
            batch = connector.read(object_name, "", cursor or "")
            for record in batch.records:
                if record.fault:
                    faults.append(f"{record.where}: {record.fault}")
                    continue
                counts[record.set_name] += 1
                judged = None if record.is_removed else read_row(record.set_name, record.body)
                if isinstance(judged, FieldFault):
                    path = judged.path.removeprefix("$.")
                    faults.append(f"{record.where}: {record.id}: {path}: {judged.reason}")
            cursor = batch.next
            if cursor is None:
                break
    except (NotNowError, NeverError) as error:
        faults.append(str(error))
    return {"read": dict(counts), "faults": faults}
