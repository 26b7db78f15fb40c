from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backoffice.contacts import Contact
from backoffice.errands import EXPIRED, WAITING, Asked
from backoffice.tills import Till, Trouble
from backoffice.web import till_wording
from backoffice.web.i18n import LANGUAGES, speaking
from terminal.sync import wire
from terminal.sync.wire import ErrandKind, ErrandState

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TILL = Till(
    "K1", "lipa", 1, is_blocked=False, seen_at="2026-03-01T11:00:00.000+00:00", version="1",
    unsent=2, oldest_unsent_at="2026-03-01T10:00:00+00:00", day="DUE", printer="cover",
    operator="1", reports_left=5, disk_free_mib=80, clock_off_s=-90, group_name="",
    enrolled_at=None, alarms=1, rejected=5,
)  # fmt: skip


def asked(kind, what=""):
    return Asked("1", "K1", kind, what, "", "", WAITING, "", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_words(language):
    with speaking(language):
        said = [till_wording.trouble(it, TILL, NOW) for it in Trouble]
        said += [till_wording.errand(asked(it)) for it in ErrandKind]
        said += [till_wording.errand_state(it) for it in (WAITING, EXPIRED, *ErrandState)]
        said += [till_wording.contact(it) for it in Contact]
        said += [till_wording.alarm(it) for it in ("fork", "chain", "epoch", "rid")]
        said += [till_wording.set_name(it) for it in wire.RELOADS]
    assert all(said)
    assert len({*said}) >= len(said) - 1
    assert not [it for it in said if "{" in it]


def test_troubles_say_how_much():
    with speaking("en"):
        said = {it: till_wording.trouble(it, TILL, NOW) for it in Trouble}
    assert said[Trouble.SILENT] == "last heard 1 h ago"
    assert said[Trouble.UNSENT] == "2 documents not sent, the oldest from 2 h ago"
    assert said[Trouble.MEMORY] == "fiscal memory for 5 more reports"
    assert said[Trouble.CLOCK] == "clock: 1 min behind"
    assert said[Trouble.ALARM] == "1 alarm about its journal"


def test_polish_counts_as_poles_do():
    with speaking("pl"):
        counted = [
            till_wording.trouble(Trouble.REJECTED, replace(TILL, rejected=it), NOW)
            for it in (1, 2, 5, 22)
        ]
    assert len({it.split(" ", 1)[1] for it in counted}) == 3


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "—"),
        (0, "exact"),
        (-1, "exact"),
        (2, "2 s ahead"),
        (-59, "59 s behind"),
        (61, "1 min ahead"),
        (-7200, "2 h behind"),
        (86_400, "1 day ahead"),
        (-864_000, "10 days behind"),
    ],
)
def test_a_clock(seconds, said):
    with speaking("en"):
        assert till_wording.clock_off(seconds) == said


def test_what_nobody_knows_stays_as_it_is():
    assert till_wording.errand(asked("dance", "x")) == "dance: x"
    assert till_wording.errand_state("new") == till_wording.contact("new") == "new"
    assert till_wording.set_name("") == till_wording.alarm("new") == ""
