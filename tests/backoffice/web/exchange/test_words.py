from __future__ import annotations

from backoffice.exchange.channels import Channel
from backoffice.exchange.objects import EXPORTS, IMPORTS
from backoffice.jobs import book
from backoffice.jobs.schedules import Schedule
from backoffice.jobs.work import Fate, Way
from backoffice.web import i18n
from backoffice.web.exchange import words


def schedule(**changes):
    fields = {
        "id": "1", "channel": "main", "way": Way.EXPORT, "queue": "main", "what": ("articles",),
        "is_whole": False, "options": {}, "at": "06:00", "every_min": 0, "days": "1234567",
        "is_on": True, "next_at": "", **changes,
    }  # fmt: skip
    return Schedule(**fields)


def test_each_word_of_the_exchange_has_a_name():
    assert {*EXPORTS, *IMPORTS} == set(words.OBJECTS)
    assert set(book.STATES) == set(words.STATES)
    assert set(Fate) == set(words.FATES)
    assert set(Way) == set(words.WAYS)


def test_when_a_schedule_is_due():
    with i18n.speaking("en"):
        assert words.times(schedule()) == "every day at 06:00"
        assert words.times(schedule(days="15")) == "Monday, Friday at 06:00"
        assert words.times(schedule(at="", every_min=20)) == "every 20 minutes"
    with i18n.speaking("pl"):
        assert words.times(schedule(at="", every_min=2)) == "co 2 minuty"


def test_what_is_there_from_the_start_speaks_every_language():
    with i18n.speaking("pl"):
        assert words.queue("main") == "główna"
        assert words.channel(Channel("main", "Main")) == "Kanał główny"
        assert words.channel(Channel("main", "Sieć")) == "Sieć"


def test_a_word_that_nobody_knows_stays_as_it_is():
    with i18n.speaking("pl"):
        assert words.objects(["articles", "moons"]) == "Artykuły, moons"
        assert words.state("eaten") == "eaten"
        assert words.meant("partners") == ""
