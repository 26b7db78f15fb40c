"""What can be done to a fiscal printer by hand: sensors, keys, clock, memory. No I/O."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from hw_emulator.posnet.conditions import Condition
from hw_emulator.posnet.device import Mechanism
from hw_emulator.posnet.outside_words import outside_words
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    from hw_emulator.posnet.model import RunningPosnet
    from hw_emulator.words import Request

_STATES = tuple(state.name for state in Mechanism)


def words(running: RunningPosnet) -> list[Word]:
    """All words of its own."""
    return [
        *_mechanism(running),
        *_case(running),
        *_course(running),
        *_records(running),
        *_queue(running),
        *outside_words(lambda: running.device),
    ]


def _mechanism(running: RunningPosnet) -> list[Word]:
    station = running.station

    def paper(*, out: bool) -> None:
        station.set_mechanism(Mechanism.NO_PAPER if out else Mechanism.OK)

    def cover(*, open: bool) -> None:  # noqa: A002 - the word in JSON
        station.set_mechanism(Mechanism.COVER if open else Mechanism.OK)

    def mechanism(state: str) -> None:
        station.set_mechanism(Mechanism[state])

    out = Detail("out", bool, "whether it is out")
    is_open = Detail("open", bool, "whether it is open")
    state = Detail("state", str, "what it is in", one_of=_STATES)
    return [
        Word("paper", "take the paper out or put it back", paper, (out,)),
        Word("cover", "open or close the cover", cover, (is_open,)),
        Word("mechanism", "set the state of the printing mechanism", mechanism, (state,)),
    ]


def _case(running: RunningPosnet) -> list[Word]:
    def paper_low(*, low: bool) -> None:
        running.device.paper_low = low

    def drawer(*, open: bool) -> None:  # noqa: A002 - the word in JSON
        running.device.drawer_open = open

    def condition(name: str, *, on: bool) -> Request:
        conditions = running.device.conditions
        if name:
            (conditions.add if on else conditions.discard)(Condition(name))
        return {"conditions": sorted(conditions)}

    low = Detail("low", bool, "whether it is low")
    is_open = Detail("open", bool, "whether it is open")
    name = Detail("name", str, "what; empty changes nothing", "", ("", *Condition))
    on = Detail("on", bool, "whether it holds", default=True)
    key = Detail("key", str, "which one", "ok", ("ok", "cancel"))
    return [
        Word("paper-low", "let the paper come near its end", paper_low, (low,)),
        Word("drawer", "open or close the drawer", drawer, (is_open,)),
        Word("condition", "keep it from selling, and tell why", condition, (name, on)),
        Word("key", "press a key on the printer", running.station.press, (key,)),
    ]


def _course(running: RunningPosnet) -> list[Word]:
    def clock(jump_s: int, to: str) -> Request:
        device = running.device
        if to:
            there = datetime.fromisoformat(to)
            jump_s += round((there - device.clock().replace(tzinfo=there.tzinfo)).total_seconds())
        device.jump(jump_s)
        return {"clock": device.moment()}

    def hold(interface: int) -> None:
        running.device.held_by = interface

    jump_s = Detail("jump_s", int, "seconds to jump, may be negative", 0)
    to = Detail("to", str, "date and time to be at, such as 2026-10-09T23:59", "")
    interface = Detail("interface", int, "1 or 2; 0 is nobody")
    return [
        Word("clock", "let the clock jump, and tell it", clock, (jump_s, to)),
        Word("hold", "let an interface hold the transaction", hold, (interface,)),
        Word("midnight", "let it make a daily report by itself", running.station.midnight),
    ]


def _records(running: RunningPosnet) -> list[Word]:
    def records(since: int) -> Request:
        return {"records": running.device.memory.records[max(0, since) :]}

    def counters() -> Request:
        books = running.device.books
        names = ("unique_no", "header_no", "receipt_no", "next_report_no", "ram_resets", "cash_gr")
        told = {name: getattr(books, name) for name in names}
        return {"counters": {**told, "reports": len(books.reports), "day": asdict(books.day)}}

    def state() -> Request:
        device = running.device
        return {
            "is_on": running.station.is_on,
            "state": device.state.name,
            "mechanism": device.mechanism.name,
            "waits_for": device.waiting.name if device.waiting else "",
            "held_by": device.owner,
            "paper_low": device.paper_low,
            "drawer_open": device.drawer_open,
        }

    since = Detail("since", int, "only those after this number", 0)
    return [
        Word("memory", "give the fiscal memory, sorted", lambda: asdict(running.memory())),
        Word("records", "give the fiscal memory record by record", records, (since,)),
        Word("counters", "tell counters and totals of the day", counters),
        Word("state", "tell what the device is doing and what was done to it", state),
    ]


def _queue(running: RunningPosnet) -> list[Word]:
    def queue(queue_max: int, buffer_max: int) -> Request:
        station = running.station
        station.queue_max = queue_max or station.queue_max
        station.buffer_max = buffer_max or station.buffer_max
        commands, size = station.waiting
        limits = {"queue_max": station.queue_max, "buffer_max": station.buffer_max}
        return {"commands": commands, "bytes": size, "is_idle": station.is_idle, **limits}

    most = Detail("queue_max", int, "commands that may wait (error 14); 0 leaves it", 0)
    bytes_ = Detail("buffer_max", int, "bytes that may wait (error 11); 0 leaves it", 0)
    return [Word("queue", "tell what is waiting, and change what may wait", queue, (most, bytes_))]
