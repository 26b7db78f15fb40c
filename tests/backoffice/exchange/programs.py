"""Another program as a test sees it, and who runs a job's steps by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from backoffice.erp.connector import Batch, Record
from backoffice.exchange.exports import Exports
from backoffice.exchange.objects import EXPORTS
from backoffice.jobs.work import FIRST, Fate, Job, Way
from backoffice.store.engine import writing


@dataclass
class Erp:
    """Another program: records by set and id, each with the number of its last change."""

    name: str = "erp"
    at_a_time: int = 3
    rows: dict = field(default_factory=dict)  # (set, id) -> (number, body or None)
    number: int = 0
    extra: list = field(default_factory=list)  # records that come first, as they are
    put_away: list = field(default_factory=list)
    is_changes: bool = False

    def put(self, name, row_id, /, **body):
        self.number += 1
        self.rows[name, row_id] = (self.number, body)

    def remove(self, name, row_id):
        self.number += 1
        self.rows[name, row_id] = (self.number, None)

    def read(self, object_name, since, cursor):
        sets = EXPORTS[object_name]
        found = [
            (number, Record(name, row_id, body or {}, f"{name}.csv:{number}", "", body is None))
            for (name, row_id), (number, body) in self.rows.items()
            if name in sets and number > int(since or 0) and (since or body is not None)
        ]
        found.sort(key=lambda pair: pair[0])
        records = [*(it for it in self.extra if it.set_name in sets), *(it for _, it in found)]
        start = int(cursor or 0)
        end = start + self.at_a_time
        on = str(end) if end < len(records) else None
        return Batch(records[start:end], on, str(self.number), len(records), self.is_changes)

    def done(self, object_name, mark):
        self.put_away.append((object_name, mark))


class Runner:
    """Does a job's steps in their order; a step may be fetched, and applied in vain, before."""

    def __init__(self, office):
        self.office, self.work, self.numbers = office, Exports(), 0
        self.stumbles = lambda: ""

    def job(self, *what, is_whole=False, channel="main", **options):
        self.numbers += 1
        job_id, names = f"job{self.numbers}", what or tuple(EXPORTS)
        return Job(job_id, "main", Way.EXPORT, channel, "main", names, is_whole, "Anna", options)

    def run(self, *what, **options):
        """Outcomes that moved something or failed, as (id, fate, reason), and all lines."""
        job, cursor = self.job(*what, **options), FIRST
        outcomes, said = [], []
        while cursor is not None:
            step = self.step(job, cursor)
            outcomes += step.outcomes
            said += step.said
            cursor = step.next
        self.said = said
        return outcomes

    def step(self, job, cursor):
        while how := self.stumbles():
            fetched = self.work.fetch(self.office, job, cursor)
            if how == "apply":
                with self.office.engine.connect() as database:
                    # Not committed: the worker is gone before the end.
                    self.work.apply(database, job, cursor, fetched)
        fetched = self.work.fetch(self.office, job, cursor)
        with writing(self.office.engine) as database:
            return self.work.apply(database, job, cursor, fetched)


def moved(outcomes):
    return [(it.object, it.id, it.fate) for it in outcomes if it.fate is not Fate.SAME]


def reasons(outcomes):
    return {it.id: it.reason for it in outcomes if it.reason}


def product(name="Mleko", **more):
    return {"name": name, "vat": "A", "price_gr": 100, "unit": "szt", **more}


def fill(erp):
    """A little of everything."""
    erp.put("categories", "food", name="Spożywcze")
    erp.put("products", "p1", **product("Mleko", category="food", plu="1"))
    erp.put("barcodes", "5901234123457", product="p1", qty_milli=6000)
    erp.put("price_lists", "l1", name="Hurt")
    erp.put("prices", "c1", price_list="l1", product="p1", price_gr=90)
    erp.put("stock", "p1", qty_milli=5000, as_of="2026-03-01T12:00:00+01:00")
    erp.put("customers", "k1", name="Kowalski")
    erp.put("currencies", "EUR", name="Euro", rate_e4=43_000)
