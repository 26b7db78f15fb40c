"""One step of an import: judges some rows, hands over what may go, and keeps what came of it.

It writes nothing but a note of what is about to be handed over: from then on nobody knows whether
it is over there, until there is an answer. All else is written by whoever applies the step.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from backoffice.erp.connector import Outgoing
from backoffice.exchange import import_answers, import_bodies, import_duplicates, links, unsent
from backoffice.exchange.import_bodies import Held, Known
from backoffice.exchange.links import Link
from backoffice.exchange.unsent import Changed, Note, State
from backoffice.field import contents
from backoffice.jobs.work import Fate, Outcome
from backoffice.reasons import Reason
from backoffice.store.engine import reading, writing
from backoffice.web.i18n import gettext_noop as _
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from backoffice.erp.connector import Answer, Connector
    from backoffice.exchange.import_batches import Batch
    from backoffice.exchange.import_duplicates import Mode
    from backoffice.jobs.work import Job

_GIVEN_UP = _("Cancelled before it was ever sent")
_NO_CONTENT = _("Waits for the content of the file, which has not come from the till yet")


@dataclass(frozen=True, slots=True)
class Ready:
    """A record that may go; ``is_first`` when it never got through."""

    row: Changed
    record: Any  # one of the rows in ``import_bodies.TYPES``
    digest: str
    key: str
    is_first: bool


@dataclass(slots=True)
class Errand:
    """``run`` once; then the fields say what there is to write."""

    engine: Engine
    job: Job
    connector: Connector
    mode: Mode
    batch: Batch
    outcomes: list[Outcome] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    @property
    def is_confirmed(self) -> bool:
        """Whether warnings are confirmed in advance."""
        return bool(self.job.options.get("confirm"))

    def run(self) -> None:
        """Judge and hand over. Raises ``NotNowError`` and ``NeverError``."""
        self.settled.update(self.batch.gone)
        for rows in filter(None, self._rounds()):
            ready, known = self._judge(rows)
            if self.batch.set_name == "customers":
                ready = self._without_duplicates(ready)
            if ready:
                self._hand_over(ready, known)

    def _rounds(self) -> Iterator[list[tuple[Changed, Any]]]:
        """Rows that need no other one of the batch, then the rest: quotes before orders."""
        read = [(row, import_bodies.read(row, self.batch.set_name)) for row in self.batch.rows]
        if self.batch.set_name != "sales_documents":
            yield read
            return
        orders = [pair for pair in read if not _is_quote(pair[1])]
        quotes = [pair for pair in read if _is_quote(pair[1])]
        yield [*self._quotes_of(orders, {row.id for row, _record in read}), *quotes]
        yield orders

    def _quotes_of(
        self, orders: Sequence[tuple[Changed, Any]], here: set[str]
    ) -> list[tuple[Changed, Any]]:
        """Quotes whose turn comes later, since they changed later, but which an order needs now."""
        ids = {
            order.from_quote: None
            for _row, order in orders
            if isinstance(order, wire.SalesDocument) and order.from_quote
        }
        wanted = [row_id for row_id in ids if row_id not in here]
        if not wanted:
            return []
        channel, set_name, shop = self._place
        with reading(self.engine) as connection:
            known = links.links(connection, channel, set_name, wanted)
            noted = unsent.notes(connection, channel, set_name, shop, wanted)
            fresh = [row_id for row_id in wanted if row_id not in known]
            rows = unsent.rows_of(connection, set_name, shop, fresh)
        # One that was refused goes when it was changed, like any other.
        rows = [row for row in rows if not unsent.is_refused(row, noted.get(row.id))]
        return [(row, import_bodies.read(row, set_name)) for row in rows]

    def _judge(self, rows: Sequence[tuple[Changed, Any]]) -> tuple[list[Ready], Known]:
        channel, set_name, shop = self._place
        records = [record for _row, record in rows if not isinstance(record, Held)]
        ready = []
        with reading(self.engine) as connection:
            known = import_bodies.know(connection, channel, set_name, shop, records)
            known.links.setdefault(set_name, {}).update(self.links)
            known.notes.setdefault(set_name, {}).update(self.notes)
            mark = unsent.mark_of(connection, channel, self.batch.place.object, shop)
            whole = self._whole_contents(connection, records)
        for row, record in rows:
            found = self._judge_one(row, record, known, mark, whole)
            if isinstance(found, Ready):
                ready.append(found)
            else:
                self._keep_back(row, found, known.note(set_name, row.id))
        return ready, known

    def _judge_one(
        self,
        row: Changed,
        record: Any,  # noqa: ANN401 - one of the rows in ``import_bodies.TYPES``, or ``Held``
        known: Known,
        mark: int,
        whole: set[str],
    ) -> Ready | Held:
        here = _channel, set_name, _shop = self._place
        link, note = known.link(set_name, row.id), known.note(set_name, row.id)
        if unsent.is_settled(row, link, note, mark):
            return Held(Fate.SAME, "")
        if isinstance(record, Held):
            return record
        if unsent.is_unheard_of(row, link, note):
            return Held(Fate.SAME, Reason(_GIVEN_UP))
        if (held := import_bodies.held_up(record, known)) is not None:
            return held
        if (content := _content_of(record)) and content not in whole:
            return Held(Fate.WAITING, Reason(_NO_CONTENT))
        digest = links.digest(row.body)
        key = _key(here, row, digest, link, note)
        return Ready(row, record, digest, key, unsent.may_be_new(link, note))

    def _whole_contents(self, connection: Connection, records: Sequence[Any]) -> set[str]:
        wanted = {sha256 for record in records if (sha256 := _content_of(record))}
        return contents.which(connection, wanted) if wanted else set()

    def _without_duplicates(self, ready: list[Ready]) -> list[Ready]:
        """Those that may go; one that was handed over before is its own duplicate over there."""
        fresh = [it for it in ready if it.is_first]
        if self.mode == "ignore" or not any(it.record.nip for it in fresh):
            return ready
        partners = [it.record for it in fresh]
        with reading(self.engine) as connection:
            own = import_duplicates.ours(connection, self.job.channel, partners)
        held = import_duplicates.held_up(
            self.mode, self.connector, partners, own, confirm=self.is_confirmed
        )
        for it in fresh:
            if it.row.id in held:
                self._keep_back(it.row, held[it.row.id], None)
        return [it for it in ready if it.row.id not in held]

    def _hand_over(self, ready: Sequence[Ready], known: Known) -> None:
        name, set_name = self.batch.place.object, self.batch.set_name
        going = {it.row.id: Note(State.SENDING, it.digest, it.key) for it in ready}
        with writing(self.engine) as connection:
            unsent.note(connection, *self._place, going)
        for sha256_, it in {_content_of(it.record): it for it in ready}.items():
            if sha256_:
                with reading(self.engine) as connection:
                    parts = contents.parts(connection, sha256_)
                    self.connector.put_content(sha256_, it.record.name, parts)
        records = [
            Outgoing(name, it.row.id, it.key, import_bodies.body_of(it.record, set_name, known))
            for it in ready
        ]
        answers = self.connector.write(name, records, confirm=self.is_confirmed)
        matched = import_answers.matched(records, answers)
        self.said += matched.said
        for it in ready:
            self._answered(it, matched.answers.get(it.row.id), known, matched.reason(it.row.id))

    def _answered(
        self, it: Ready, answer: Answer | None, known: Known, unclear: Reason | None
    ) -> None:
        row = it.row
        if answer is None or unclear is not None:
            reason = unclear or Reason(import_answers.SILENT)
            self.notes[row.id] = Note(State.SENDING, it.digest, it.key, reason)
            self._tell(row, Fate.WAITING, reason)
            return
        fate, told = import_answers.fate_of(answer)
        if fate is Fate.DONE:
            before = known.link(self.batch.set_name, row.id)
            their_id = answer.their_id or (before.their_id if before else "")
            self.links[row.id] = Link(it.digest, their_id)
            self._settle(row, fate, told)
            return
        state = State.REFUSED if fate is Fate.REFUSED else State.WAITING
        self.notes[row.id] = Note(state, it.digest, it.key, told)
        self._tell(row, fate, told)

    def _keep_back(self, row: Changed, held: Held, note: Note | None) -> None:
        if held.fate is Fate.SAME:
            self._settle(row, held.fate, held.reason)
            return
        if note is not None and note.state is State.SENDING:
            # It may be over there: that must not be forgotten.
            self.notes[row.id] = replace(note, reason=held.reason)
        else:
            state = State.REFUSED if held.fate is Fate.REFUSED else State.WAITING
            digest, key = links.digest(row.body), note.key if note else ""
            self.notes[row.id] = Note(state, digest, key, held.reason)
        self._tell(row, held.fate, held.reason)

    def _settle(self, row: Changed, fate: Fate, reason: str) -> None:
        self.settled.add(row.id)
        self.notes.pop(row.id, None)
        self._tell(row, fate, reason)

    def _tell(self, row: Changed, fate: Fate, reason: str) -> None:
        place = self.batch.place
        self.outcomes.append(Outcome(place.object, row.id, fate, reason, place.shop))

    @property
    def _place(self) -> tuple[str, str, str]:
        return self.job.channel, self.batch.set_name, self.batch.place.shop


def _is_quote(record: object) -> bool:
    return isinstance(record, wire.SalesDocument) and record.type == "OS"


def _content_of(record: object) -> str:
    is_file = isinstance(record, wire.Attachment) and record.kind == "file"
    return record.sha256 if is_file else ""  # type: ignore[attr-defined]


def _key(
    place: tuple[str, str, str], row: Changed, digest: str, link: Link | None, note: Note | None
) -> str:
    """The same for the same content, also after the office was put back from an old copy.

    Once anything of the record may be over there a change must not look like one before it: who
    changes something back would not be heard. So the revision counts as well.
    """
    _channel, set_name, shop = place
    parts = [set_name, row.id, digest]
    if link is not None or (note is not None and note.key and note.digest != digest):
        parts += [shop, str(row.revision)]
    elif note is not None and note.key:
        return note.key
    return sha256("\0".join(parts).encode()).hexdigest()
