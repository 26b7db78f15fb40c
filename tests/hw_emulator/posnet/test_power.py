"""The power goes at any record, with RAM or without: the books stay consistent, whatever was open.

A state machine sends commands of every kind, cuts the power before or after the n-th record of a
command, loses what was not yet on the disk, and looks at counters, totals and printouts after each
step, added up again from the records by other means than the printer's own.
"""

from __future__ import annotations

import contextlib
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hw_emulator.paper import Paper
from hw_emulator.posnet.books import Books
from hw_emulator.posnet.device import Device
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.profile import Profile
from hw_emulator.posnet.registry import State
from tests.hw_emulator.conftest import Clock, read_command

if TYPE_CHECKING:
    from drivers.posnet.frame import Frame

COMMANDS = (
    *("trinit|bm0", "trinit|bm1", "trfvinit|cc1", "trpackinit", "formstart|fn200"),
    *("trline|naKawa|vt0|pr1000", "trline|naMleko|vt1|pr333|il1,5", "trline|naBułka|vt2|pr50"),
    *("trline|naKawa|vt0|pr1000|st1", "trline|naZnaczek|vt4|pr390|rp1000"),
    *("trdiscntbill|rw7", "trdiscntsubtot|rp1250", "trdiscntvat|vt0|rw3", "trdiscntpromo|vt1|rw2"),
    *("tradvance|vt0|pr100|wa500", "trpack|na1|pr50|il2", "trpack|na2|pr30|ne1", "showsubtotal"),
    *("trpayment|ty0|wa100", "trpayment|ty2|wa100000", "trpaymentcanc", "trsubtotcanc"),
    *("trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb1|sc0", "trnipset|ni5222628262"),
    *("trend", "trend", "trend|fe0", "trftrln|id0|naX", "trftrend", "prncancel", "hardprncancel"),
    *("formline|fn200|fl711|s1X", "formend|fn200", "cash|kw500|wp1", "cash|kw100|wp0"),
    *("stocash|kw1", "packret|kw20", "shiftrep|sh1|zr1", "login|naAnna|dr1", "hdrset|txNowy|pr1"),
    *("dailyrep", "dailyrep", "vatset", "monthlyrep", "rtcset", "scnt", "strns"),
)


LINES = ("trline|naKawa|vt0|pr1000", "trline|naMleko|vt1|pr333|il1,5")
INVOICE = ("trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb1|sc0", *LINES)
# Whole documents; a walk takes one as far as it likes.
WAYS = (
    ("prncancel", "trinit", *LINES, "trpayment|ty0|wa5000", "trend"),
    ("prncancel", "trinit|bm1", *LINES, "trdiscntbill|rw7", "trpack|pr50", "trend|fe0", "trftrend"),
    ("prncancel", "trinit|bm1", *LINES, "prncancel"),
    ("prncancel", *INVOICE, "trend"),
    ("prncancel", *INVOICE, "prncancel"),
    ("prncancel", "trpackinit", "trpack|pr50", "trend|fe0", "trftrln|id0|naX", "trftrend"),
)


class Dead(Exception):
    """The power is gone."""


class Fused(FiscalMemory):
    """A memory whose power goes at a record; what was not durable may be lost with it."""

    def __init__(self) -> None:
        super().__init__()
        self.durable: list[bool] = []
        self.fuse = -1
        self.is_written = False

    def append(self, kind, data, *, durable=True):
        self.fuse -= 1
        if self.fuse == 0 and not self.is_written:
            raise Dead
        record = super().append(kind, data, durable=durable)
        self.durable.append(durable)
        if self.fuse == 0:
            raise Dead
        return record


