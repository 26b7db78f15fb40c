"""Workers that are processes of their own, to be killed."""

from __future__ import annotations

import multiprocessing
import os

from tests.backoffice.jobs import counting
from tests.backoffice.jobs.asking import PATIENCE_S

# Each is a fork of a process that has only imported what workers need: a real process with engines,
# threads and locks of its own, without the seconds that DBOS takes to be imported.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([counting.__name__])


class Hired:
    """A worker; ``name`` is what it calls itself."""

    def __init__(self, url, release, patience) -> None:
        self._told, ready = _FORKS.Pipe(duplex=False)
        self.process = _FORKS.Process(
            target=counting.main, args=(url, release, patience, ready), daemon=True
        )
        self.process.start()
        ready.close()

    def wait_until_ready(self):
        assert self._told.poll(PATIENCE_S), "it does not start"
        self.name = self._told.recv()
        return self

    def signal(self, number):
        os.kill(self.process.pid, number)

    def kill(self):
        self.process.kill()
        return self.ended()

    def ended(self):
        self.process.join(PATIENCE_S)
        code = self.process.exitcode
        self.process.close()
        self._told.close()
        return code


class Crew:
    """Starts workers on a database; kills those that are left at its end."""

    def __init__(self, url) -> None:
        self.url = url
        self.workers = []

    def hire(self, release="1.0", patience=counting.QUICK):
        self.workers.append(Hired(self.url, release, patience))
        return self.workers[-1]

    def kill(self, worker):
        self.workers.remove(worker)
        return worker.kill()

    def end(self, worker):
        self.workers.remove(worker)
        worker.process.terminate()
        return worker.ended()

    def dismiss(self):
        while self.workers:
            self.kill(self.workers[-1])
