"""Walk (a): a key, a line, a fiscal receipt, stored, uploaded. Once, everywhere."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from hw_emulator.posnet.memory import read_memory
from terminal import events
from tests.crash.books import check
from tests.shop import counter, wait_until


def office_rows(one):
    with closing(sqlite3.connect(one.folder / "office.db")) as db:
        return db.execute("SELECT seq, rid, body FROM journal_entry ORDER BY seq").fetchall()


def test_from_a_key_to_the_office(tmp_path):
    with counter(tmp_path) as one:
        one.start_till()
        one.ready()
        since = one.heard.mark()
        one.do(one.till.sell, "1")
        one.do(one.till.sell, "2", 3000)
        one.do(one.till.void_line, 0)
        one.do(one.till.sell, "5900480147200")
        one.do(one.till.pay, one.method("card"), 1000)
        one.do(one.till.pay, one.method("cash"), 5000)
        told = one.heard.wait(events.ReceiptPrinted, since)
        assert (told.receipt_no, told.change_gr) == (1, 3054)

        # Printed once, as sold: the voided line never reached the printer.
        (printed,) = read_memory(one.memory_file).receipts
        assert printed.reference == told.receipt.rid[:8]
        assert [(line.name, line.value_gr) for line in printed.lines] == [
            ("Chleb żytni na zakwasie 600 g", 2397),
            ("Chleb pszenny krojony 500 g", 549),
        ]
        assert (printed.total_gr, printed.change_gr) == (2946, 3054)
        assert one.paper.count("SUMA PLN") == 1

        # Stored once, and queued in the same breath.
        assert one.journal("SELECT state, receipt_no, total_gr FROM receipt") == [
            ("FISCAL", 1, 2946)
        ]
        ((seq, body),) = one.journal(
            "SELECT seq, body FROM document WHERE rid = ?", told.receipt.rid
        )
        assert one.journal("SELECT seq FROM receipt") == [(seq,)]

        # In the office once, byte for byte, by the postman alone.
        wait_until(lambda: one.view().unsent.count == 0, "uploaded")
        rows = [row for row in office_rows(one) if row[1] == told.receipt.rid]
        assert rows == [(seq, told.receipt.rid, body)]
        assert [line["is_void"] for line in json.loads(body)["lines"]] == [True, False, False]

        # Sending again adds nothing.
        one.till.push().result(10)
        assert len(office_rows(one)) == len(one.journal("SELECT seq FROM document"))
        acks = [(told.receipt.rid, told.receipt_no)]
        files = one.till_folder / "journal.db", one.memory_file, one.folder / "office.db"
        assert check(*files, acks=acks) == []


def test_what_was_sold_while_the_office_was_away_arrives_later(tmp_path):
    with counter(tmp_path) as one:
        one.start_till()
        one.ready()
        one.till.push().result(10)
        one.stop_office()
        for _ in range(3):
            one.sell("1", "3")
        assert one.view().unsent.count == 3
        one.start_office()
        one.till.push().result(10)
        assert one.view().unsent.count == 0
        files = one.till_folder / "journal.db", one.memory_file, one.folder / "office.db"
        assert check(*files) == []
        assert len(read_memory(one.memory_file).receipts) == 3
