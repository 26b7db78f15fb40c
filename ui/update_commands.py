"""Commands about the versions on this device: what is installed, its own test, the way back."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from terminal.config import ConfigError
from terminal.errors import TillError
from terminal.store.db import close_writer, open_writer
from terminal.update.going_back import go_back
from terminal.update.selftest import selftest as test_myself
from terminal.update.slots import Slots
from ui.commands import config_option, fail, load_config

_REFUSED = 4
_prefix_option = click.option(
    "--prefix",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="KASO_PREFIX",
    required=True,
    help="Where the program is installed; the launcher sets it.",
)


@click.command()
@config_option
@click.option(
    "--journal", type=click.Path(path_type=Path, exists=True), help="A copy, never the real one."
)
def selftest(config_path: Path | None, journal: Path | None) -> None:
    """Test whether this version could run here, without any device.

    It imports the till, reads the configuration, migrates and checks a copy of the journal.

    \b
    kasoterminal selftest --config till.toml --journal copy.db
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    try:
        documents = test_myself(config_path, journal)
    except (TillError, ConfigError, ImportError, ValueError, OSError) as error:
        fail(f"selftest: {type(error).__name__}: {error}", 1)
    click.echo(f"selftest ok, {documents} documents" if journal else "selftest ok")


@click.command()
@_prefix_option
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
@click.option("--check", is_flag=True, help="Read every file and compare it with the seal.")
def slots(prefix: Path, *, as_json: bool, check: bool) -> None:
    """Show which versions are installed on this device, and which one runs.

    \b
    kasoterminal slots --check
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    installed = Slots(prefix)
    boot, standing = installed.boot(), installed.standing()
    damaged = {one.slot: installed.differences(one.slot) for one in standing} if check else {}
    if as_json:
        rows = [asdict(one) | {"differences": damaged.get(one.slot)} for one in standing]
        told = {"tries": boot.tries, "floor": boot.floor, "barred": boot.bad, "why": boot.why}
        click.echo(json.dumps({"slots": rows} | told))
    else:
        for one in standing:
            found = damaged.get(one.slot)
            seal = "" if found is None else f"{len(found)} files differ" if found else "whole"
            click.echo(f"{one.state:<10} {one.version:<12} {one.slot:<24} {seal}".rstrip())
        barred = ", ".join(boot.bad) or "-"
        click.echo(f"tries left {boot.tries}, floor {boot.floor}, barred {barred}")
    if any(damaged.values()):
        fail("a slot is not what was installed: install the program again", 1)


@click.command()
@config_option
@_prefix_option
def rollback(config_path: Path | None, prefix: Path) -> None:
    """Go back to the version before, while the day is closed and the till does not run.

    The technician's console does the same while it runs.

    \b
    kasoterminal rollback --config till.toml
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    folder = load_config(config_path).folder
    try:
        journal = open_writer(folder / "journal.db", "journal")
        try:
            version = go_back(journal, folder, Slots(prefix))
        finally:
            close_writer(journal)
    except TillError as error:
        fail(str(error), _REFUSED)
    click.echo(f"the next start is that of version {version}")
