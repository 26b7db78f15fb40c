"""Workers that are processes of their own, to be killed."""

from __future__ import annotations

import subprocess
import sys

from tests.backoffice.jobs import counting


class Crew:
    """Starts workers on a database; kills those that are left at its end."""

    def __init__(self, url) -> None:
        self.url = url
        self.workers = []

    def hire(self, release="1.0", silence_s=2.0):
        worker = subprocess.Popen(
            [sys.executable, "-m", counting.__name__, self.url, release, str(silence_s)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    @staticmethod
    def wait_for(worker):
        """Its name, once it is ready."""
        word, name = worker.stdout.readline().split()
        assert word == "ready"
        return name

    def kill(self, worker):
        worker.kill()
        worker.wait()
        worker.stdout.close()
        self.workers.remove(worker)

    def dismiss(self):
        while self.workers:
            self.kill(self.workers[-1])
