"""A till that knows a technicians' authority, and a technician with papers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from backoffice import technicians
from terminal.config import Config, Printer, Store
from terminal.console import keys, letters, machine, talk
from terminal.sync.wire import Scope, Settings
from tests.terminal.desk import MORNING, desk

if TYPE_CHECKING:
    from pathlib import Path

NOW = int(MORNING.timestamp())


@dataclass
class Papers:
    """A technician: key, authority, and certificates as wished."""

    folder: Path
    authority: str
    public: str

    def certificate(
        self, scopes=tuple(Scope), terminals=("T1",), issued=NOW, hours=12, authority="authority"
    ):
        path = self.folder / "certificate"
        path.write_text(
            technicians.certify(
                self.folder / f"{authority}.key",
                "J. Kowal",
                self.public,
                scopes,
                terminals,
                issued,
                hours,
            )
        )
        return keys.load_certificate(path)[0]

    def answer(self, lines, **certificate):
        """What the technician's program makes of a challenge."""
        asked = keys.challenge_of("\n".join(lines))
        key = keys.load_key(self.folder / "own.key")
        return letters.read("\n".join(keys.answer(asked, key, self.certificate(**certificate))))


class Talking:
    """A session of the till's console, spoken to in its own language."""

    def __init__(self, session):
        self.session = session

    def ask(self, request):
        return talk.read_reply(self.session.take(talk.line_of(request)))

    def say(self, line):
        return self.ask(talk.Say(line.split()))

    def login(self, papers, *scopes, **certificate):
        asked = self.ask(talk.Ask(list(scopes) or [Scope.LOOK]))
        return self.ask(talk.Bring(papers.answer(asked.lines, **certificate)))


@pytest.fixture(autouse=True)
def _this_machine_stays_up(monkeypatch):
    monkeypatch.setattr(machine, "REBOOT", ("/bin/false",))


def bare(folder):
    """The configuration of a till in ``folder``."""
    return Config(printer=Printer(url="/dev/null"), store=Store(dir=str(folder)))


@pytest.fixture
def papers(tmp_path):
    authority = technicians.make_authority(tmp_path / "authority.key")
    technicians.make_authority(tmp_path / "stranger.key")
    return Papers(tmp_path, authority, keys.make_key(tmp_path / "own.key"))


@pytest.fixture
def one(tmp_path, papers):
    """A running till."""
    settings = Settings("settings", "identifier", technicians_key=papers.authority)
    with desk(tmp_path / "till", settings=[settings]) as started:
        yield started.start()


@pytest.fixture
def console(one):
    return Talking(one.till.console.session())


@pytest.fixture
def technician(console, papers):
    """The same, with a technician in it who may do anything."""
    assert console.login(papers, *Scope).code == ""
    return console


def lines_of(one):
    """What the journal holds of console lines."""
    rows = one.sql("SELECT body FROM document WHERE kind = 'event' ORDER BY seq")
    bodies = [json.loads(row[0]) for row in rows]
    return [
        (body["operator"], body["detail"].get("line"), body["detail"].get("outcome"))
        for body in bodies
        if body["name"] == "console_line"
    ]
