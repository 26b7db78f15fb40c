"""The program knows which one it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from terminal.version import VERSION

PROJECT = Path(__file__).parent.parent.parent / "pyproject.toml"


def test_the_version_is_the_one_that_was_installed() -> None:
    declared = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    assert declared == VERSION
    assert re.match(r"\d+\.\d+\.\d+", VERSION)
