"""Whether this program could run here: a new version is asked before it is trusted with a start.

It works on a copy of the journal and opens no line: what the printer says of it is for the trial.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from terminal import config
from terminal.store.backup import check_whole
from terminal.store.db import close_writer, open_writer

if TYPE_CHECKING:
    from pathlib import Path

# All of these, and of the screens what leads to all that a cashier sees.
_PACKAGES = ("drivers", "terminal")
_FACES = ("ui.commands", "ui.showing", "ui.app")


def selftest(configuration: Path | None, journal: Path | None) -> int:
    """Import the till, read the configuration, migrate and check the copy ``journal``.

    Gives the number of its documents; raises whatever is wrong.
    """
    for package in _PACKAGES:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            importlib.import_module(module.name)
    for face in _FACES:
        importlib.import_module(face)
    if configuration is not None:
        config.load(configuration)
    if journal is None:
        return 0
    db = open_writer(journal, "journal")
    try:
        return check_whole(db)
    finally:
        close_writer(db)
