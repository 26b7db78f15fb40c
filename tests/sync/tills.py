"""A till without screen and printer: real journal, real documents, real postman, on a bad line."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from drivers.fiscal import VAT_LETTERS, Counters
from terminal import events
from terminal.context import Context, local_now, new_rid
from terminal.engine import Engine
from terminal.post import Post
from terminal.sale import verbs as sale
from terminal.sale.ledger import Ledger
from terminal.sale.money import plus
from terminal.sale.picture import Ruling, Verdict
from terminal.sale.receipt import Payment, Receipt
from terminal.sale.tender import pay
from terminal.store import outbox, settings
from terminal.store.catalogue import Article
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.http import Office
from terminal.sync.wire import Entry, Heartbeat

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from terminal.sync.enrolment import Identity

WAIT_S = 20.0
_COLUMNS = "seq, rid, prev, hash, body"
_MILK = Article("1", "1", "", "Mleko 1 l", "szt.", 0, "C", 500, 399, "", False, False)
_FRESH = Counters("ZBF 2301000001", 0, 0, 0, 0, 0, (0,) * len(VAT_LETTERS), 0, 0)


class SellingTill:
    """``made`` holds every document at the moment of its making: nothing may be missing later."""

    def __init__(
        self, folder: Path, identity: Identity, url: str, dice: random.Random, patience_s: float
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.identity = identity
        self.terminal = identity.terminal
        self.epoch = identity.epoch
        self.made: list[Entry] = []
        self.told: list[object] = []
        self._dice = dice
        self.db = open_writer(folder / "journal.db", "journal")
        with write(self.db):
            outbox.begin(self.db, identity.epoch)
        fresh = replace(_FRESH, unique_no=f"ZBF {identity.terminal}")
        self._printer = settings.expected_counters(self.db) or fresh
        self.engine, self.net = Engine("engine"), Engine("net")
        self.engine.listen(self.told.append)
        context = Context(
            engine=self.engine,
            devices=self.engine,
            net=self.net,
            lookup=self.engine,
            journal=self.db,
            printer=None,
            terminal=identity.terminal,
            shop=identity.shop,
            epoch=identity.epoch,
            stopping=threading.Event(),
            now=local_now,
        )
        self._context = context
        self._ledger = Ledger(context)
        office = Office(url, identity.terminal, identity.key, timeout_s=patience_s)
        self.post = Post(context, office, None, folder)

    def start(self) -> None:
        self.post.start(
            lambda unsent: Heartbeat("1", unsent.count, unsent.oldest_at, "OPEN", "", "")
        )

    def work(self) -> None:
        """One act of a cashier, and its document."""
        self.engine.call(self._work).result(WAIT_S)
        self.post.wake()

    def _work(self) -> None:
        act = self._dice.choice((self._sell, self._sell, self._sell, self._drop, self._note))
        act()
        self._keep()

    def _keep(self) -> None:
        found = self.db.execute(
            f"SELECT {_COLUMNS} FROM document WHERE epoch = ? AND seq > ? ORDER BY seq",  # noqa: S608
            (self.epoch, len(self.made)),
        )
        self.made += [Entry(*row) for row in found]

    def keep(self) -> None:
        """What the till wrote by itself is told too."""
        self.engine.call(self._keep).result(WAIT_S)

    def _begun(self) -> Receipt:
        receipt = Receipt(new_rid(), self._context.stamp(), "3", "Anna")
        for _ in range(self._dice.randint(1, 3)):
            receipt = sale.add(receipt, _MILK, 1000 * self._dice.randint(1, 5), 399, 500)
        return receipt

    def _sell(self) -> None:
        receipt = self._begun()
        paid = pay(receipt, Payment("gotowka", "Gotówka", "cash", receipt.due_gr))
        self._ledger.store(None, paid)
        printing, _token = self._ledger.begin(paid, self._printer)
        number = self._printer.last_receipt_no + 1
        self._printer = replace(
            self._printer,
            receipts=number,
            header_no=number,
            last_receipt_no=number,
            totals_gr=plus(self._printer.totals_gr, paid.totals_gr),
        )
        ruling = Ruling(Verdict.SOLD, 6, number, self._printer.reports + 1, self._printer)
        self._ledger.sold(printing, ruling)

    def _drop(self) -> None:
        receipt = self._begun()
        self._ledger.store(None, receipt)
        self._ledger.drop(receipt, "klient zrezygnował", "Anna")

    def _note(self) -> None:
        self._ledger.event("Anna", "login", user="3")

    def copies(self, epoch: int) -> list[Entry]:
        """What came back of the device that was here before."""

        def read() -> list[Entry]:
            asked = f"SELECT {_COLUMNS} FROM document WHERE epoch = ? ORDER BY seq"  # noqa: S608
            return [Entry(*row) for row in self.db.execute(asked, (epoch,))]

        return self.engine.call(read).result(WAIT_S)

    def unsent(self) -> int:
        return self.engine.call(outbox.unsent, self.db).result(WAIT_S).count

    def rewinds(self) -> int:
        """How often it found that the office had lost documents."""
        return sum('"name":"office_lost_documents"' in entry.body for entry in self.made)

    def is_offline(self) -> bool:
        """Whether its lamp says so."""
        told = [event for event in self.told if isinstance(event, events.NetworkChanged)]
        return bool(told) and not told[-1].is_online

    def refusals(self) -> list[str]:
        """What somebody was told, not the lamp alone."""
        return [str(event.error) for event in self.told if isinstance(event, events.Failed)]

    def complaints(self) -> list[str]:
        """What nobody can put right by waiting."""
        return [sentence for sentence in self.refusals() if "is not ours" in sentence]

    def stop(self) -> None:
        self._context.stopping.set()
        self.post.stop()
        for engine in (self.net, self.engine):
            assert engine.stop(WAIT_S)
        close_writer(self.db)
