"""The copies that an office keeps in a folder: which there are, one more, which go."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backoffice.copies import making
from backoffice.copies.faults import CopyFailed
from backoffice.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import URL

DAYS = 14
_NAME = re.compile(r"office-(\d{8}-\d{6})\.(?:db|dump)")
_STAMP = "%Y%m%d-%H%M%S"
# What the office itself must still be able to write.
_ROOM_LEFT = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: it has its name since it was read from end to end."""

    path: Path
    made_at: datetime
    size: int

    @property
    def name(self) -> str:
        """What it is called among the others."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Copies:
    """Those of the database ``url`` in ``folder``, each for ``days``; without a folder, none."""

    url: URL | None = None
    folder: Path | None = None
    days: int = DAYS

    def listed(self) -> list[Copy]:
        """Newest first."""
        if self.folder is None or not self.folder.is_dir():
            return []
        found = [
            Copy(path, _moment(named[1]), path.stat().st_size)
            for path in self.folder.iterdir()
            if (named := _NAME.fullmatch(path.name))
        ]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    def find(self, name: str) -> Copy:
        """The copy of that name; raises ``NotFound``."""
        for one in self.listed():
            if one.name == name:
                return one
        raise NotFound(detail=f"there is no copy {name!r}")

    def make(self, moment: datetime) -> Copy:
        """Make one more, and let those go that are too old; the newest always stays.

        Raises ``CopyFailed`` rather than fill the disk, and what ``making.make`` raises.
        """
        if self.folder is None or self.url is None:
            raise CopyFailed(detail="say with --copies where copies shall lie")
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            room = shutil.disk_usage(self.folder).free
        except OSError as error:
            raise CopyFailed(detail=f"{self.folder}: {error.strerror}") from error
        if room < _ROOM_LEFT + max((one.size for one in self.listed()), default=0):
            raise CopyFailed(detail=f"there is no room left in {self.folder}")
        name = f"office-{moment.astimezone(UTC):{_STAMP}}{making.suffix_of(self.url)}"
        making.make(self.url, self.folder / name)
        for old in self.listed()[1:]:
            if old.made_at < moment - timedelta(days=self.days):
                old.path.unlink(missing_ok=True)
        return self.find(name)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
