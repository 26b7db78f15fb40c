"""What is done outside the shop in the fake till: in memory, with the real rules of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from stdnum.pl import nip as polish_nip

from terminal import events
from terminal.errors import Code, Rejected
from terminal.field import draft as drafts
from terminal.field.draft import Draft
from terminal.sync.wire import Attachment, Customer, SalesDocument, SalesLine, Visit

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from terminal.field.customers import CustomerFields
    from terminal.store.availability import Availability
    from tests.ui.fake_till import FakeTill

LINE = SalesLine("p1", "Mleko ŁACIATE 3,2% 1l", "szt", "A", 2000, 349, 698, precision=0)
AT = "2026-11-22T10:00:00+01:00"


def document(no: int, kind: str = "ZS", **more: object) -> SalesDocument:
    made = SalesDocument(f"d{no}", kind, f"{kind}/T1/{no}", "c1", AT, 698, [LINE])
    return replace(made, **more)


def visit(no: int, at: str, **more: object) -> Visit:
    return replace(Visit(f"v{no}", "c1", at, "Nowa oferta"), **more)


class FakeFieldShelf:
    """What the lookup thread finds."""

    def __init__(self) -> None:
        self.documents: list[SalesDocument] = []
        self.calendar: list[Visit] = []
        self.kept: list[Attachment] = []
        self.available: list[Availability] = []

    def customer(self, customer_id: str) -> Customer | None:
        return next((one for one in self.sets["customers"] if one.id == customer_id), None)

    def sales_documents(
        self,
        text: str = "",
        type: str = "",  # noqa: A002 - as of the till
        after: SalesDocument | None = None,
        limit: int = 50,
    ) -> list[SalesDocument]:
        found = [
            one
            for one in self.documents
            if type in {"", one.type}
            and text.lower() in f"{one.number} {self.customer(one.customer).name}".lower()
        ]
        return found[found.index(after) + 1 if after else 0 :][:limit]

    def visits(self, from_day: str, to_day: str) -> list[Visit]:
        found = [one for one in self.calendar if from_day <= one.at[:10] <= to_day]
        return sorted(found, key=lambda one: one.at)

    def attachments(self, about: str, of: str) -> list[Attachment]:
        return [one for one in self.kept if (one.about, one.of) == (about, of)]

    def availability(
        self, text: str = "", after: Availability | None = None, limit: int = 50
    ) -> list[Availability]:
        found = [one for one in self.available if text.lower() in one.name.lower()]
        return found[found.index(after) + 1 if after else 0 :][:limit]


class FakeField:
    """``draft`` is what a power cut has left, if any; ``refusal`` is raised by the next verb."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.draft: Draft | None = None
        self.refusal: Rejected | None = None
        self.files: dict[str, Path] = {}

    # --- customers -----------------------------------------------------------------------------

    def create_customer(self, fields: CustomerFields, *, is_confirmed: bool = False) -> Customer:
        self._note("create_customer", fields, is_confirmed)
        made = self._judged("new", fields, is_confirmed=is_confirmed)
        self.till.shelf.sets["customers"].append(made)
        return made

    def edit_customer(
        self, customer_id: str, fields: CustomerFields, *, is_confirmed: bool = False
    ) -> Customer:
        self._note("edit_customer", customer_id, fields, is_confirmed)
        before = self.till.shelf.customer(customer_id)
        is_same = before.nip == fields.nip
        made = self._judged(customer_id, fields, is_confirmed=is_confirmed or is_same)
        rows = self.till.shelf.sets["customers"]
        rows[[one.id for one in rows].index(customer_id)] = made
        return made

    def _judged(self, key: str, fields: CustomerFields, *, is_confirmed: bool) -> Customer:
        if fields.nip and not polish_nip.is_valid(fields.nip):
            raise Rejected(Code.BAD_NIP, nip=fields.nip)
        rows = self.till.shelf.sets["customers"]
        known = [one for one in rows if fields.nip and one.nip == fields.nip and one.id != key]
        way = self.till.settings.duplicate_nip
        if known and way == "block":
            raise Rejected(Code.CUSTOMER_KNOWN, name=known[0].name, nip=fields.nip)
        if known and way == "warn" and not is_confirmed:
            raise Rejected(Code.NIP_TAKEN, name=known[0].name, nip=fields.nip)
        names = [name for name in fields.__dataclass_fields__ if name != "name"]
        return Customer(key, fields.name, **{name: getattr(fields, name) for name in names})

    # --- the draft -----------------------------------------------------------------------------

    def begin(self, kind: str, customer_id: str, visit: str = "") -> None:
        self._note("begin", kind, customer_id, visit)
        if self.draft is not None:
            raise Rejected(Code.DRAFT_OPEN)
        self._keep(Draft(kind, customer_id, visit=visit))

    def add(self, product_id: str, qty_milli: int = 1000, price_gr: int | None = None) -> None:
        self._note("add", product_id, qty_milli, price_gr)
        one = self.till.shelf.article(product_id)
        price = one.price_gr if price_gr is None else price_gr
        self._keep(drafts.add(self.draft, one, qty_milli, price))

    def change_line(self, no: int, qty_milli: int, price_gr: int, percent_bp: int) -> None:
        self._note("change_line", no, qty_milli, price_gr, percent_bp)
        self._keep(drafts.change(self.draft, no, qty_milli, price_gr, percent_bp))

    def remove_line(self, no: int) -> None:
        self._note("remove_line", no)
        self._keep(drafts.remove(self.draft, no))

    def set_terms(self, due: str, note: str) -> None:
        self._note("set_terms", due, note)
        self._keep(drafts.with_terms(self.draft, due, note))

    def confirm(self) -> SalesDocument:
        self._note("confirm")
        made = document(
            len(self.till.shelf.documents) + 1,
            self.draft.type,
            customer=self.draft.customer,
            lines=list(self.draft.lines),
            total_gr=self.draft.total_gr,
            due=self.draft.due,
            note=self.draft.note,
        )
        self.till.shelf.documents.insert(0, made)
        self._keep(None)
        return made

    def give_up(self) -> None:
        self._note("give_up")
        self._keep(None)

    def _keep(self, draft: Draft | None) -> None:
        self.draft = draft
        self.till.engine.tell(events.DraftChanged(draft))

    # --- documents, visits, attachments --------------------------------------------------------

    def cancel_document(self, document_id: str, reason: str) -> None:
        self._note("cancel_document", document_id, reason)
        self._turn(document_id, "cancelled")

    def order_from(self, quote_id: str) -> SalesDocument:
        self._note("order_from", quote_id)
        self._turn(quote_id, "realised")
        made = document(len(self.till.shelf.documents) + 1, "ZS", from_quote=quote_id)
        self.till.shelf.documents.insert(0, made)
        return made

    def sell(self, document_id: str) -> None:
        self._note("sell", document_id)
        self.till.sell("1", 2000)

    def _turn(self, document_id: str, state: str) -> None:
        rows = self.till.shelf.documents
        no = [one.id for one in rows].index(document_id)
        rows[no] = replace(rows[no], state=state)

    def plan_visit(self, customer_id: str, at: str, subject: str = "", minutes: int = 30) -> Visit:
        self._note("plan_visit", customer_id, at, subject, minutes)
        made = Visit(f"v{len(self.till.shelf.calendar) + 1}", customer_id, at, subject, minutes)
        self.till.shelf.calendar.append(made)
        return made

    def begin_visit(self, visit_id: str) -> Visit:
        self._note("begin_visit", visit_id)
        return self._changed(visit_id, began_at=AT)

    def end_visit(self, visit_id: str, note: str, next_at: str = "") -> Visit:
        self._note("end_visit", visit_id, note, next_at)
        return self._changed(visit_id, state="done", note=note, ended_at=AT)

    def cancel_visit(self, visit_id: str, reason: str = "") -> Visit:
        self._note("cancel_visit", visit_id, reason)
        return self._changed(visit_id, state="cancelled", note=reason)

    def _changed(self, visit_id: str, **more: object) -> Visit:
        rows = self.till.shelf.calendar
        no = [one.id for one in rows].index(visit_id)
        rows[no] = replace(rows[no], **more)
        return rows[no]

    def write_note(self, about: str, of: str, text: str) -> Attachment:
        self._note("write_note", about, of, text)
        return self._kept(
            Attachment(f"a{len(self.till.shelf.kept)}", about, of, "note", AT, text=text)
        )

    def attach(self, about: str, of: str, path: Path) -> Attachment:
        self._note("attach", about, of, path)
        made = Attachment(f"a{len(self.till.shelf.kept)}", about, of, "file", AT)
        return self._kept(replace(made, name=path.name, size=12_345, sha256="a" * 64))

    def _kept(self, made: Attachment) -> Attachment:
        self.till.shelf.kept.append(made)
        return made

    def content(self, sha256: str) -> Future[Path]:
        self._note("content", sha256)
        return self.till.lookup.call(self.files.__getitem__, sha256)

    def _note(self, *call: object) -> None:
        self.till.calls.append(call)
        if refusal := self.refusal:
            self.refusal = None
            raise refusal
