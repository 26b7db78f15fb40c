"""The device side for the driver's tests: a small printer, a failing link, a clock by hand."""

from __future__ import annotations

import itertools
from collections import OrderedDict, deque
from enum import StrEnum

import pytest

from drivers.errors import Unreachable
from drivers.link import LinkLost
from drivers.posnet.frame import Frame, Malformed, Scanner, encode


class Fault(StrEnum):
    """What happens to one command or its answer."""

    CUT_BEFORE = "the line breaks before the first byte"
    CUT_WITHIN = "the line breaks after half of the bytes"
    CUT_AFTER = "the line breaks when the answer is read"
    LOSE_COMMAND = "the command never arrives"
    SPOIL_COMMAND = "the command arrives with a wrong checksum"
    NO_CHECKSUM = "the command arrives without its checksum"
    LOSE_ANSWER = "the answer never arrives"
    SPOIL_ANSWER = "the answer arrives with a wrong checksum"
    LATE_ANSWER = "the answer takes longer than the patience"
    DOUBLE_ANSWER = "the answer arrives twice"
    BLOCKED = "the paper ends, and somebody brings new"
    DIES = "carried out, then the device is silent for good"
    REFUSED = "the device refuses"
    HELD = "another interface holds the device, until it is asked again"


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


_INSIDE = frozenset({
    *("trline", "trdiscntline", "trdiscntvat", "trdiscntpromo", "trdiscntsubtot", "trdiscntbill"),
    *("showsubtotal", "trpack", "tradvance", "trnipset", "trpayment", "trpaymentcurr", "trend"),
})  # fmt: skip
_REFUSALS = {Fault.REFUSED: 2106, Fault.HELD: 41}
_BELOW = frozenset({"trftrln", "trftrend"})


