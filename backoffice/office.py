"""What every request needs: database, clock, counters of failures, files made of the data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from backoffice.copies.kept import Copies
from backoffice.limiter import Limiter
from backoffice.moments import now
from backoffice.seals import Sealing
from backoffice.snapshots import Snapshots
from backoffice.store.company import of_all, of_company

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy import Engine

    from backoffice.erp.connector import Connector
    from backoffice.releases.shelf import Shelf

# Three of a million codes are good at a time: ten tries an hour find one in four years.
CODES_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Office:
    """The office of one company; the database holds all of its state but the failure counters.

    ``snapshots`` can be made anew from it at any time. ``shelf`` holds the releases, which all
    companies of a server have in common; it need not have any. ``sealing`` holds its own key,
    ``copies`` are those of its database. ``asks_second_factor`` says whether an owner enters with a
    code of a phone as well. ``connectors`` are the company's other programs by name; ``programs``
    has those of each company, of which no other one shall know.
    """

    engine: Engine
    clock: Callable[[], datetime] = now
    enrolments: Limiter = field(default_factory=Limiter)
    sign_ins: Limiter = field(default_factory=Limiter)
    codes: Limiter = field(default_factory=lambda: Limiter(window=CODES_WINDOW))
    asks_second_factor: bool = True
    snapshots: Snapshots = field(default_factory=Snapshots)
    shelf: Shelf | None = None
    sealing: Sealing = field(default_factory=Sealing)
    copies: Copies = field(default_factory=Copies)
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    programs: Mapping[str, Mapping[str, Connector]] = field(default_factory=dict)

    def of(self, company: str) -> Office:
        """The same server, for this company."""
        own = self.programs.get(company, {})
        return replace(self, engine=of_company(self.engine, company), connectors=own)

    @property
    def everyone(self) -> Engine:
        """The database with every company in it: only to find out whose a token or a code is."""
        return of_all(self.engine)
