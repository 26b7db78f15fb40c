"""Build hook: compiles the catalogues of the till and of the office into what gettext reads."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_locales(root: Path) -> list[Path]:
    """Compile every catalogue below ``root``; returns the files written."""
    written = []
    for source in sorted(root.glob("*/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as po:
            catalogue = read_po(po)
        target = source.with_suffix(".mo")
        # Whoever reads it meanwhile reads the old one or the new one, never half of one.
        half = target.with_suffix(f".{os.getpid()}")
        with half.open("wb") as mo:
            write_mo(mo, catalogue)
        half.replace(target)
        written.append(target)
    return written


class LocaleHook(BuildHookInterface[Any]):
    """Runs for wheels and for editable installations alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected."""
        del version, build_data
        compile_locales(Path(self.root))
