"""Takes some records into every shop of a channel, in one transaction. Asks no other program.

A record that does not fit for now is kept for later, and one that was changed here and is not over
there yet is left alone. What the other program and a shop agree upon is noted as their link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from backoffice.exchange import fitting, later, links, theirs
from backoffice.exchange.fates import Fates
from backoffice.exchange.later import Later
from backoffice.exchange.objects import EXPORTS
from backoffice.exchange.unsent import unsent
from backoffice.field.shapes import DOCUMENTS
from backoffice.field.taking import follow
from backoffice.jobs.work import Fate, Outcome
from backoffice.store import data_rows
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from backoffice.erp.connector import Record
    from backoffice.exchange.fitting import Fitted

UNSENT = _("changed here and not yet imported: the import goes first")
_FOREIGN = _("this export does not bring such records")
_NO_ID = _("the record has no id")


class _State(msgspec.Struct):
    state: str = "open"


_state = msgspec.json.Decoder(_State).decode


class Taking:
    """One object of one channel; ``is_linked`` when it comes from another program."""

    def __init__(
        self,
        connection: Connection,
        channel: str,
        object_name: str,
        shops: Sequence[str],
        *,
        is_linked: bool,
    ) -> None:
        self._connection, self._channel, self._shops = connection, channel, sorted(shops)
        self.is_linked, self.object_name = is_linked, object_name
        self.fates = Fates(object_name, len(shops))
        self.changed = 0

    def records(self, records: Sequence[Record]) -> list[Outcome]:
        """Take records as they came; what became of those that are settled."""
        unread, good = self._readable(records)
        named = {(it.set_name, it.id): it.where for it in good}
        last = {(it.set_name, it.id): it.is_removed for it in good}
        for name in EXPORTS[self.object_name]:
            ours = [it for it in good if it.set_name == name]
            if not ours:
                continue
            later.forget(self._connection, self._channel, name, list({it.id for it in ours}))
            raws = [theirs.row_of(it) for it in ours if not last[name, it.id]]
            self.put(name, dict.fromkeys(self._shops if raws else (), raws), named)
        for name in reversed(EXPORTS[self.object_name]):
            gone = [key[1] for key, is_removed in last.items() if is_removed and key[0] == name]
            self.remove(name, dict.fromkeys(self._shops if gone else (), gone), named)
        return [*unread, *self.fates.outcomes(named)]

    def put(
        self,
        name: str,
        raws: Mapping[str, Sequence[dict[str, Any]]],
        places: Mapping[tuple[str, str], str],
    ) -> dict[str, Fitted]:
        """Put rows of a set, those of each shop; what does not fit is kept for later."""
        # All are asked before any is written: a link is of all shops.
        held = {
            shop: self._held(name, shop, [str(raw["id"]) for raw in its])
            for shop, its in raws.items()
        }
        found, agreed = {}, {}
        for shop, its in raws.items():
            closed = self._closed(name, shop, its)
            free = [raw for raw in its if raw["id"] not in held[shop] | closed]
            fitted = fitting.put(self._connection, name, shop, free)
            fitted.same |= closed
            for place, reason in fitted.wrong.items():
                self.fates.add(name, str(free[place]["id"]), Fate.REFUSED, reason, shop)
            self._settle(name, shop, fitted, held[shop])
            if fitted.misfits:
                bodies = {str(raw["id"]): fitting.text_of(raw) for raw in free}
                kept = {row_id: bodies[row_id] for row_id in fitted.misfits}
                self._keep(name, shop, kept, places)
            if self._goes_both_ways(name):
                agreed.update(data_rows.bodies_of(self._connection, name, shop, list(fitted.same)))
                agreed.update(fitted.changed)
            found[shop] = fitted
        if agreed:
            theirs.agree(self._connection, self._channel, name, agreed)
        if name == DOCUMENTS:
            # An office that was put back may have heard of the receipt before it has the order.
            for shop, fitted in found.items():
                follow(self._connection, shop, list(fitted.changed))
        return found

    def remove(
        self,
        name: str,
        ids: Mapping[str, Sequence[str]],
        places: Mapping[tuple[str, str], str],
    ) -> dict[str, Fitted]:
        """Bury rows of a set, those of each shop; what is needed is kept for later."""
        held = {shop: self._held(name, shop, its) for shop, its in ids.items()}
        found: dict[str, Fitted] = {}
        staying = set().union(*held.values())
        for shop, its in ids.items():
            free = [row_id for row_id in its if row_id not in held[shop]]
            fitted = fitting.remove(self._connection, name, shop, free)
            self._settle(name, shop, fitted, held[shop])
            self._keep(name, shop, dict.fromkeys(fitted.misfits, ""), places)
            staying |= fitted.misfits.keys()
            found[shop] = fitted
        if self._goes_both_ways(name):
            gone = {row_id for fitted in found.values() for row_id in fitted.changed} - staying
            links.unlink(self._connection, self._channel, name, sorted(gone))
        return found

    def _readable(self, records: Sequence[Record]) -> tuple[list[Outcome], list[Record]]:
        """What is refused unseen, and the others, under our ids where they have some."""
        unread, good = [], []
        for it in records:
            reason = it.fault or ("" if it.id else _NO_ID)
            if not reason and it.set_name not in EXPORTS[self.object_name]:
                reason = _FOREIGN
            if reason:
                unread.append(Outcome(self.object_name, it.id, Fate.REFUSED, str(reason), it.where))
            else:
                good.append(it)
        if self.is_linked:
            good = theirs.renamed(self._connection, self._channel, good)
        return unread, good

    def _settle(self, name: str, shop: str, fitted: Fitted, held: Iterable[str]) -> None:
        for row_id in fitted.changed:
            self.fates.add(name, row_id, Fate.DONE)
        for row_id in fitted.same:
            self.fates.add(name, row_id, Fate.SAME)
        for row_id in held:
            self.fates.add(name, row_id, Fate.WAITING, UNSENT, shop)
        for row_id in fitted.misfits:
            self.fates.put_off(name, row_id)
        self.changed += len(fitted.changed)

    def _keep(
        self,
        name: str,
        shop: str,
        bodies: Mapping[str, str],
        places: Mapping[tuple[str, str], str],
    ) -> None:
        kept = [
            Later(row_id, shop, body, places.get((name, row_id), ""))
            for row_id, body in bodies.items()
        ]
        later.keep(self._connection, self._channel, name, kept)

    def _held(self, name: str, shop: str, ids: Sequence[str]) -> set[str]:
        """Lock a shop; the rows in it that an export leaves alone."""
        data_rows.lock(self._connection, name, shop)
        if not self._goes_both_ways(name):
            return set()
        return unsent(self._connection, self._channel, name, shop, ids)

    def _closed(self, name: str, shop: str, raws: Sequence[dict[str, Any]]) -> set[str]:
        """Orders that were sold or given up in a shop: a pattern, which never hears, opens none."""
        if self.is_linked or name != DOCUMENTS:
            return set()
        ids = [str(raw["id"]) for raw in raws]
        bodies = data_rows.bodies_of(self._connection, name, shop, ids)
        return {row_id for row_id, body in bodies.items() if _state(body).state != "open"}

    def _goes_both_ways(self, name: str) -> bool:
        return self.is_linked and name in theirs.LINKED