class Printer:
    """Enough of a printer to notice a line that is missing, double or too late."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.scanner = Scanner()
        self.seen: list[Frame] = []
        self.done: list[Frame] = []
        self.waiting: deque[tuple[float, bytes]] = deque()
        self.kept: OrderedDict[str, Frame] = OrderedDict()
        self.free_at_s = 0.0
        self.paper_at_s = 0.0
        self.is_dead = False
        self.faults: dict[int, Fault] = {}
        self.unique_no = "ABC 2101000001"
        self.receipts = self.cancelled = self.reports = 0
        self.is_open = False
        self.is_footer_pending = False
        self.sum_gr = self.paid_gr = self.back_gr = self.out_gr = self.in_gr = 0
        self.day_gr = 0
        self.below: list[str] = []
        self.header = "&1Sklep&1"
        self.lines: list[str] = []
        self.mechanism = "0"
        self.model, self.version = "POSNET THERMAL XL2 ONLINE", "30.01"
        # What a command answers that this small printer has no method for.
        self.answers: dict[str, tuple[tuple[str, str], ...]] = {}

    def count(self) -> int:
        """How many commands came that stand in the queue (immediate ones and rpt do not count)."""
        return sum(1 for each in self.seen if not each.immediate and each.mnemonic != "rpt")

    def receive(self, data: bytes) -> None:
        for frame in self.scanner.feed(data):
            if self.is_dead:
                continue
            if isinstance(frame, Malformed):
                self.send(Frame("ERR", token=frame.token, error=frame.code))
            elif frame.immediate:
                self.send(self.immediate(frame.mnemonic))
            else:
                self.queue(frame)

    def queue(self, frame: Frame) -> None:
        number = self.count()
        self.seen.append(frame)
        if frame.mnemonic == "rpt":
            kept = self.kept.get(frame.token or "")
            missing = Frame("ERR", (("cm", "rpt"),), frame.token, 13)
            self.send(kept or missing, at_s=self.free_at_s)
            return
        fault = self.faults.pop(number, None)
        if fault is Fault.BLOCKED:
            self.free_at_s = self.paper_at_s = self.clock.now_s + 40
        if fault is Fault.LATE_ANSWER:
            self.free_at_s = self.clock.now_s + 17
        answer = self.carry_out(frame, _REFUSALS.get(fault, 0))
        self.keep(answer)
        if fault is Fault.DIES:
            self.is_dead = True
        elif fault is Fault.SPOIL_ANSWER:
            self.post(encode(answer)[:-5] + b"0000\x03", self.free_at_s)
        elif fault is not Fault.LOSE_ANSWER:
            self.send(answer, at_s=self.free_at_s)
            if fault is Fault.DOUBLE_ANSWER:
                self.send(answer, at_s=self.free_at_s)

    def keep(self, answer: Frame) -> None:
        if answer.token:
            self.kept[answer.token] = answer
            while len(self.kept) > 32:
                self.kept.popitem(last=False)

    def send(self, frame: Frame, at_s: float = 0.0) -> None:
        self.post(encode(frame), at_s)

    def post(self, data: bytes, at_s: float = 0.0) -> None:
        """Answers come in the order of their times, not of the questions."""
        self.waiting.append((max(at_s, self.clock.now_s), data))
        self.waiting = deque(sorted(self.waiting, key=lambda each: each[0]))

    def immediate(self, mnemonic: str) -> Frame:
        is_blocked = self.clock.now_s < self.paper_at_s
        if mnemonic == "sprn":
            return Frame("sprn", (("pr", "5" if is_blocked else self.mechanism),))
        if mnemonic != "sdev":
            return Frame(mnemonic, self.answers.get(mnemonic, ()))
        return Frame("sdev", (("ds", "0"), ("qe", "T"), ("pe", "T")))

    def carry_out(self, frame: Frame, refusal: int = 0) -> Frame:
        name = frame.mnemonic
        code = refusal or self.objection(frame)
        if code:
            return Frame(name, (), frame.token, code)
        self.done.append(frame)
        fields = self.answers.get(name) or getattr(self, name, lambda _: ())(frame) or ()
        return Frame(name, tuple(fields), frame.token)

    def objection(self, frame: Frame) -> int:
        name = frame.mnemonic
        if name in {"trinit", "trfvinit", "trpackinit"}:
            return 2038 if self.is_open else 0
        if name in _BELOW:
            return 0 if self.is_footer_pending else 2066
        if name in _INSIDE and not self.is_open:
            return 2005
        return self.sums_differ(frame) if name == "trend" else 0

    def sums_differ(self, frame: Frame) -> int:
        sums = (
            *(("to", self.sum_gr, 2805), ("op", self.out_gr, 2806), ("om", self.in_gr, 2807)),
            *(("fp", self.paid_gr, 2808), ("re", self.back_gr, 2809)),
        )
        for name, sum_gr, code in sums:
            if int(frame.get(name, str(sum_gr))) != sum_gr:
                return code
        return 0

    # One method a command, named as on the wire

    def sid(self, _: Frame) -> tuple[tuple[str, str], ...]:
        return ("nm", self.model), ("vr", self.version)

    def scomm(self, _: Frame) -> tuple[tuple[str, str], ...]:
        kind = "17" if self.is_open else "0"
        return (
            *(("fs", "T"), ("tz", "N"), ("ts", kind), ("hr", "T")),
            *(("nu", self.unique_no), ("td", "N")),
        )

    def scnt(self, _: Frame) -> tuple[tuple[str, str], ...]:
        return (
            *(("rd", str(self.reports)), ("hn", "55"), ("bn", str(self.receipts)), ("fn", "0")),
            *(("nu", self.unique_no), ("bc", str(self.cancelled)), ("bt", str(self.receipts))),
        )

    def stot(self, _: Frame) -> tuple[tuple[str, str], ...]:
        return *sevens("p", self.day_gr), ("ct", "70")

    def sfsk(self, _: Frame) -> tuple[tuple[str, str], ...]:
        return ("fs", "T"), ("cl", "3")

    def strns(self, _: Frame) -> tuple[tuple[str, str], ...]:
        return (
            *(("to", str(int(self.is_open))), ("ts", "17"), *sevens("v", self.sum_gr)),
            *(("re", str(self.back_gr)), ("fp", str(self.paid_gr)), ("fe", "N")),
        )

    def vatget(self, _: Frame) -> tuple[tuple[str, str], ...]:
        rates = ("23,00", "8,00", "5,00", "0,00", "101,00", "101,00", "100,00")
        return tuple(("v" + letter, rate) for letter, rate in zip("abcdefg", rates, strict=True))

    def rtcget(self, _: Frame) -> tuple[tuple[str, str], ...]:
        return ("da", "2026-10-09;11:48"), ("tm", "2026-10-09T11:48:15+02:00")

    def hdrget(self, _: Frame) -> tuple[tuple[str, str], ...]:
        return (("tx", self.header),)

    def hdrset(self, frame: Frame) -> None:
        self.header = frame.get("tx")

    def fmrecrd(self, frame: Frame) -> tuple[tuple[str, str], ...]:
        return (
            *(("da", "2026-10-09;11:44"), ("no", frame.get("no")), *sevens("f", 0)),
            *(*sevens("p", 4200), ("pn", "7"), ("ct", "150"), ("cn", "1")),
        )

    def trinit(self, _: Frame) -> None:
        self.is_open = True
        self.sum_gr = self.paid_gr = self.back_gr = self.out_gr = self.in_gr = 0

    trfvinit = trpackinit = trinit

    def trline(self, frame: Frame) -> None:
        off_gr = int(frame.get("rw", "0")) * (1 if frame.get("rd", "1") == "1" else -1)
        value_gr = int(frame.get("wa")) - off_gr
        self.sum_gr += -value_gr if frame.get("st") == "1" else value_gr

    def trdiscntbill(self, frame: Frame) -> None:
        is_off = (frame.get("rd", "1") == "1") is not (frame.get("st") == "1")
        self.sum_gr -= int(frame.get("rw")) * (1 if is_off else -1)

    trdiscntline = trdiscntvat = trdiscntpromo = trdiscntsubtot = trdiscntbill

    def tradvance(self, frame: Frame) -> None:
        self.sum_gr -= int(frame.get("pr")) * (-1 if frame.get("st") == "1" else 1)

    def trpack(self, frame: Frame) -> None:
        value_gr = int(frame.get("wa")) * (-1 if frame.get("st") == "1" else 1)
        if frame.get("ne") == "1":
            self.in_gr += value_gr
        else:
            self.out_gr += value_gr

    def trpayment(self, frame: Frame) -> None:
        if frame.get("re") == "1":
            self.back_gr += int(frame.get("wa"))
        else:
            self.paid_gr += int(frame.get("wa"))

    trpaymentcurr = trpayment

    def trend(self, frame: Frame) -> None:
        self.is_open = False
        self.is_footer_pending = frame.get("fe") == "0"
        self.receipts += 1
        self.day_gr += self.sum_gr

    def trftrln(self, frame: Frame) -> None:
        self.below.append(frame.get("na"))

    def trftrend(self, _: Frame) -> None:
        self.is_footer_pending = False

    def prncancel(self, _: Frame) -> None:
        self.cancelled += self.is_open
        self.is_open = False

    def dailyrep(self, _: Frame) -> None:
        self.reports += 1
        self.receipts = self.cancelled = self.day_gr = 0

    def formline(self, frame: Frame) -> None:
        self.lines.append(frame.get("s1"))


def sevens(letter: str, first_gr: int) -> tuple[tuple[str, str], ...]:
    return tuple((letter + each, str(first_gr if each == "a" else 0)) for each in "abcdefg")


def gone(*, may_have_sent: bool) -> LinkLost:
    return LinkLost("cut", may_have_sent=may_have_sent)


class FakeLink:
    """A line to a ``Printer`` on which the faults happen that concern the line."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self.is_broken = False
        self.is_closed = False

    def write(self, data: bytes) -> None:
        if self.is_broken or self.is_closed:
            raise gone(may_have_sent=False)
        faults, number = self.printer.faults, self.printer.count()
        is_queued = not data.startswith((b"\x02!", b"\x02rpt"))
        fault = faults.get(number) if is_queued else None
        match fault:
            case Fault.CUT_BEFORE:
                del faults[number]
                self.is_broken = True
                raise gone(may_have_sent=False)
            case Fault.CUT_WITHIN:
                del faults[number]
                self.is_broken = True
                self.printer.receive(data[: len(data) // 2])
                raise gone(may_have_sent=True)
            case Fault.CUT_AFTER:
                self.is_broken = True
                self.printer.receive(data)
            case Fault.LOSE_COMMAND:
                del faults[number]
            case Fault.SPOIL_COMMAND:
                del faults[number]
                self.printer.receive(data[:3] + bytes([data[3] ^ 1]) + data[4:])
            case Fault.NO_CHECKSUM:
                del faults[number]
                self.printer.receive(data[:-6] + data[-1:])
            case _:
                self.printer.receive(data)

    def read(self, timeout_s: float) -> bytes:
        if self.is_broken or self.is_closed:
            raise gone(may_have_sent=True)
        waiting, clock = self.printer.waiting, self.printer.clock
        if not waiting or waiting[0][0] > clock.now_s + timeout_s:
            clock.now_s += max(timeout_s, 0.0001)
            return b""
        # Half a millisecond for the way, or the clock would stand still.
        clock.now_s = max(clock.now_s + 0.0005, waiting[0][0])
        return waiting.popleft()[1]

    def drain(self) -> None:
        waiting, now_s = self.printer.waiting, self.printer.clock.now_s
        self.printer.waiting = deque(each for each in waiting if each[0] > now_s)

    def close(self) -> None:
        self.is_closed = True


class Counter:
    """A counter with one printer on it, and the links that were opened to it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.printer = Printer(self.clock)
        self.links: list[FakeLink] = []
        self.is_unplugged = False

    def open_link(self) -> FakeLink:
        if self.is_unplugged:
            reason = "unplugged"
            raise Unreachable(reason)
        self.printer.scanner.reset()
        self.printer.waiting.clear()
        self.links.append(FakeLink(self.printer))
        return self.links[-1]

    def fail(self, position: int, fault: Fault) -> None:
        """Let ``fault`` befall the command that comes ``position`` commands from now."""
        self.printer.faults[self.printer.count() + position] = fault

    def sent(self) -> dict[str, int]:
        """How often each token was seen on a queued command."""
        tokens = [each.token or "" for each in self.printer.seen if each.mnemonic != "rpt"]
        return {token: len(list(group)) for token, group in itertools.groupby(sorted(tokens))}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    made = Counter()
    monkeypatch.setattr("drivers.posnet.line.time", made.clock)
    return made


@pytest.fixture
def faults() -> type[Fault]:
    return Fault
