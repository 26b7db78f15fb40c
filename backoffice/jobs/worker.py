"""A process that does jobs: it says that it lives, begins what is due, takes over from the dead."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from backoffice.jobs import admission, book, schedules, tidying, workers
from backoffice.jobs.doing import Doing
from backoffice.jobs.engine import Engine
from backoffice.jobs.patience import Patience
from backoffice.reasons import Reason
from backoffice.store.company import SERVER
from backoffice.store.engine import reading, writing
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from threading import Event

    from backoffice.jobs.admission import Given
    from backoffice.jobs.work import Way, Work
    from backoffice.office import Office

AT_ONCE = 8
TIDY_S = 60.0
_TAKEN_OVER = _("taken over by {worker} from {other}, of which nothing is heard")
_log = logging.getLogger("kasoterminal.jobs")


def new_name() -> str:
    """The name of a worker: no two have the same, not even one after the other."""
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Worker:
    """Does jobs of every company of a server, some at once.

    With ``idle_s`` it ends when there was nothing to do for so long.
    """

    office: Office
    works: Mapping[Way, Work]
    release: str
    patience: Patience = field(default_factory=Patience)
    at_once: int = AT_ONCE
    idle_s: float | None = None
    name: str = field(default_factory=new_name)

    def run(self, stopped: Event) -> None:
        """Until ``stopped`` is set: then the steps that are being done come to their end."""
        doing = Doing(self.office, self.works, self.patience, self.name)
        server = self.office.of(SERVER).engine
        with Engine(self.office.engine.url, doing) as engine:
            with writing(server) as connection:
                workers.enter(connection, self.name, self.release, self.office.clock())
            self._go_on(engine, stopped)
        with writing(server) as connection:
            workers.leave(connection, self.name)

    def _go_on(self, engine: Engine, stopped: Event) -> None:
        busy = tidied = time.monotonic()
        beaten = busy - self.patience.beat_s
        while not stopped.is_set():
            engine.woken.clear()
            now = time.monotonic()
            try:
                if now - beaten >= self.patience.beat_s:
                    beaten = now
                    self._beat()
                    self._look_after(engine)
                if now - tidied >= TIDY_S:
                    tidied = now
                    engine.forget(self.office.clock())
                    tidying.forget(self.office, self.office.clock())
                begun = self._begin(engine)
            except SQLAlchemyError as error:
                # Its server is gone for a while, or another writes for long: we come again.
                _log.warning("the book of jobs cannot be read: %s", error)
                begun = 0
            if begun or engine.active:
                busy = now
            elif self.idle_s is not None and now - busy > self.idle_s:
                return
            if not begun:
                engine.woken.wait(self.patience.look_s)

    def _beat(self) -> None:
        with writing(self.office.of(SERVER).engine) as connection:
            workers.beat(connection, self.name, self.office.clock())

    def _begin(self, engine: Engine) -> int:
        """Ask for what the clock wants, begin what there is room for; how many jobs that is."""
        moment = self.office.clock()
        with reading(self.office.everyone) as connection:
            striking = admission.companies_with_schedules_due(connection, moment)
        for company in striking:
            with writing(self.office.of(company).engine) as connection:
                schedules.ask_what_is_due(connection, moment)
        with reading(self.office.everyone) as connection:
            due = admission.due(connection, moment)
        begun = 0
        for company, channel in due:
            room = self.at_once - engine.active - begun
            if room <= 0:
                break
            with writing(self.office.of(company).engine) as connection:
                admitted = admission.admit(connection, channel, self.name, room, moment)
            for given in admitted:
                engine.begin(given)
            begun += len(admitted)
        return begun

    def _look_after(self, engine: Engine) -> None:
        """Find the jobs that nobody is at, and have them go on."""
        with reading(self.office.everyone) as connection:
            running = admission.running(connection)
        with reading(self.office.of(SERVER).engine) as connection:
            silence = self.patience.silence_s
            alive = workers.alive(connection, self.office.clock(), silence)
        for given, worker in running:
            if worker == self.name or (worker not in alive and self._is_mine_now(given, worker)):
                self._see_to(engine, given, alive)

    def _is_mine_now(self, given: Given, was: str) -> bool:
        with writing(self.office.of(given.company).engine) as connection:
            is_mine = admission.claim(connection, given, was, self.name)
            if is_mine:
                text = Reason(_TAKEN_OVER, worker=self.name, other=was)
                book.say(connection, given.job, self.office.clock(), text)
        return is_mine

    def _see_to(self, engine: Engine, given: Given, alive: set[str]) -> None:
        """A job of ours: does anybody do it? It may have been begun by nobody, or not ended."""
        if engine.is_here(given):
            return
        standing = engine.standing(given)
        if standing is None:
            engine.begin(given)
        elif not standing.is_open:
            with writing(self.office.of(given.company).engine) as connection:
                anew = admission.begin_anew(connection, given, self.name)
            if anew is not None:
                engine.begin(anew)
        elif standing.worker and standing.worker not in alive:
            engine.take_over(given)
