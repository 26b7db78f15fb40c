"""Opens the office for a worker: the same database, neither served nor copied."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from backoffice import in_use
from backoffice.erp.settings import programs
from backoffice.running import lock_of, open_office
from backoffice.store.company import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backoffice.office import Office


@contextmanager
def opened(db_url: str, seal_key: Path | None = None, erp: Path | None = None) -> Iterator[Office]:
    """The office, until the end of ``with``; raises what ``open_office`` does, and ``NotNow``.

    ``erp`` is the folder of its connectors.
    """
    with ExitStack() as undo:
        if lock := lock_of(make_url(db_url)):
            undo.enter_context(in_use.shared(lock))
        office = open_office(db_url, seal_key=seal_key)
        undo.callback(office.engine.dispose)
        undo.callback(office.snapshots.close)
        yield replace(office, programs=programs(erp) if erp else {}).of(MAIN)
