"""Reads one key of a connector's file, and says what was expected there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from backoffice.erp.forms import expect
from backoffice.errors import BadSetting
from backoffice.private_file import read as read_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def secret(table: Mapping[str, Any], name: str, folder: Path) -> str:
    """A secret from the file or the variable that the table names; "" where it names none."""
    if variable := text(table, f"{name}_env"):
        found = os.environ.get(variable, "")
        if not found:
            raise BadSetting(detail=f"{name}_env: the variable {variable} is not set")
        return found
    if place := text(table, f"{name}_file"):
        try:
            return read_private(folder / place)
        except OSError as error:
            raise BadSetting(detail=f"{name}_file: {error}") from None
    return ""


def text(table: Mapping[str, Any], key: str, usual: str = "") -> str:
    """A text of the table."""
    return str(expect(table.get(key, usual), str, key, "a text"))


def whole(table: Mapping[str, Any], key: str, usual: int, least: int, most: int) -> int:
    """A whole number of the table, between two others."""
    number = int(expect(table.get(key, usual), int, key, f"a whole number {least} to {most}"))
    if not least <= number <= most:
        raise BadSetting(detail=f"{key}: expected a whole number {least} to {most}")
    return number
