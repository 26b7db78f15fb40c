"""From what is prepared to a whole slot, or a sentence for people why not."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from terminal.errors import Blocked, Code
from terminal.i18n import gettext_noop as _
from terminal.store.backup import backup
from terminal.update import prepared as store
from terminal.update.building import StepFailed, run
from terminal.update.bundle import BadBundle
from terminal.update.launcher import version_of
from terminal.update.prepared import FOLDER
from terminal.update.slots import slot_of
from terminal.update.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from terminal.update.prepared import Prepared
    from terminal.update.slots import Slots

STEPS = {
    "unpack": _("Unpacking"),
    "build": _("Installing"),
    "try": _("Testing on a copy of the journal"),
    "seal": _("Sealing"),
    "copy": _("Copying the databases"),
}


class Source(Protocol):
    """Who keeps what is prepared."""

    def verify_prepared(self) -> Future[Prepared | None]:
        """Prove it once more; the Future raises ``SyncError`` when it is not genuine."""

    def forget(self) -> Future[None]:
        """It is installed, or cannot be."""


class Unfit(Exception):
    """The new version failed its own test; the text is what it said."""


def wanted(slots: Slots, folder: Path) -> Prepared | None:
    """What waits in ``folder`` to be installed; None also for what is installed or barred."""
    found = store.load(folder / FOLDER)
    if found is None or found.version == version_of(slots.boot().good):
        return None
    state = slots.state(slot_of(found), is_prepared=True)
    return found if state in {State.PREPARED, State.INSTALLED} else None


@contextmanager
def in_words(version: str, source: Source) -> Iterator[None]:
    """What goes wrong within is told as ``Blocked``, for the last page of the day close.

    A bundle that is damaged is thrown away, so that it is fetched again.
    """
    try:
        yield
    except BadBundle as error:
        source.forget().result()
        raise Blocked(Code.BROKEN_BUNDLE, version=version, detail=error) from error
    except StepFailed as error:
        raise Blocked(Code.UPDATE_FAILED, version=version, detail=error) from error
    except Unfit as error:
        raise Blocked(Code.UPDATE_UNFIT, version=version, detail=error) from error
    except OSError as error:
        detail = error.strerror or str(error)
        raise Blocked(Code.UPDATE_NO_SPACE, version=version, detail=detail) from error


def try_out(folder: Path, config: Path | None, is_stopping: Callable[[], bool], slot: Path) -> None:
    """Let the new version test itself on a copy of the journal; raises ``Unfit``."""
    place = folder / FOLDER / "selftest"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    python, copy = slot / "venv" / "bin" / "python", place / "journal.db"
    command = [str(python), "-P", "-m", "ui", "selftest", "--journal", str(copy)]
    try:
        backup(folder / "journal.db", copy)
        run([*command, *(("--config", str(config)) if config else ())], is_stopping)
    except StepFailed as error:
        if is_stopping():
            raise
        raise Unfit(str(error)) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
