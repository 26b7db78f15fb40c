"""What happens to slips while the power may go; each takes the stand and the till."""

from __future__ import annotations

from tests.crash.mains import PowerCut

LONG = 40


def all_well(_stand, till):
    till.queue("one")
    till.queue("two")
    till.queue("one")


def paper_ends_before(stand, till):
    stand.device.set_sensors(paper_out=True)
    till.queue("one")
    stand.change_paper()
    till.tick()


def paper_ends_within(stand, till):
    stand.device.add_trouble("paper-out:600")
    till.queue("one", LONG)
    stand.change_paper()
    till.queue("two")
    till.answer("again")


def paper_ends_at_the_end(stand, till):
    stand.device.add_trouble("paper-out:120")
    stand.change_paper_soon()
    till.queue("one")
    till.queue("two")


def paper_ends_and_nobody_comes(stand, till):
    stand.device.add_trouble("paper-out:120")
    till.queue("one")
    stand.change_paper()
    till.answer("again")


def printer_dies_and_comes_back(stand, till):
    stand.device.add_trouble("power:300:4")
    till.queue("one", LONG)
    till.tick()
    till.queue("two")
    till.answer("again")


def printer_falls_silent(stand, till):
    stand.device.add_trouble("silent:8:3")
    till.queue("one", LONG)
    till.answer("again")
    for _ in range(3):
        till.tick()


def line_breaks(stand, till):
    till.wire.left = 700
    till.queue("one", LONG)
    till.queue("two")
    till.answer("again")


def power_goes_while_the_paper_is_changed(stand, till):
    stand.device.add_trouble("paper-out:120")
    stand.seconds.later.append((stand.seconds.now_s + 4.0, stand.device.cut_power))
    stand.change_paper_soon()
    till.queue("one")
    till.answer("again")


def copies_are_asked_for(_stand, till):
    job = till.queue("one")
    till.slips.copy(job.id).result()
    till.slips.copy(job.id).result()


SCENARIOS = {
    all_well: ["one", "two"],
    paper_ends_before: ["one"],
    paper_ends_within: ["one", "two"],
    paper_ends_at_the_end: ["one", "two"],
    paper_ends_and_nobody_comes: ["one"],
    printer_dies_and_comes_back: ["one", "two"],
    printer_falls_silent: ["one"],
    line_breaks: ["one", "two"],
    power_goes_while_the_paper_is_changed: ["one"],
    copies_are_asked_for: ["one"],
}


def run(stand, scenario, cut_at):
    """One life that is cut at its touch ``cut_at``, or not at all."""
    till = stand.switch_on(cut_at)
    try:
        till.start()
        scenario(stand, till)
    except PowerCut:
        assert till.mains.is_out.is_set()
    return till


def queued_by(stand, names):
    """Those of ``names`` that had come into the queue before the power went."""
    rows = stand.till._db.execute("SELECT key FROM slip").fetchall()
    return [name for name in names if (f"slip:{name}",) in rows]
