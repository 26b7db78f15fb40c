"""Meeting a printer, keeping to it, and writing down what must outlive the program."""

from __future__ import annotations

import time

import pytest

from drivers.errors import InDoubt, NotDone, Refused, Unreachable
from drivers.fiscal import NO_TOTALS, Mechanism
from drivers.link import LinkLost, open_link
from drivers.novitus import commands
from drivers.novitus.conversation import Conversation
from drivers.novitus.line import Line
from drivers.novitus.notebook import Confirmed, Notebook
from drivers.novitus.packet import Packet
from drivers.novitus.watch import Timings
from hw_emulator.host import start_novitus
from hw_emulator.novitus.device import Mechanism as Device

PRINTOUT = commands.printout(("Zmiana",))
QUICK = Timings(reply_s=0.3, poll_s=0.05, silence_s=1.0)


@pytest.fixture
def switch_on():
    """Start printers on one port, one after the other; whatever was started is stopped."""
    started = []

    def start(memory=None, **options):
        port = int(started[0].tcp.rpartition(":")[2]) if started else None
        started.append(start_novitus(memory, tcp=port, **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()


def reach(running, notebook=None, timings=None, on_wait=None) -> Conversation:
    line = Line(lambda: open_link(running.url), "printer", time.sleep)
    return Conversation(line, notebook or Notebook(), timings or Timings(), on_wait)


def test_who_is_there(switch_on):
    talk = reach(switch_on())
    identity = talk.meet()
    assert (identity.model, identity.version) == ("POINT", "1.01")
    assert identity.unique_no == "ZBN2101000001"
    assert talk.last_confirmed is None, "questions are not worth remembering"
    talk.leave()


def test_nobody_there(switch_on):
    printer = switch_on()
    printer.stop()
    with pytest.raises(Unreachable):
        reach(printer, timings=QUICK).meet()


def test_another_printer_on_the_same_address(switch_on):
    first = switch_on()
    talk = reach(first)
    talk.meet()
    first.stop()
    switch_on(unique_no="ZBN9999999999")
    with pytest.raises(Unreachable, match="ZBN9999999999 answers instead of ZBN2101000001"):
        talk.print("nf_printout", PRINTOUT)
    with pytest.raises(Unreachable):
        talk.look()
    assert talk.meet().unique_no == "ZBN9999999999", "whoever meets it takes it"
    talk.print("nf_printout", PRINTOUT)
    talk.leave()


class Swapping:
    """A link on which the first storing gets no answer, and the printer behind it is changed."""

    def __init__(self, link, swap) -> None:
        self.link, self.swap = link, swap
        self.close, self.drain = link.close, link.drain

    def write(self, data: bytes) -> None:
        if self.swap and data.startswith(b"POST /api/v1/nf_printout "):
            self.swap()
            raise LinkLost("gone", may_have_sent=True)  # noqa: EM101
        self.link.write(data)

    def read(self, timeout_s: float) -> bytes:
        return self.link.read(timeout_s)


@pytest.mark.parametrize("unique_no", ["ZBN9999999999", "ZBN2101000001"])
def test_a_printer_that_is_changed_while_a_document_is_stored(switch_on, unique_no):
    """The second one takes the document readily; only its number tells who it is."""
    printers = [switch_on()]

    def swap() -> None:
        printers[0].stop()
        printers.append(switch_on(unique_no=unique_no))

    links = iter([swap, *[None] * 9])
    line = Line(lambda: Swapping(open_link(printers[0].url), next(links)), "printer", time.sleep)
    talk = Conversation(line, Notebook(), Timings(), None)
    talk.meet()
    if unique_no == "ZBN2101000001":
        talk.print("nf_printout", PRINTOUT)
    else:
        with pytest.raises(Unreachable, match="answers instead of"):
            talk.print("nf_printout", PRINTOUT)
    printed = printers[1].memory().books.header_no
    assert printed == (unique_no == "ZBN2101000001")
    talk.leave()


class OneAnswer:
    """A link to a printer that hangs up after each answer, as HTTP servers may."""

    def __init__(self, link) -> None:
        self.link = link
        self.write, self.close = link.write, link.close
        self.is_over = False

    def read(self, timeout_s: float) -> bytes:
        if self.is_over:
            raise LinkLost("gone", may_have_sent=True)  # noqa: EM101
        data = self.link.read(timeout_s)
        self.is_over = bool(data)
        return data

    def drain(self) -> None:
        self.read(0.0)


def test_a_printer_that_hangs_up_after_each_answer(switch_on):
    printer = switch_on()
    line = Line(lambda: OneAnswer(open_link(printer.url)), "printer", time.sleep)
    talk = Conversation(line, Notebook(), Timings(), None)
    assert talk.meet().unique_no == "ZBN2101000001"
    talk.print("nf_printout", PRINTOUT)
    _, last_document = talk.look()
    assert last_document == 1
    talk.leave()


def test_a_document_is_written_down_before_it_is_confirmed(switch_on, tmp_path):
    printer = switch_on()
    talk = reach(printer, Notebook(tmp_path / "n.json"))
    printer.faults.add("refuse:nf_printout-put:1:409")
    with pytest.raises(Refused):
        talk.print("nf_printout", PRINTOUT, mark=7)
    confirmed = Notebook(tmp_path / "n.json").page.confirmed
    assert (confirmed.kind, confirmed.mark) == ("nf_printout", 7)
    assert confirmed.number == printer.jobs()[-1].number
    talk.leave()


def test_without_a_place_to_write_nothing_is_printed(switch_on, tmp_path):
    printer = switch_on()
    folder = tmp_path / "folder"
    folder.mkdir()
    talk = reach(printer, Notebook(folder / "n.json"))
    talk.meet()
    (folder / "n.json").unlink()
    folder.rmdir()
    with pytest.raises(NotDone, match="could not be written down"):
        talk.print("nf_printout", PRINTOUT)
    assert printer.memory().books.header_no == 0
    talk.leave()


def test_the_token_is_used_again_by_the_next_run(switch_on, tmp_path):
    printer = switch_on()
    for _ in range(15):  # more than the ten an hour
        talk = reach(printer, Notebook(tmp_path / "n.json"))
        talk.meet()
        talk.leave()
    assert len(printer.station._interface.tokens._given) == 1


def test_a_printer_that_was_switched_off_and_on(switch_on, tmp_path):
    printer = switch_on(tmp_path / "m")
    talk = reach(printer)
    talk.meet()
    printer.stop()
    switch_on(tmp_path / "m")
    talk.print("nf_printout", PRINTOUT)
    talk.leave()


def test_meeting_waits_for_what_waits_for_paper(switch_on, tmp_path):
    printer = switch_on()
    talk = reach(printer, Notebook(tmp_path / "n.json"), Timings(poll_s=0.02, blocked_max_s=0.1))
    talk.meet()
    printer.set_mechanism(Device.NO_PAPER)
    with pytest.raises(InDoubt, match="nobody came"):
        talk.print("nf_printout", PRINTOUT)
    talk.leave()
    told = []

    def bring_paper(status) -> None:
        told.append(status.mechanism)
        printer.set_mechanism()

    again = reach(printer, Notebook(tmp_path / "n.json"), Timings(poll_s=0.02), bring_paper)
    again.meet()
    assert set(told) == {Mechanism.NO_PAPER}
    assert printer.memory().books.header_no == 1
    again.leave()


def test_meeting_fails_while_nobody_brings_paper(switch_on, tmp_path):
    printer = switch_on()
    short = Timings(poll_s=0.02, blocked_max_s=0.1)
    talk = reach(printer, Notebook(tmp_path / "n.json"), short)
    talk.meet()
    printer.set_mechanism(Device.NO_PAPER)
    with pytest.raises(InDoubt):
        talk.print("nf_printout", PRINTOUT)
    with pytest.raises(Unreachable, match="nobody came"):
        talk.meet()
    talk.leave()


def test_meeting_drops_what_was_never_confirmed(switch_on):
    printer = switch_on(faults=["lose:nf_printout-post:1"])
    talk = reach(printer, timings=QUICK)
    talk.print("nf_printout", PRINTOUT)
    assert [job.kind for job in printer.jobs() if job.state == "STORED"] == []
    printer.station.jobs.store("nf_printout", PRINTOUT, 1)
    talk.meet()
    assert [job.kind for job in printer.jobs() if job.state == "STORED"] == []
    talk.leave()


def test_a_confirmed_document_that_is_forgotten_has_ended(switch_on, tmp_path):
    notebook = Notebook(tmp_path / "n.json")
    notebook.write(confirmed=Confirmed("receipt", "0" * 32, 5))
    talk = reach(switch_on(), notebook)
    assert talk.meet().unique_no == "ZBN2101000001"
    talk.leave()


def test_packets(switch_on):
    printer = switch_on()
    talk = reach(printer)
    assert talk.question(Packet("#v")).texts == "POINT/1.01"
    talk.order(commands.cash(500))
    assert printer.memory().books.cash_gr == 500
    assert talk.last_confirmed.kind == "direct_io"
    with pytest.raises(Refused) as caught:
        talk.order(Packet("$x", "0"))
    assert caught.value.code == 1023
    with pytest.raises(InDoubt, match="no packet answers"):
        talk.question(commands.DRAWER)
    talk.leave()


def test_a_picture_is_written_down(switch_on, tmp_path):
    printer = switch_on()
    talk = reach(printer, Notebook(tmp_path / "n.json"))
    tally, last_document = talk.look()
    assert (tally.picture.totals_gr, tally.receipts, last_document) == (NO_TOTALS, 0, 0)
    assert Notebook(tmp_path / "n.json").page.tally == tally
    talk.leave()


def test_a_picture_without_a_report_in_the_middle(switch_on):
    """A report while the picture is taken: its parts must not come from two days."""
    printer = switch_on()
    talk = reach(printer)
    talk.meet()
    seen = []

    def midnight_comes(packet):
        printer.station.midnight()
        seen.append(packet)
        return question(packet)

    question, talk.question = talk.question, midnight_comes
    with pytest.raises(InDoubt, match="one daily report after another"):
        talk.look()
    assert len(seen) == 3
    talk.question = lambda packet: midnight_comes(packet) if len(seen) < 5 else question(packet)
    tally, _ = talk.look()
    assert tally.picture.reports == 5
    talk.leave()


def test_answers_that_lack_what_was_asked(switch_on):
    talk = reach(switch_on())
    talk.meet()
    with pytest.raises(Refused):
        talk.status_of("weather")
    talk.leave()
