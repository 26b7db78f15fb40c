"""What commands that ask a running office have in common: its no, exit codes, JSON."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FAILURE, ABSENT, REFUSED = 1, 3, 4
CODES = "Exit codes: 0 ok, 1 failure, 2 usage, 3 no office at the address, 4 refused by it."
as_json_too = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def answering(lines: Sequence[int] = ()) -> Iterator[None]:
    """Turn the office's no into a sentence and an exit code; ``lines`` are those of a file."""
    from backoffice.client import OfficeAbsent, OfficeRefused  # noqa: PLC0415 (slow import)
    from backoffice.csvfile import CellFault, column_of  # noqa: PLC0415 (same)

    try:
        yield
    except OfficeAbsent as error:
        click.echo(f"no office answers: {error}", err=True)
        sys.exit(ABSENT)
    except OfficeRefused as error:
        for it in error.errors if lines else []:
            fault = CellFault(lines[it["index"]], column_of(it["path"]), it["reason"])
            click.echo(str(fault), err=True)
        click.echo(f"refused: {error}", err=True)
        sys.exit(REFUSED)


def say(answer: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    """Print an answer as a sentence, or as JSON."""
    if as_json:
        print_json(answer)
    else:
        click.echo(sentence)


def print_json(value: object) -> None:
    """Print a value as JSON, readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
