"""Makes a folder a till: of a new terminal, or of one whose device was lost or broken.

The identity comes last. A device that is being restored keeps it under another name, and no till
starts there until everything is back.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.boot import IDENTITY_FILE, JOURNAL_FILE, RESTORING_FILE
from terminal.config import ConfigError
from terminal.context import local_now
from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import copies
from terminal.store.db import close_writer, open_writer
from terminal.sync import enrolment
from terminal.sync.http import Office
from terminal.sync.restore import restore
from terminal.version import VERSION

if TYPE_CHECKING:
    import sqlite3

    from terminal.config import Config
    from terminal.sync.enrolment import Identity
    from terminal.sync.restore import Restored


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who the till is; ``restored`` is None when there was nothing to bring back."""

    identity: Identity
    restored: Restored | None = None


def enrol(config: Config, code: str = "") -> Enrolled:
    """Spend ``code``, or without one go on with a restore that was cut off.

    Raises ``ConfigError``, ``SyncError``, and ``Blocked`` E-40 when a till runs on the folder or
    its journal is damaged; nothing is spent then.
    """
    journal = _open(config.folder)
    try:
        return _settle(config, journal, _spend(config, code) if code else _begun(config.folder))
    finally:
        close_writer(journal)


def _open(folder: Path) -> sqlite3.Connection:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return open_writer(folder / JOURNAL_FILE, "journal")
    except OSError as error:
        raise SyncError(Code.STORAGE, detail=f"{folder}: {error.strerror}") from error


def _begun(folder: Path) -> Identity:
    identity = enrolment.load(folder / RESTORING_FILE)
    if identity is None:
        msg = f"{folder}: no restore was begun here. Ask the office for a CODE"
        raise ConfigError(msg)
    return identity


def _spend(config: Config, code: str) -> Identity:
    if not config.office.url:
        msg = "till.toml: [office] url is missing"
        raise ConfigError(msg)
    return enrolment.enrol(config.office.url, code, VERSION, ca=_trusted(config))


def _settle(config: Config, journal: sqlite3.Connection, identity: Identity) -> Enrolled:
    if (owner := copies.owner(journal)) not in {"", identity.terminal}:
        why = translate(_("the journal in this folder is that of {terminal}"), terminal=owner)
        raise SyncError(Code.OFFICE_REFUSED, detail=f"{config.folder}: {why}")
    restored: Restored | None = None
    restoring = config.folder / RESTORING_FILE
    if identity.epoch > 1 and not copies.is_used(journal):
        enrolment.save(identity, restoring)
        url = config.office.url or identity.office_url
        office = Office(url, identity.terminal, identity.key, ca=_trusted(config))
        with closing(office):
            restored = restore(
                office, journal, identity, local_now().isoformat(timespec="milliseconds")
            )
    enrolment.save(identity, config.folder / IDENTITY_FILE)
    restoring.unlink(missing_ok=True)
    return Enrolled(identity, restored)


def _trusted(config: Config) -> Path | None:
    return Path(config.office.ca) if config.office.ca else None
