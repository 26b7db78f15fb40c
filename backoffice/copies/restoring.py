"""Puts a copy in the place of a database, with the office stopped. The old one is kept.

What was open when the copy was made is not open again: nobody is signed in, no link and no code of
then opens a door. What the tills have sent since they send again, for they keep it; what they have
fetched since they give up again.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, inspect

from backoffice import companies, in_use, settings
from backoffice.copies import dump, making, sqlite_file
from backoffice.copies.faults import BadCopy, CopyFailed
from backoffice.copies.held import Held, held
from backoffice.releases.files import sync_folder
from backoffice.store import data_rows
from backoffice.store.company import of_all, of_company
from backoffice.store.engine import open_engine, reading, writing
from backoffice.store.tables import enrolment_code, office_link, web_session
from backoffice.store.upgrade import knows, upgrade

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import URL

_OPEN = (web_session, enrolment_code, office_link)


@dataclass(frozen=True, slots=True)
class Restored:
    """What lies in the database now, and where the old one is kept, if there was one."""

    held: Held
    kept: Path | None = None


def restore(copy: Path, url: URL, moment: datetime) -> Restored:
    """Put ``copy`` in the place of the database ``url``; a server's must be empty.

    Raises ``BadCopy`` for a file that will not do, ``NotNow`` while the office runs, and
    ``CopyFailed``; the database is then what it was.
    """
    is_file = url.get_backend_name() == "sqlite"
    if making.is_dump(copy) is is_file:
        wanted = "an SQLite file" if is_file else "a PostgreSQL server"
        raise BadCopy(detail=f"{copy} is no copy of {wanted}")
    if is_file:
        return _into_file(copy, Path(str(url.database)), moment)
    return _into_server(copy, url, moment)


def _into_file(copy: Path, place: Path, moment: datetime) -> Restored:
    before = sqlite_file.whole(copy)
    with in_use.alone(place.with_suffix(".lock")), sqlite_file.filling(place) as part:
        sqlite_file.copy(copy, part)
        after = _bring_up(f"sqlite:///{part}", moment)
        with closing(sqlite3.connect(part)) as db:
            # One file again: nothing may stay beside it when it gets its name.
            db.execute("PRAGMA journal_mode = DELETE")
        if sqlite_file.whole(part) != after or _content(after) != _content(before):
            raise BadCopy(detail=f"{copy} did not come over whole")
        return Restored(after, _put_aside(place, moment))


def _into_server(copy: Path, url: URL, moment: datetime) -> Restored:
    address = url.render_as_string(hide_password=False)
    engine = open_engine(address)
    try:
        if inspect(engine).get_table_names():
            reason = "has tables already: name a new one with --db, made by createdb"
            raise CopyFailed(detail=f"the database {url.database} {reason}")
    finally:
        engine.dispose()
    dump.put_back(copy, url)
    return Restored(_bring_up(address, moment))


def _bring_up(url: str, moment: datetime) -> Held:
    """Bring it to our schema, close what was open, and read all of it."""
    engine = of_all(open_engine(url))
    try:
        with reading(engine) as database:
            schema = held(database).schema
        if not knows(schema):
            raise BadCopy(detail=f"it is of a newer program (schema {schema}): install that first")
        upgrade(engine)
        with writing(engine) as database:
            for table in _OPEN:
                database.execute(delete(table))
            data_rows.run_ahead(database, moment)
            everyone = [each.id for each in companies.all_companies(database)]
        for company in everyone:
            with writing(of_company(engine, company)) as database:
                settings.note(database, moment, "restore", "from a copy")
        with reading(engine) as database:
            return held(database)
    finally:
        engine.dispose()


def _content(one: Held) -> tuple[int, int, str]:
    return one.documents, one.rows, one.last_at


def _put_aside(place: Path, moment: datetime) -> Path | None:
    """Give the old database a second name; with its log, if that cannot be taken in any more."""
    if not place.exists():
        return None
    kept = place.with_name(f"{place.stem}-before-{moment:%Y%m%d-%H%M%S}{place.suffix}")
    for end in ("", "-wal"):
        if Path(f"{place}{end}").exists():
            os.link(f"{place}{end}", f"{kept}{end}")
    with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    log = Path(f"{kept}-wal")
    if log.exists() and not log.stat().st_size:
        log.unlink()
    sync_folder(place.parent)
    # SQLite would take it for the new one's.
    for end in ("-wal", "-shm"):
        Path(f"{place}{end}").unlink(missing_ok=True)
    return kept
