"""``kasoterminal doctor``, ``backup``, ``restore``: the device and its files. No screens here."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import click

from terminal import config as configuration
from terminal.context import local_now
from terminal.device import bundle, copies, doctor
from terminal.device.check import JOURNAL, scene
from terminal.errors import TillError
from terminal.i18n import LANGUAGES, use_language
from ui.commands import config_option, fail, load_config

_USAGE = 2


@click.command(name="doctor")
@config_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--bundle",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write a .tar.gz to send on: checks, log, configuration, tapes; no secrets.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Instead of the screen's.")
def examine(
    config_path: Path | None, target: Path | None, language: str | None, *, as_json: bool
) -> None:
    """Look at everything a till needs and say what to do about it.

    Exit codes: 0 all is well, 1 somebody should come, 2 the till does not sell.

    \b
    kasoterminal doctor
    kasoterminal doctor --bundle /tmp/till.tar.gz
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    logging.basicConfig(handlers=[logging.NullHandler()])  # the page says it all
    here = scene(config_path or configuration.find(), local_now())
    use_language(language or (here.config.screen.language if here.config else LANGUAGES[0]))
    found = []
    for one in doctor.examine(here):
        found.append(one)
        if not as_json:
            for line in doctor.as_lines(one):
                click.echo(line)
    if as_json:
        click.echo(json.dumps(doctor.as_data(here, found), ensure_ascii=False, indent=1))
    if target is not None:
        try:
            bundle.write(target, here, found)
        except OSError as error:
            fail(f"{target}: {error.strerror}", _USAGE)
        click.echo(target, err=True)
    sys.exit(doctor.EXITS[doctor.worst(found)])


@click.command()
@config_option
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder for the copy, such as that of a USB stick; default: backups, beside the journal.",
)
@click.option("--list", "lists", is_flag=True, help="List the copies that are there.")
def backup(config_path: Path | None, folder: Path | None, *, lists: bool) -> None:
    """Copy the journal, while the till sells or not.

    \b
    kasoterminal backup
    kasoterminal backup --to /media/usb
    kasoterminal backup --list
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    config = load_config(config_path)
    use_language(config.screen.language)
    journal = config.folder / JOURNAL
    place = folder or config.folder / copies.COPIES_FOLDER
    if lists:
        for one in copies.copies(place):
            click.echo(f"{one.path}  {one.made_at:%Y-%m-%d %H:%M:%S}  {one.size} B")
        return
    try:
        made = copies.make(journal, place, local_now())
    except TillError as error:
        fail(f"{error.code} {error.sentence()}", 1)
    except OSError as error:
        fail(f"{place}: {error.strerror}", 1)
    click.echo(made.path)


@click.command()
@config_option
@click.option("--check", "checks", is_flag=True, help="See whether a till could go on with FILE.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(config_path: Path | None, file: Path, *, checks: bool) -> None:
    """Try a copy of the journal out: it is brought back to life elsewhere and read to its end.

    A till that lost its journal gets it back from the office, which has all that was sent:
    docs/restore.md.

    \b
    kasoterminal restore --check /var/lib/kasoterminal/backups/journal-20261126-203000.db
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    if not checks:
        fail(
            "a journal comes back from the office (docs/restore.md); this only has --check", _USAGE
        )
    config = load_config(config_path)
    use_language(config.screen.language)
    journal = config.folder / JOURNAL
    try:
        tried = copies.try_out(file, journal if journal.exists() else None)
    except TillError as error:
        fail(f"{error.code} {error.sentence()}", 1)
    click.echo(f"{file}: {tried.documents} documents, the last of {tried.until or '-'}")