class Power(RuleBasedStateMachine):
    """One printer through commands and power cuts."""

    @initialize(counts_daily=st.booleans(), is_fiscal=st.booleans())
    def born(self, counts_daily, is_fiscal):
        self.clock = Clock()
        self.profile = Profile(counts_daily=counts_daily)
        self.is_fiscal = is_fiscal
        self.memory = Fused()
        self.device = self.switched_on()

    def switched_on(self, *, ram_reset=False) -> Device:
        return Device(
            self.memory,
            Paper(),
            self.clock,
            self.is_fiscal,
            profile=self.profile,
            ram_reset=ram_reset,
        )

    def frame(self, text: str) -> Frame:
        today = self.device.clock().date().isoformat()
        completed = {
            "dailyrep": f"dailyrep|da{today}",
            "vatset": f"vatset|va{22 + self.clock.at.minute % 2}|vb8|vc5|vd0|ve100|da{today}",
            "monthlyrep": f"monthlyrep|da{today}|su1",
            "rtcset": f"rtcset|da{today},{(self.device.clock()).strftime('%H:%M')}",
        }
        return read_command(completed.get(text, text))

    @rule(text=st.sampled_from(COMMANDS), interface=st.sampled_from((1, 1, 1, 1, 2)))
    def command(self, text, interface):
        self.device.execute(self.frame(text), interface)

    @rule(way=st.sampled_from(WAYS), steps=st.integers(2, 9))
    def document(self, way, steps):
        for text in way[:steps]:
            self.device.execute(self.frame(text))

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes):
        self.clock.at += timedelta(minutes=minutes)

    @rule(
        text=st.sampled_from(COMMANDS),
        fuse=st.integers(1, 3),
        is_written=st.booleans(),
        is_lost=st.booleans(),
        ram_reset=st.sampled_from((False, False, False, True)),
    )
    def power_cut(self, text, fuse, is_written, is_lost, ram_reset):
        self.memory.fuse, self.memory.is_written = fuse, is_written
        with contextlib.suppress(Dead):
            self.device.execute(self.frame(text))
        self.revive(is_lost=is_lost, ram_reset=ram_reset)

    @rule(fuse=st.integers(1, 2), is_written=st.booleans())
    def power_cut_while_starting(self, fuse, is_written):
        self.revive(is_lost=False, fuse=fuse, is_written=is_written)

    def revive(self, *, is_lost, ram_reset=False, fuse=-1, is_written=False):
        kept = list(zip(self.memory.records, self.memory.durable, strict=True))
        while is_lost and kept and not kept[-1][1]:
            kept.pop()
        self.memory = Fused()
        for record, durable in kept:
            data = {key: value for key, value in record.items() if key not in {"n", "kind"}}
            self.memory.append(record["kind"], data, durable=durable)
        self.memory.fuse, self.memory.is_written = fuse, is_written
        try:
            self.device = self.switched_on(ram_reset=ram_reset)
        except Dead:
            self.revive(is_lost=False)
        self.memory.fuse = -1
        assert self.device.state is State.IDLE
        assert self.ask("strns")["to"] == "0"

    def ask(self, text: str) -> dict[str, str]:
        answer = self.device.execute(read_command(text))
        assert answer.error is None
        return dict(answer.fields)

    @invariant()
    def books_are_what_the_records_say(self):
        books = Books()
        for record in self.memory.records:
            books.apply(record)
        assert books == self.device.books

    @invariant()
    def counters_are_sums(self):
        counters, totals = self.ask("scnt"), self.ask("stot")
        day = self.of_the_day()
        count = {kind: sum(r["kind"] == kind for r in day) for kind in KINDS}
        for name, kind in KINDS.items():
            for where, field in kind:
                assert int((counters if where == "scnt" else totals)[field]) == count[name]
        if self.profile.counts_daily:
            assert int(counters["bt"]) == int(counters["bn"]) + int(counters["bc"])
        numbers = [r["number"] for r in day if r["kind"] in {"receipt", "cancelled"}]
        last = int(counters["bt"])
        assert numbers == list(range(last - len(numbers) + 1, last + 1))

    @invariant()
    def totals_are_sums(self):
        totals, day = self.ask("stot"), self.of_the_day()
        for prefix, kind in (("p", "receipt"), ("f", "invoice")):
            for index, letter in enumerate("abcdefg"):
                sold = sum(r["totals_gr"][index] for r in day if r["kind"] == kind)
                assert int(totals[prefix + letter]) == sold
        for field, kind in (("ct", "cancelled"), ("ft", "cancelled_invoice")):
            assert int(totals[field]) == sum(r["value_gr"] for r in day if r["kind"] == kind)

    @invariant()
    def printouts_are_numbered_signed_and_kept(self):
        printed = [r for r in self.memory.records if "header_no" in r]
        assert [r["header_no"] for r in printed] == list(range(1, len(printed) + 1))
        assert int(self.ask("scnt")["hn"]) == len(printed)
        assert len({r["signature"] for r in printed}) == len(printed)
        assert all(r["text"] for r in printed)

    @invariant()
    def what_is_open_is_told(self):
        answer, state = self.ask("strns"), self.device.state
        assert (answer["to"] == "1") is (state not in {State.IDLE, State.FORM})
        assert (answer["fe"] == "T") is (state is State.FOOTER)
        assert int(self.ask("scashstate")["cs"]) >= 0
        transaction = self.device.transaction
        if transaction:
            assert [int(answer["v" + letter]) for letter in "abcdefg"] == transaction.totals_gr
            assert min(transaction.totals_gr) >= 0

    @invariant()
    def reports_hold_what_the_day_had(self):
        reports = [r for r in self.memory.records if r["kind"] == "report"]
        assert len(reports) == len(self.device.books.reports) or not self.is_fiscal
        if not self.is_fiscal:
            return
        for report in reports:
            sold = [
                r["totals_gr"]
                for r in self.memory.records
                if r["kind"] == "receipt" and r["report_no"] == report["number"]
            ]
            if self.ask("sfsk")["cl"] != "0":  # a reset forgets the totals of its day
                continue
            sums = [sum(column) for column in zip(*sold, strict=True)] or [0] * 7
            assert report["totals_gr"] == sums

    def of_the_day(self) -> list[dict]:
        day: list[dict] = []
        for record in self.memory.records:
            if record["kind"] in {"report", "ram_reset"}:
                day = []
            else:
                day.append(record)
        return day


KINDS = {
    "receipt": (("scnt", "bn"), ("stot", "pn")),
    "cancelled": (("scnt", "bc"), ("stot", "cn")),
    "invoice": (("scnt", "fn"), ("stot", "fn")),
    "cancelled_invoice": (("scnt", "fc"), ("stot", "fl")),
}

TestPower = Power.TestCase
TestPower.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)


@pytest.mark.torture
def test_many_power_cuts():
    examples = int(os.environ.get("ROUNDS", "2000"))
    longer = settings(max_examples=examples, stateful_step_count=100, deadline=None)
    run_state_machine_as_test(Power, settings=longer)
