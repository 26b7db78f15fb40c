"""A queue of slips and its printer through whatever may happen, in any order."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from drivers.escpos import line as driver_line
from drivers.escpos import printer as driver
from hw_emulator.escpos import device as emulator
from terminal.paper.state import State
from tests.crash.mains import PowerCut
from tests.crash.slip_stand import Seconds, SlipStand, papers_of
from tests.terminal.paper.desk_of_slips import open_journal

NAMES_MAX = 8
SENSORS = ["paper_out", "cover_open", "cutter_failed", "overheated", "paper_low"]
FAULTS = ["silent:{0}:{1}", "paper-out:{0}", "cover:{0}", "power:{0}:{1}", "stale:0:12{0:02x}0f16"]


class SlipLife(RuleBasedStateMachine):
    """Tills come and go, the printer has its troubles, people answer; the paper must be right."""

    is_cheap = False

    def __init__(self) -> None:
        super().__init__()
        self.ends = ExitStack()
        folder = Path(tempfile.mkdtemp(prefix="slip-life-"))
        self.ends.callback(shutil.rmtree, folder)
        seconds = Seconds()
        for module in (driver_line, driver, emulator):
            self.ends.enter_context(patch.object(module, "time", seconds))
        (folder / "origin").mkdir()
        (folder / "stand").mkdir()
        with open_journal(folder / "origin"):
            pass
        self.stand = SlipStand(folder / "stand", folder / "origin", seconds, is_cheap=self.is_cheap)
        self.names: list[str] = []
        self.till = self.stand.switch_on().start()

    def teardown(self) -> None:
        try:
            self.stand.settle()
            assert self.stand.wrong(self.names, is_settled=True) == []
        finally:
            self.stand.clear()
            self.ends.close()

    # --- the till --------------------------------------------------------------------------------

    @rule(rows=st.sampled_from([1, 5, 40]))
    def queue(self, rows: int) -> None:
        if len(self.names) < NAMES_MAX:
            name = f"n{len(self.names)}"
            self.names.append(name)
            self.till.queue(name, rows)

    @rule()
    def tick(self) -> None:
        self.till.tick()

    @rule(at=st.integers(1, 40), in_peace=st.booleans())
    def power_cut(self, at: int, in_peace: bool) -> None:
        """The till dies within its next steps, with a slip in hand or not; another one starts."""
        mains = self.till.mains
        mains._cut_at = len(mains.touches) + at
        with contextlib.suppress(PowerCut):
            if in_peace or len(self.names) >= NAMES_MAX:
                self.till.tick()
            else:
                self.till.queue(f"n{len(self.names)}", 5)
        mains._cut_at = 0
        self.till = self.stand.switch_on().start()
        rows = self.till._db.execute("SELECT count(*) FROM slip").fetchone()[0]
        self.names += [f"n{number}" for number in range(len(self.names), rows)]

    # --- people ----------------------------------------------------------------------------------

    @rule()
    def print_again(self) -> None:
        self.till.answer("again")

    @rule()
    def look_at_the_paper(self) -> None:
        """Who says that a slip is there has seen it, whole."""
        papers = papers_of(self.stand.device.paper.text)
        for job in self.till.jobs(State.UNSURE):
            name = job.key.partition(":")[2]
            if any(is_whole for _, is_whole in papers.get(name, [])):
                self.till.slips.seen(job.id).result()

    @precondition(lambda self: self.names)
    @rule()
    def copy(self) -> None:
        for job in self.till.slips.jobs().result()[:1]:
            if job.state is State.PRINTED:
                self.till.slips.copy(job.id).result()

    # --- the printer -----------------------------------------------------------------------------

    @rule(sensor=st.sampled_from(SENSORS), on=st.booleans())
    def sensor(self, sensor: str, on: bool) -> None:
        self.stand.device.set_sensors(**{sensor: on})

    @rule(fault=st.sampled_from(FAULTS), at=st.integers(0, 250), much=st.integers(3, 30))
    def fault(self, fault: str, at: int, much: int) -> None:
        if len(self.stand.device.troubles.waiting) < 3:
            self.stand.device.add_trouble(fault.format(at, much))

    @rule()
    def printer_is_switched_off_and_on(self) -> None:
        self.stand.device.cut_power(2.0)

    @rule(left=st.integers(0, 1500))
    def line_will_break(self, left: int) -> None:
        self.till.wire.left = left

    @rule(after_s=st.floats(0.5, 30.0))
    def everything_is_put_right_soon(self, after_s: float) -> None:
        self.stand.change_paper_soon(after_s)

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert self.stand.wrong(self.names) == []


class CheapLife(SlipLife):
    """With a printer that neither clears nor confirms."""

    is_cheap = True


def life(machine: type[SlipLife], examples: int) -> type:
    case = machine.TestCase
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    return case


TestSlipLife = life(SlipLife, 25)


@pytest.mark.torture
@pytest.mark.timeout(7200)
class TestLongSlipLife(life(type("LongLife", (SlipLife,), {}), 2000)):
    """The same for hours."""
