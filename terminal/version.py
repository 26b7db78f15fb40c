"""The version of this program, as installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("kasoterminal")
except PackageNotFoundError:  # pragma: no cover - a checkout that was never installed
    VERSION = "0"
