"""Mistakes that an office could have: made in its own process, before it starts."""

from __future__ import annotations

import threading
import time

from backoffice import receive
from backoffice.api import terminals
from backoffice.running import open_office
from terminal.sync import wire

_TABLES = ("journal_entry", "verdict", "receipt", "daily_report")
_LATE_S = 1.0


def no_unique_key(db_url: str) -> None:
    """Whatever is well-formed is stored, and no table objects."""
    office = open_office(db_url)
    with office.engine.begin() as database:
        raw = database.connection.driver_connection
        for table in _TABLES:
            raw.execute(f"CREATE TABLE copy AS SELECT * FROM {table}")  # noqa: S608
            raw.execute(f"DROP TABLE {table}")
            raw.execute(f"ALTER TABLE copy RENAME TO {table}")
    office.engine.dispose()
    receive._continue = lambda _connection, _terminal, push, *_: list(push.entries)
    receive._check_rids = lambda *_: None


def answer_before_commit(_db_url: str) -> None:
    """What was well sent is confirmed; it will be stored in a moment."""
    really_receive = receive.receive

    def store_later(*asked) -> None:
        time.sleep(_LATE_S)
        really_receive(*asked)

    def answer(engine, terminal_id, push, moment):
        if not push.entries:
            return really_receive(engine, terminal_id, push, moment)
        threading.Thread(target=store_later, args=(engine, terminal_id, push, moment)).start()
        last = push.entries[-1]
        return wire.JournalAnswer(push.epoch, last.seq, last.hash)

    terminals.receive.receive = answer


def ids_but_no_hashes(_db_url: str) -> None:
    """A document with a number that is stored already must be the same one."""
    really_continue = receive._continue

    def unseen(connection, terminal, push, hw, head, at):
        fresh = [entry for entry in push.entries if entry.seq > hw]
        return really_continue(
            connection, terminal, wire.JournalPush(push.epoch, fresh), hw, head, at
        )

    receive._continue = unseen
