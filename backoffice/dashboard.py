"""What goes on in the shops: today's sales against a week ago, and what needs somebody. Only reads.

A week ago is the same day of the week, up to the same minute: a Saturday is no Friday, and the
morning is no whole day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from backoffice import sales, tills
from backoffice.contacts import QUARTER_MIN
from backoffice.moments import stamp
from backoffice.sale_rows import SOLD
from backoffice.store.tables import alarm, contact, sale
from backoffice.tills import ALARMS_OF

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row

    from backoffice.sales import By, Total
    from backoffice.tills import Till

WEEK = timedelta(days=7)
GOODS_MAX = 10
ALARMS_MAX = 5


@dataclass(frozen=True, slots=True)
class SoFar:
    """What was sold on a day up to a minute."""

    receipts: int
    gross_gr: int

    @property
    def average_gr(self) -> int:
        """What a receipt came to; nothing while there is none."""
        return round(self.gross_gr / self.receipts) if self.receipts else 0


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of today and the same one a week ago."""

    label: str
    gross_gr: int
    before_gr: int


@dataclass(frozen=True, slots=True)
class Sales:
    """The figures of today; lists begin with what brought the most."""

    today: SoFar
    before: SoFar
    hours: tuple[Hour, ...]
    shops: tuple[Total, ...]
    goods: tuple[Total, ...]
    payments: tuple[Total, ...]

    @property
    def change_bp(self) -> int | None:
        """How much more than a week ago, in basis points; None when there is nothing to compare."""
        before = self.before.gross_gr
        return round((self.today.gross_gr - before) * 10_000 / before) if before else None


@dataclass(frozen=True, slots=True)
class Attention:
    """Tills that need somebody, the worst first, and what the office has against documents."""

    tills: tuple[Till, ...]
    in_use: int
    online: int
    unsent: int
    rejected: int
    alarms: Sequence[Row[Any]]


def mark(connection: Connection, moment: datetime) -> str:
    """Another text whenever the dashboard may look otherwise: tills were heard, or time goes on.

    Everything that a till does leaves its contact, so one look at the youngest of them is enough.
    """
    lately = contact.c.since >= stamp(moment - timedelta(minutes=2 * QUARTER_MIN))
    last = connection.scalar(select(func.max(contact.c.last_at)).where(lately)) or ""
    return f"{moment:%H%M}-{''.join(filter(str.isdigit, last))}"


def sales_now(connection: Connection, shops: Collection[str] | None, now: datetime) -> Sales:
    """Figures of ``shops`` (None: all) at ``now``, in the time of the shops."""
    day, week_ago = f"{now:%Y-%m-%d}", f"{now - WEEK:%Y-%m-%d}"

    def of_day(by: By, which: str = day) -> tuple[Total, ...]:
        return tuple(sales.totals(connection, shops, which, which, by))

    return Sales(
        today=_so_far(connection, shops, now),
        before=_so_far(connection, shops, now - WEEK),
        hours=hours(of_day("hour"), of_day("hour", week_ago)),
        shops=of_day("shop"),
        goods=of_day("product")[:GOODS_MAX],
        payments=of_day("payment"),
    )


def hours(today: Sequence[Total], before: Sequence[Total]) -> tuple[Hour, ...]:
    """Every hour from the first to the last in which something was sold on either day. Pure."""
    now = {int(one.key): one.gross_gr for one in today}
    then = {int(one.key): one.gross_gr for one in before}
    open_hours = now.keys() | then.keys()
    if not open_hours:
        return ()
    return tuple(
        Hour(f"{hour:02d}", now.get(hour, 0), then.get(hour, 0))
        for hour in range(min(open_hours), max(open_hours) + 1)
    )


def attention(connection: Connection, shops: Collection[str] | None, moment: datetime) -> Attention:
    """What somebody should look at in ``shops``."""
    known = tills.all_tills(connection, moment, shops)
    in_use = [it for it in known if it.is_in_use]
    since = alarm.c.last_at > stamp(moment - ALARMS_OF)
    own = alarm.c.terminal.in_([it.id for it in known])
    newest = select(alarm).where(since, own).order_by(alarm.c.last_at.desc(), alarm.c.id.desc())
    return Attention(
        tills=tuple(it for it in in_use if it.troubles),
        in_use=len(in_use),
        online=sum(it.is_online for it in in_use),
        unsent=sum(it.unsent for it in in_use),
        rejected=sum(it.rejected for it in known),
        alarms=connection.execute(newest.limit(ALARMS_MAX)).all(),
    )


def _so_far(connection: Connection, shops: Collection[str] | None, until: datetime) -> SoFar:
    """Sales of a day up to a minute: a receipt's time is that of the shop, and of one length."""
    chosen = select(func.count(), func.coalesce(func.sum(sale.c.total_gr), 0)).where(
        sale.c.is_accepted.is_(True),
        sale.c.part == SOLD,
        sale.c.day == f"{until:%Y-%m-%d}",
        sale.c.at < f"{until:%Y-%m-%dT%H:%M}:99",
    )
    if shops is not None:
        chosen = chosen.where(sale.c.shop.in_(sorted(shops)))
    receipts, gross_gr = connection.execute(chosen).one()
    return SoFar(receipts, int(gross_gr))
