"""Ends each day of the journal with a head that is signed on the device. Runs on the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from terminal.context import new_rid
from terminal.store import outbox
from terminal.store.running import running_total
from terminal.sync.wire import HEAD_MARK, DayHeadDoc, ReportDoc, signed_text

if TYPE_CHECKING:
    from terminal.context import Context


def append_head(context: Context, report: ReportDoc, seq: int) -> None:
    """Seal the day of ``report``, document ``seq``; call inside ``write``, with that document."""
    db, key = context.journal, context.device_key
    place = outbox.place_of(db, report.rid)
    first = report.first_epoch or place.epoch, report.first_seq
    bare = DayHeadDoc(
        rid=new_rid(),
        terminal=report.terminal,
        shop=report.shop,
        at=report.at,
        operator=report.operator,
        report=report.rid,
        report_no=report.report_no,
        first_epoch=first[0],
        first_seq=first[1],
        last_seq=seq,
        count=outbox.count_between(db, first, (place.epoch, seq)),
        head=outbox.head_at(db, place.epoch, seq) or "",
        device_key=key.public(),
        running=running_total(db),
    )
    signature = key.sign(signed_text(HEAD_MARK, bare))
    outbox.append(db, msgspec.structs.replace(bare, signature=signature), bare.at)
