from __future__ import annotations

import pytest

from drivers.errors import InDoubt, NotReady, Unreachable
from drivers.escpos import line
from drivers.escpos import printer as under_test
from drivers.escpos.printer import EscposPrinter
from drivers.escpos.render import kick, render
from drivers.escpos.setup import Ask, Setup, fit
from drivers.paper import Fault, Halted, Kind, PaperState, PaperStatus, Row, Slip, Unprintable
from tests.drivers.escpos.fake_device import CLEAR, COVER, CUTTER, FINE, LOW, NO_PAPER, Device

SLIP = Slip("Raport", tuple(Row(f"linia {number}") for number in range(120)))
SHORT = Slip("Kwit", (Row("a"),))
FITTING = fit(Setup(profile="TM-T20II"))
DATA = render(SLIP, FITTING)
WELL = PaperStatus(True, PaperState.OK, False, True, Fault.NONE)


@pytest.fixture
def device(monkeypatch) -> Device:
    made = Device()
    monkeypatch.setattr(under_test, "time", made)
    monkeypatch.setattr(line, "time", made)
    return made


def printer(device, **options):
    setup = options.pop("setup", None)
    return EscposPrinter(device.open_link, fit(setup) if setup else FITTING, **options)


def halted(device, one, slip=SLIP) -> Halted:
    with pytest.raises(Halted) as caught:
        one.print_slip(slip)
    assert caught.value.size == len(render(slip, FITTING))
    return caught.value


def test_status(device):
    one = printer(device)
    assert one.status() == WELL
    device.sensors = NO_PAPER
    assert one.status() == PaperStatus(False, PaperState.OUT, False, True, Fault.NONE)
    device.sensors = CUTTER
    assert one.status().fault is Fault.CUTTER
    assert device.opened == 1
    one.close()
    one.close()
    assert device.closed == 1


def test_a_dead_printer_is_unknown_and_costs_one_wait(device):
    device.sensors = None
    status = printer(device, answer_s=0.5).status()
    assert status == PaperStatus(None, PaperState.UNKNOWN)
    assert device.now_s == pytest.approx(0.5)


def test_stale_bytes_are_no_answer(device):
    one = printer(device)
    one.status()
    device.waiting = b"\x72\x72\x72"
    assert one.status().paper is PaperState.OK


def test_a_late_answer_is_not_taken_for_the_next_one(device):
    one = printer(device, answer_s=0.5)
    device.sensors = None
    one.status()
    # The answer to the first question comes while the next operation waits for silence.
    device.sensors = FINE
    reads = device.read

    def read(timeout_s):
        device.read = reads
        return b"\x72"

    device.read = read
    assert one.status().paper is PaperState.OK


def test_a_slip_goes_out_whole_in_small_chunks(device):
    printer(device).print_slip(SLIP)
    assert device.printed == DATA
    assert len(device.chunks) > 2
    assert max(device.chunks) <= 512


@pytest.mark.parametrize(
    ("sensors", "reason"),
    [
        (NO_PAPER, "paper"),
        (COVER, "cover"),
        (CUTTER, "cutter"),
        (FINE | {1: 0x1A}, "offline"),
    ],
)
def test_not_ready_before_anything_is_sent(device, sensors, reason):
    device.sensors = sensors
    with pytest.raises(NotReady) as caught:
        printer(device).print_slip(SLIP)
    assert caught.value.reason == reason
    assert device.printed == b""


def test_low_paper_still_prints(device):
    device.sensors = LOW
    printer(device).print_slip(SLIP)
    assert device.printed


def test_nothing_is_sent_to_a_silent_printer(device):
    """It may be switched off: a serial line takes everything all the same."""
    device.sensors = None
    with pytest.raises(NotReady, match="silent"):
        printer(device).print_slip(SLIP)
    assert device.printed == b""


def test_a_printer_that_must_not_be_asked_is_not_and_still_prints(device):
    one = printer(device, setup=Setup(profile="TM-T20II", status=Ask.NONE))
    one.print_slip(SLIP)
    assert device.printed == DATA
    assert b"".join(device.written) == DATA
    assert device.now_s == 0.0
    assert not one.answers
    one.distrust()
    one.print_slip(SHORT)
    assert device.now_s == 0.0


