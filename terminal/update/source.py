"""Where this till's releases come from, by its configuration. Reads one file, asks nobody."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.http import Caller
from terminal.update.prepared import FOLDER

if TYPE_CHECKING:
    from httpx2 import BaseTransport

    from terminal.config import Config

_ROOT_BYTES_MAX = 512_000
_ROOT = "root.json"
_SYSTEM_FOLDER = Path("/etc/kasoterminal")
_METADATA, _TARGETS = "/metadata", "/targets"


@dataclass(frozen=True, slots=True)
class Source:
    """``url`` has metadata and targets below it; ``root_file`` is empty where updates are off.

    ``folder`` holds bundles, ``cache`` TUF's lists.
    """

    url: str
    root_file: str
    channel: str
    folder: Path
    cache: Path
    ca: Path | None = None
    transport: BaseTransport | None = None

    @classmethod
    def of(cls, config: Config, office_url: str) -> Source:
        """What ``config`` says, with the office's own address where it says none."""
        update, folder = config.update, config.folder
        url = update.url or f"{office_url.rstrip('/')}/releases"
        ca = Path(config.office.ca) if config.office.ca else None
        root_file = update.root or _installed_root()
        return cls(url, root_file, update.channel, folder / FOLDER, folder / "tuf", ca)

    @property
    def is_on(self) -> bool:
        """Whether there are keys to trust."""
        return bool(self.root_file) and Path(self.root_file).is_file()

    def root(self) -> bytes:
        """The root that was installed with this till; raises E-160 where there is none."""
        if not self.root_file:
            reason = _("there is no file of trusted keys")
            raise SyncError(Code.UPDATES_OFF, reason=translate(reason))
        try:
            with Path(self.root_file).open("rb") as file:
                return file.read(_ROOT_BYTES_MAX)
        except OSError as error:
            raise SyncError(
                Code.UPDATES_OFF, reason=f"{self.root_file}: {error.strerror}"
            ) from error

    def caller(self) -> Caller:
        """A line to the releases; nothing is signed there, for TUF's lists protect themselves."""
        return Caller(self.url, ca=self.ca, transport=self.transport)

    @property
    def metadata_url(self) -> str:
        """Where the lists are."""
        return self.url + _METADATA

    @property
    def targets_path(self) -> str:
        """Where bundles are, below ``url``."""
        return _TARGETS


def _installed_root() -> str:
    """Where a technician puts it, or an installation has it; empty when it is in neither place."""
    prefix = os.environ.get("KASO_PREFIX")
    folders = [_SYSTEM_FOLDER, *([Path(prefix)] if prefix else [])]
    return next((str(it / _ROOT) for it in folders if (it / _ROOT).is_file()), "")
