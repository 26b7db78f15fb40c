"""A till's cache of the lists, its clock, and what it is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from terminal.errors import SyncError
from terminal.sync.http import Caller
from terminal.update.fetching import Fetcher
from terminal.update.trust import session
from tests.terminal.update.repository import URL


class Client:
    """A till's cache and its clock."""

    def __init__(self, folder, repository):
        self.folder = folder
        self.repository = repository
        self.root = repository.first_root
        self.ahead = timedelta()

    def session(self):
        caller = Caller(URL, transport=self.repository.transport)
        fetcher = Fetcher(caller, URL)
        now = datetime.now(UTC) + self.ahead
        return session(self.folder, self.root, fetcher, f"{URL}/metadata", now)

    def refresh(self):
        with self.session() as lists:
            lists.refresh()

    def find(self, name):
        with self.session() as lists:
            return lists.find(name)

    def refused(self, name="x"):
        with pytest.raises(SyncError) as caught:
            self.find(name)
        return caught.value.code

    def version(self, role):
        return json.loads((self.folder / f"{role}.json").read_bytes())["signed"]["version"]
