from __future__ import annotations

import pytest

from drivers.errors import Refused, Unreachable, Why
from drivers.link import LinkLost
from drivers.posnet.commands import call
from drivers.posnet.generation import Generation
from drivers.posnet.session import Session


@pytest.mark.parametrize(
    ("model", "version", "clock", "expected"),
    [
        ("POSNET THERMAL XL2 ONLINE", "30.01", (), Generation.ONLINE),
        ("SKLEP", "31.01", (), Generation.ONLINE),
        ("SKLEP", "1", (("da", "2026-10-09;11:48"),), Generation.OLD),
        (
            "SKLEP",
            "1",
            (("da", "2026-10-09;11:48"), ("tm", "2026-10-09T11:48:15+02:00")),
            Generation.ONLINE,
        ),
    ],
)
def test_the_generation_is_recognised(counter, model, version, clock, expected):
    counter.printer.model, counter.printer.version = model, version
    counter.printer.answers["rtcget"] = clock
    session = Session(counter.open_link)
    session.connect()
    assert session.generation is expected
    asked = [frame.mnemonic for frame in counter.printer.seen]
    assert asked == ["sid", "scomm"] + ["rtcget"] * (model == "SKLEP" and version == "1")


@pytest.mark.parametrize("generation", Generation)
def test_what_is_configured_is_not_asked(counter, generation):
    counter.printer.model = counter.printer.version = "SKLEP"
    session = Session(counter.open_link, generation=generation)
    session.connect()
    assert session.generation is generation
    assert [frame.mnemonic for frame in counter.printer.seen] == ["sid", "scomm"]


def test_the_other_interface_is_waited_for(counter):
    printer = counter.printer
    session = Session(counter.open_link)
    session.connect()
    objections = iter([41, 41])
    printer.objection = lambda _: next(objections, 0)
    (scnt,) = session.ask(call("scnt"))
    assert scnt.number("bn") == 0
    assert 2 <= counter.clock.now_s - 100 < 4
    assert len({frame.token for frame in printer.seen if frame.mnemonic == "scnt"}) == 3


def test_the_other_interface_does_not_let_go(counter):
    session = Session(counter.open_link)
    session.connect()
    counter.printer.objection = lambda _: 41
    with pytest.raises(Refused) as caught:
        session.ask(call("scnt"))
    assert caught.value.why is Why.BUSY
    assert 30 <= counter.clock.now_s - 100 < 35


def test_past_the_queue(counter):
    session = Session(counter.open_link)
    session.connect()
    counter.printer.answers["sdrwr"] = (("ds", "1"), ("ks", "2"))
    (sdrwr,) = session.ask_now(call("sdrwr"))
    assert sdrwr.number("ds") == 1
    counter.printer.is_dead = True
    with pytest.raises(Unreachable, match="sdrwr"):
        session.ask_now(call("sdrwr"))
    assert counter.links[-1].is_closed


def test_an_interruption_concerns_only_what_is_waited_for(counter):
    session = Session(counter.open_link)
    session.connect()
    session.interrupt()
    session.ask(call("ecprndoc", ty=0, fn=1, tn=1))
    assert not any(frame.immediate for frame in counter.printer.seen)


def test_a_line_that_breaks_whenever_it_is_opened(counter):
    session = Session(counter.open_link)
    session.connect()

    def hang_up() -> None:
        reason = "hung up"
        raise LinkLost(reason, may_have_sent=False)

    counter.links[-1].is_broken = True
    counter.links[-1].drain = hang_up
    opened = counter.open_link

    def open_and_break():
        link, began = opened(), iter([True])

        def drain() -> None:
            if not next(began, False):  # who is there is answered, then it breaks
                hang_up()

        link.drain = drain
        return link

    session._link_factory = open_and_break
    with pytest.raises(Unreachable, match="whenever"):
        session.ask(call("scnt"))
    assert 2 <= len(counter.links) <= 5


def test_nobody_answers_what_kind_it_is(counter, faults):
    counter.printer.model = counter.printer.version = "SKLEP"
    counter.fail(2, faults.DIES)
    session = Session(counter.open_link)
    with pytest.raises(Unreachable):
        session.connect()
    counter.printer.is_dead = False
    counter.printer.answers["rtcget"] = (("da", "2026-10-09;11:48"),)
    session.ask(call("scnt"))
    assert session.generation is Generation.OLD


def test_a_printer_keeps_its_kind_whatever_a_later_answer_calls_it(counter):
    session = Session(counter.open_link)
    session.connect()
    counter.printer.model, counter.printer.version = "SKLEP", "1"
    counter.printer.answers["rtcget"] = (("da", "2026-10-09;11:48"),)
    session.close()
    session.ask(call("scnt"))
    assert session.generation is Generation.ONLINE
    session.connect()  # asked for by name, it is looked at anew
    assert session.generation is Generation.OLD