@pytest.mark.parametrize(
    ("at", "sensors", "reason"),
    [(1, NO_PAPER, "paper"), (2, COVER, "cover"), (1, None, "silent"), (2, CUTTER, "cutter")],
)
def test_a_slip_stops_at_once_and_says_how_far_it_came(device, at, sensors, reason):
    """One chunk is under way while the question behind the last one is answered."""
    device.script = {at: sensors}
    found = halted(device, printer(device))
    assert (found.reason, found.sent) == (reason, len(device.printed))
    assert len(device.chunks) == at + 1


def test_a_moment_off_line_does_not_stop_a_slip(device):
    device.script = {1: FINE | {1: 0x1A}}
    asked = device.write

    def write(data):
        asked(data)
        device.sensors = FINE

    device.write = write
    printer(device).print_slip(SLIP)
    assert device.printed == DATA


def test_what_was_sent_whole_is_waited_for_while_the_paper_is_changed(device):
    told = []
    device.script = {1: NO_PAPER}
    device.later = [(5.0, FINE)]
    printer(device, on_wait=told.append).print_slip(SHORT)
    assert [status.paper for status in told] == [PaperState.OUT, PaperState.OK][: len(told)]
    assert told


def test_but_not_for_ever(device):
    device.script = {1: NO_PAPER}
    found = halted(device, printer(device, paper_s=30.0), SHORT)
    assert (found.reason, found.sent) == ("paper", found.size)
    assert device.now_s < 40.0


def test_a_printer_that_lost_the_slip_with_its_power_is_found_out(device):
    """On line again, but the question at the end is gone with the rest of its buffer."""
    device.script = {1: NO_PAPER}
    device.later = [(5.0, FINE)]
    device.go_on = lambda: None
    one = printer(device)
    one._confirms = True
    found = halted(device, one, SHORT)
    assert (found.reason, found.sent) == ("silent", found.size)


@pytest.mark.parametrize(("sensors", "reason"), [(NO_PAPER, "paper"), (None, "silent")])
def test_a_printer_that_confirms_nothing_is_asked_at_the_end(device, sensors, reason):
    device.confirms = False
    one = printer(device)
    one.print_slip(SHORT)
    device.script = {2: sensors}
    assert halted(device, one, SHORT).reason == reason


def test_after_half_a_slip_the_buffers_are_cleared_before_the_next(device):
    device.script = {1: NO_PAPER}
    one = printer(device)
    halted(device, one)
    device.sensors, device.script, device.written, device.printed = FINE, {}, [], b""
    one.print_slip(SHORT)
    clear = next(at for at, data in enumerate(device.written) if data.endswith(CLEAR))
    first = next(at for at, data in enumerate(device.written) if data.startswith(b"\x1b@"))
    assert clear < first
    assert device.printed == render(SHORT, FITTING)
    device.written = []
    one.print_slip(SHORT)
    assert not any(data.endswith(CLEAR) for data in device.written)


def test_a_printer_that_cannot_clear_is_given_what_it_waits_for(device):
    device.clears = False
    device.script = {1: NO_PAPER}
    one = printer(device)
    halted(device, one)
    device.sensors, device.script, device.written = FINE, {}, []
    one.print_slip(SHORT)
    padding = b"".join(data for data in device.written if data and not data.strip(b"\x00"))
    assert 0 < len(padding) <= 512


def test_a_till_that_was_restarted_distrusts_the_printer(device):
    device.clears = False
    one = printer(device)
    one.distrust()
    one.print_slip(SHORT)
    padding = b"".join(data for data in device.written if data and not data.strip(b"\x00"))
    assert len(padding) == FITTING.piece_max


def test_a_printer_that_confirmed_once_must_confirm_before_it_gets_more(device):
    """It is printing what it was given before: what comes now would come out behind it."""
    one = printer(device)
    one.print_slip(SHORT)
    one.distrust()
    device.go_on = lambda: None
    device.printed = b""
    with pytest.raises(NotReady, match="busy"):
        one.print_slip(SHORT)
    assert device.printed == b""


