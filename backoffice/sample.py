"""Fills an empty office with the sample shop "Sklep Pod Lipą". The data lies in CSV files beside.

Operators: Anna (1, PIN 1111, cashier), Marek (2, PIN 2222), Ewa (3, PIN 3333, owner).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from backoffice import publish
from backoffice.csvfile import read_sheet
from backoffice.errors import BadSetting
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SAMPLE_SHOP = "lipa"
FOLDER = Path(__file__).parent / "sample"


def load_sample(engine: Engine) -> bool:
    """Publish the sample shop unless the office has data already; whether it did."""
    with reading(engine) as database:
        if data_rows.shops(database):
            return False
    with writing(engine) as database:
        return fill(database)


def fill(connection: Connection) -> bool:
    """The same within a transaction."""
    if data_rows.shops(connection):
        return False
    for name in wire.SETS:
        publish.put(connection, name, SAMPLE_SHOP, sample_rows(name))
    return True


def sample_rows(name: str) -> list[dict[str, Any]]:
    """Rows of a data set of the sample shop."""
    sheet = read_sheet(name, (FOLDER / f"{name}.csv").read_text(encoding="utf-8"))
    if sheet.faults:
        raise BadSetting(detail=f"sample {name}: {sheet.faults[0]}")
    return sheet.rows
