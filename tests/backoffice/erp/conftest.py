from __future__ import annotations

import hashlib

import pytest

from backoffice.erp.settings import connector


class Shared:
    """A folder shared with another program, and the connector that reads it."""

    def __init__(self, root, toml="") -> None:
        self.root, self.out = root / "shared", root / "shared" / "out"
        self.out.mkdir(parents=True)
        self.file = root / "wares.toml"
        self.file.write_text(f'kind = "folder"\naddress = "shared"\n{toml}', encoding="utf-8")
        self.connector = connector(self.file)

    def again(self):
        """As after a restart."""
        self.connector.close()
        self.connector = connector(self.file)
        return self.connector

    def put(self, name, content, checksum=True):
        data = content.encode() if isinstance(content, str) else content
        (self.out / name).write_bytes(data)
        if checksum:
            digest = hashlib.sha256(data).hexdigest()
            (self.out / f"{name}.sha256").write_text(f"{digest}  {name}\n")

    def read(self, object_name):
        """Every record, and the last mark."""
        records, cursor = [], ""
        while True:
            batch = self.connector.read(object_name, "", cursor)
            records += batch.records
            if batch.next is None:
                return records, batch.mark
            cursor = batch.next


@pytest.fixture
def share(tmp_path):
    """A folder with more in its file."""
    made = []

    def make(toml=""):
        made.append(Shared(tmp_path, toml))
        return made[-1]

    yield make
    for it in made:
        it.connector.close()


@pytest.fixture
def shared(share):
    return share()