@pytest.mark.parametrize(
    ("break_at", "may_have_sent", "expected"),
    [(0, False, Unreachable), (0, True, InDoubt), (1, False, InDoubt), (2, True, InDoubt)],
)
def test_the_line_breaks_within_the_slip(device, break_at, may_have_sent, expected):
    device.break_at, device.may_have_sent = break_at, may_have_sent
    one = printer(device)
    with pytest.raises(expected):
        one.print_slip(SLIP)
    assert device.closed == 1
    device.break_at, device.printed = -1, b""
    one.print_slip(SLIP)
    assert device.printed == DATA
    assert device.opened == 2


def test_a_line_that_broke_unnoticed_is_opened_anew(device):
    one = printer(device)
    one.status()
    device.is_broken = True
    assert one.status().is_online
    assert device.opened == 2


@pytest.mark.parametrize("verb", ["status", "print_slip", "open_drawer"])
def test_the_line_breaks_before_anything_is_at_stake(device, verb):
    one = printer(device)
    device.write = lambda _: device.fail(may_have_sent=True)
    with pytest.raises(Unreachable):
        getattr(one, verb)(*[SHORT][: verb == "print_slip"])
    assert device.closed == 1


def test_the_line_breaks_after_the_slip(device):
    asked = device.write

    def write(data):
        asked(data)
        device.is_broken = data.endswith(b"\x1dV\x00")

    device.write = write
    found = halted(device, printer(device))
    assert (found.reason, found.sent) == ("line", found.size)


def test_reports_are_asked_for_again_after_every_slip(device):
    one = printer(device, setup=Setup(profile="TM-T20II", status=Ask.REPORT))
    one.print_slip(SHORT)
    assert device.written[0] == device.written[-1] == b"\x1da\x0f"


def test_a_report_that_cannot_be_asked_for_leaves_the_slip_printed(device):
    one = printer(device, setup=Setup(profile="TM-T20II", status=Ask.REPORT))
    asked = device.write

    def write(data):
        if data == b"\x1da\x0f" and device.printed:
            device.fail(may_have_sent=False)
        asked(data)

    device.write = write
    one.print_slip(SHORT)
    assert device.closed == 1


def test_a_report_between_two_chunks_stops_the_slip(device):
    """The printer tells of its paper before it goes off line."""
    one = printer(device)
    print_chunk = device.print

    def report(data):
        print_chunk(data)
        device.answer(b"\x1c\x00\x0f\x0f")
        device.sensors = FINE | {4: 0x72}

    device.print = report
    assert halted(device, one).reason == "paper"


def test_drawer(device):
    printer(device).open_drawer()
    assert device.printed == kick(FITTING)


def test_a_printer_without_paper_opens_the_drawer_at_once(device):
    device.sensors = NO_PAPER
    printer(device, setup=Setup(drawer_pin=5, drawer_ms=250)).open_drawer()
    assert device.written[-1] == b"\x10\x14\x01\x01\x03"
    printer(device, setup=Setup(drawer_ms=2)).open_drawer()
    assert device.written[-1] == b"\x10\x14\x01\x00\x01"


@pytest.mark.parametrize(("may_have_sent", "expected"), [(True, InDoubt), (False, Unreachable)])
def test_the_line_breaks_at_the_drawer(device, may_have_sent, expected):
    one = printer(device)
    one.status()
    device.break_at, device.may_have_sent = 0, may_have_sent
    with pytest.raises(expected):
        one.open_drawer()


@pytest.mark.parametrize(
    ("row", "said"),
    [(Row("x" * 30, kind=Kind.BARCODE), "code of more"), (Row(None), "TypeError")],
)
def test_a_slip_that_no_printer_prints_is_refused_before_the_line_is_touched(device, row, said):
    with pytest.raises(Unprintable, match=said):
        printer(device).print_slip(Slip("", (row,)))
    assert device.opened == 0


def test_no_printer_at_all():
    def open_link() -> Device:
        reason = "no port"
        raise Unreachable(reason)

    with pytest.raises(Unreachable):
        EscposPrinter(open_link, FITTING).print_slip(SLIP)
