"""A company for tests of the exchange: office, worker and till are real, the ERP is whose it is."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import json
from sqlalchemy import select

from backoffice.exchange import links
from backoffice.exchange.channels import MAIN, Channel, put_channel
from backoffice.exchange.works import works
from backoffice.jobs import book
from backoffice.jobs.work import Job
from backoffice.running import start_office
from backoffice.store.engine import reading, writing
from backoffice.store.tables import data_row
from terminal.sync import wire
from tests.shop import Counter, wait_until

EXPORTED = ("basic_data", "representatives", "partners", "categories", "articles", "availability",
            "price_lists", "documents", "attachments")  # fmt: skip
IMPORTED = ("partners", "documents", "attachments", "activities")
# A worker is a process that has to start first.
PATIENCE_S = 90.0


class Company:
    """An office with a connector ``wares`` and a worker, and a till that may be away from them."""

    def __init__(self, folder, url, toml) -> None:
        self._url, self._connectors = url, folder / "erp"
        self._connectors.mkdir()
        (self._connectors / "wares.toml").write_text(toml, encoding="utf-8")
        self.counter = Counter(folder, office=False)
        self.connect()
        with self.writing() as database:
            put_channel(database, Channel(MAIN, "Sklepy", connector="wares"))

    def connect(self) -> None:
        one = self.counter
        one.office = start_office(self._url, port=one.office_port, erp=self._connectors)
        one.office_port = int(one.office.url.rpartition(":")[2])

    def stop(self) -> None:
        self.counter.stop()

    def writing(self):
        return writing(self.counter.office.office.engine)

    def reading(self):
        return reading(self.counter.office.office.engine)

    def preview(self, way, what, *, is_whole=False):
        """What the page tells before, by object."""
        job = Job("x", "main", way, MAIN, "main", tuple(what), is_whole, "Ewa")
        return {it.object: it for it in works()[way].preview(self.counter.office.office, job)}

    def run(self, way, what, *, is_whole=False):
        """Ask for a job as the page does and wait for its end; gives records by their fate."""
        with self.writing() as database:
            asked = {"way": way, "channel": MAIN, "queue": "main", "what": what}
            made = book.ask(database, "Ewa", datetime.now(UTC), is_whole=is_whole, **asked)

        def over():
            with self.reading() as database:
                state = book.job(database, made)
                return None if state.is_open else (state, book.records(database, made))

        state, records = wait_until(over, f"{way} done", PATIENCE_S)
        assert state.state == "done", state.reason
        fates = {}
        for _no, it in records:
            fates.setdefault(it.fate, []).append(it)
        return fates

    def rows(self, name):
        """What the office holds of a data set, by id."""
        chosen = select(data_row.c.id, data_row.c.body).where(
            data_row.c.set_name == name, data_row.c.shop == "lipa", data_row.c.is_removed.is_(False)
        )
        with self.reading() as database:
            found = database.execute(chosen).all()
        return {it.id: json.decode(it.body, type=wire.SETS[name]) for it in found}

    def theirs(self, name, row_id):
        """The id over there."""
        with self.reading() as database:
            return links.links(database, MAIN, name, [row_id])[row_id].their_id

    def sent(self) -> None:
        """Until the till has nothing left that the office has not."""
        view = self.counter.view

        def unsent():
            it = view().unsent
            return it.count == 0 and it.contents == 0

        wait_until(unsent, "everything sent")
