"""One conversation with one printer: identity, documents, packets, pictures. Knows no contract.

Whatever has to outlive the program is written down before it is needed; a disk that cannot take it
stops the document, not the truth.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from drivers.errors import InDoubt, NotDone, Unreachable
from drivers.fiscal import Identity
from drivers.novitus import commands, state
from drivers.novitus.dialogue import Documents
from drivers.novitus.notebook import Confirmed, Notebook
from drivers.novitus.session import Session
from drivers.novitus.tally import Picture, fold
from drivers.novitus.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Status
    from drivers.novitus.dialogue import Done
    from drivers.novitus.frame import Document
    from drivers.novitus.line import Line
    from drivers.novitus.packet import Packet
    from drivers.novitus.session import Dialogue, Result
    from drivers.novitus.tally import Tally
    from drivers.novitus.watch import Timings

_LOOKS_MAX = 3


class Conversation:
    """Keeps to one printer: another one at the other end is ``Unreachable``."""

    def __init__(
        self,
        line: Line,
        notebook: Notebook,
        timings: Timings,
        on_wait: Callable[[Status], None] | None,
    ) -> None:
        self._line = line
        self._notebook = notebook
        session = Session(notebook.page.token, self._keep_token, timings.reply_s)
        self._abandoned = Event()
        self.documents = Documents(session, timings, on_wait, self._abandoned.is_set)
        self._unique_no = ""
        self._known_opening = 0

    @property
    def last_confirmed(self) -> Confirmed | None:
        """The last document that the printer was told to carry out."""
        return self._notebook.page.confirmed

    @property
    def tally(self) -> Tally | None:
        """What the pictures so far add up to."""
        return self._notebook.page.tally

    def meet(self) -> Identity:
        """Open the line anew and take whoever answers for our printer."""
        self._line.close()
        self._abandoned.clear()
        identity = self._identify()
        self._unique_no = identity.unique_no
        try:
            # The day is counted from the first picture on.
            self.look()
        except InDoubt as error:
            msg = f"the printer's counters cannot be read: {error}"
            raise Unreachable(msg) from error
        return identity

    def leave(self) -> None:
        """Give the line back."""
        self._line.close()

    def abandon(self) -> None:
        """Wait no longer for the document under way: it is in doubt; any thread may call this."""
        self._abandoned.set()

    def begin(self) -> None:
        """Make sure that the printer we know is at the other end."""
        if self._line.is_same(self._known_opening):
            return
        identity = self._identify()
        self._check(identity.unique_no)

    def _check(self, unique_no: str) -> None:
        if self._unique_no not in {"", unique_no}:
            self._line.close()
            msg = f"printer {unique_no} answers instead of {self._unique_no}"
            raise Unreachable(msg)
        self._unique_no = unique_no

    def _check_again(self) -> None:
        """Make sure that a document was stored in our printer, should the line have broken."""
        if self._line.is_same(self._known_opening):
            return
        try:
            memory = self.fiscal_memory()
        except InDoubt as error:
            msg = f"nothing was confirmed: {error}"
            raise Unreachable(msg) from error
        self._check(memory.unique_no)
        self._known_opening = self._line.openings

    def _identify(self) -> Identity:
        try:
            # What was stored and never confirmed must not be confirmed by bytes still on their way.
            self.run(self.documents.clear())
            if last := self.last_confirmed:
                # It may wait for paper: no counter is final before its end.
                self.run(self.documents.await_end(last.kind, last.number))
            memory = self.fiscal_memory()
            device = self.status_of("device")
        except InDoubt as error:
            # Questions change nothing: there is no doubt about them.
            self._line.close()
            msg = f"no printer answers: {error}"
            raise Unreachable(msg) from error
        self._known_opening = self._line.openings
        name, version = (plain(str(device.get(key, "")), 40) for key in ("name", "version"))
        return Identity(name, version, memory.unique_no)

    def run(self, dialogue: Dialogue[Result]) -> Result:
        """Do what ``dialogue`` says until it returns."""
        return self._line.run(dialogue)

    # Documents

    def print(self, kind: str, document: Document, mark: int = 0) -> Done:
        """Have a document carried out, its number written down before it is confirmed."""

        def remember(number: str) -> None:
            self._check_again()
            confirmed = Confirmed(kind, number, mark)
            self._write_down("the number of what was to be printed", confirmed=confirmed)

        self._abandoned.clear()
        self.begin()
        return self.run(self.documents.carry_out(kind, document, remember))

    def order(self, packet: Packet) -> None:
        """Have a packet carried out."""
        done = self.print("direct_io", commands.direct_io(packet))
        commands.answer_of(packet, done.response)

    def question(self, packet: Packet) -> Packet:
        """Ask by a packet that has an answer."""
        document = commands.direct_io(packet, is_checked=False)
        done = self.run(self.documents.carry_out("direct_io", document))
        found = commands.answer_of(packet, done.response)
        if found is None:
            msg = f"no packet answers {packet.command}"
            raise InDoubt(msg)
        return found

    def status_of(self, kind: str) -> Document:
        """Ask for a status."""
        done = self.run(self.documents.carry_out("status", commands.status(kind)))
        found = done.response.get("status")
        inner = found.get(kind) if isinstance(found, dict) else None
        if not isinstance(inner, dict):
            msg = f"unreadable answer to status {kind}"
            raise InDoubt(msg)
        return inner

    def fiscal_memory(self) -> state.FiscalMemory:
        """Who the printer is, and how many reports it made."""
        return state.fiscal_memory(self.status_of("fiscal_memory"))

    def register(self) -> state.Register:
        """Flags, rates, number of receipts, totals."""
        return state.register(self.question(commands.REGISTER))

    def look(self) -> tuple[Tally, int]:
        """Take a picture, in which no daily report comes between the parts, and fold it in.

        Gives the tally and the number of the last document.
        """
        self.begin()
        before = self.fiscal_memory()
        for _ in range(_LOOKS_MAX):
            register = self.register()
            last_document = state.last_document(self.status_of("protected_memory"))
            after = self.fiscal_memory()
            if after == before:
                break
            before = after
        else:
            msg = "the printer makes one daily report after another"
            raise InDoubt(msg)
        picture = Picture(
            unique_no=after.unique_no,
            ram_resets=register.ram_resets,
            reports=after.reports,
            number=register.number,
            totals_gr=register.totals_gr,
            reported_at=after.reported_at,
        )
        tally = fold(self.tally, picture)
        self._write_down("the printer's counters", tally=tally)
        return tally, last_document

    # The notebook

    def _keep_token(self, token: str) -> None:
        self._write_down("the token", token=token)

    def _write_down(
        self,
        what: str,
        *,
        tally: Tally | None = None,
        token: str | None = None,
        confirmed: Confirmed | None = None,
    ) -> None:
        try:
            self._notebook.write(tally=tally, token=token, confirmed=confirmed)
        except OSError as error:
            msg = f"{what} could not be written down: {error}"
            raise NotDone(msg) from error
