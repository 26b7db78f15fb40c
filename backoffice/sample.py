"""Fills an empty office with the sample shop "Sklep Pod Lipą". The data lies in CSV files beside.

Operators: Anna (1, PIN 1111, cashier), Marek (2, PIN 2222), Ewa (3, PIN 3333, owner).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from backoffice import publish
from backoffice.csvfile import read_sheet
from backoffice.errors import BadSetting
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Engine

SAMPLE_SHOP = "lipa"
FOLDER = Path(__file__).parent / "sample"


def load_sample(engine: Engine) -> bool:
    """Publish the sample shop unless the office has data already; whether it did."""
    with reading(engine) as database:
        if data_rows.shops(database):
            return False
    sheets = {name: read_sheet(name, _text(name)) for name in wire.SETS}
    with writing(engine) as database:
        if data_rows.shops(database):
            return False
        for name, sheet in sheets.items():
            if sheet.faults:
                raise BadSetting(detail=f"sample {name}: {sheet.faults[0]}")
            publish.put(database, name, SAMPLE_SHOP, sheet.rows)
    return True


def _text(name: str) -> str:
    return (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
