"""The commands with which a release is made, signed and published. Words and exit codes only.

Nothing heavy is imported until a command runs, so that ``--help`` is quick.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from securesystemslib.signer import CryptoSigner

    from backoffice.releases.repository import Repository

FAILURE, UNFINISHED = 1, 3
_CODES = "Exit codes: 0 done, 1 failure, 2 usage, 3 staged: signatures of others are missing."
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_ROLES = ("root", "targets", "releases", "snapshot", "timestamp", "assignments")
_repository = click.argument("folder", metavar="REPOSITORY", type=_FOLDER)
_keys = click.option(
    "--key",
    "keys",
    type=_FILE,
    multiple=True,
    help="Private key that signs; may be given more than once.",
)
_online = click.option(
    "--online-keys",
    type=_FOLDER,
    help="Folder with the keys of snapshot and timestamp; without it nothing comes into force.",
)


@click.group(epilog=_CODES)
def release() -> None:
    """Make releases, sign them, publish them.

    \b
    Examples:
      kasoterminal release keys keys
      kasoterminal release init /srv/releases --public keys --key keys/root-1.pem …
      kasoterminal release build --folder dist
      kasoterminal release publish /srv/releases dist/kasoterminal-1.2.0-….tar --key …
    """  # noqa: D301 (\b is click's mark for text that must not be wrapped)


@release.command("keys", epilog=_CODES)
@click.argument("folder", type=_FOLDER)
@click.argument("names", metavar="[ROLE-NAME]...", nargs=-1)
@click.option("--passphrase", "is_locked", is_flag=True, help="Ask for a passphrase.")
def make_keys(folder: Path, names: tuple[str, ...], *, is_locked: bool) -> None:
    """Make keys in FOLDER: those named, such as root-anna, or a whole set.

    Each is a private file for its holder alone (0600) and a public one to pass on.
    """
    from backoffice.releases.keys import make_key  # noqa: PLC0415 (slow to import, as all below)
    from backoffice.releases.roles import DUTIES  # noqa: PLC0415

    several = names or tuple(
        f"{role}-{number}" for role, duty in DUTIES.items() for number in range(1, duty.keys + 1)
    )
    lock = (
        click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, default="")
        if (is_locked)
        else ""
    )
    with _saying():
        for name in several:
            click.echo(make_key(folder, name, lock))


@release.command("init", epilog=_CODES)
@_repository
@click.option(
    "--public",
    "public_folders",
    type=_FOLDER,
    multiple=True,
    required=True,
    help="Folder with public halves; may be given more than once.",
)
@_keys
@_online
def init(
    folder: Path, public_folders: tuple[Path, ...], keys: tuple[Path, ...], online_keys: Path | None
) -> None:
    """Begin a repository with these keys: its first root is what tills are installed with."""
    from backoffice.releases.ceremony import begin  # noqa: PLC0415
    from backoffice.releases.keys import public_keys  # noqa: PLC0415

    with _saying():
        repository = _opened(folder)
        begin(repository, public_keys(public_folders), _now())
        _sign_and_commit(repository, keys, online_keys)


@release.command("build", epilog=_CODES)
@click.option("--source", type=_FOLDER, default=Path(), help="The checkout; default: here.")
@click.option("--folder", type=_FOLDER, default=Path("dist"), show_default=True)
@click.option("--wheelhouse", type=_FOLDER, help="Wheels; without it they are downloaded.")
@click.option("--requirements", type=_FILE, help="Hashed requirements; default: the project's.")
@click.option("--min-from", default="0.0", show_default=True, help="Oldest version it follows.")
@click.option("--counter", type=int, default=0, help="Default: made of the version.")
def build_release(
    source: Path,
    folder: Path,
    wheelhouse: Path | None,
    requirements: Path | None,
    min_from: str,
    counter: int,
) -> None:
    """Build a bundle for tills like this machine; twice the same checkout, twice the same bytes."""
    from backoffice.releases.build import Plan, build  # noqa: PLC0415

    with _saying():
        click.echo(build(Plan(source, folder, wheelhouse, requirements, counter, min_from)))


@release.command("publish", epilog=_CODES)
@_repository
@click.argument("bundles", metavar="[BUNDLE]...", type=_FILE, nargs=-1)
@click.option("--channel", default="stable", show_default=True)
@click.option("--withdraw", "withdrawn", multiple=True, metavar="TARGET", help="Take one away.")
@_keys
@_online
def publish_bundles(
    folder: Path,
    bundles: tuple[Path, ...],
    channel: str,
    withdrawn: tuple[str, ...],
    keys: tuple[Path, ...],
    online_keys: Path | None,
) -> None:
    """Publish bundles; without BUNDLE, bring into force what waits and is signed by now."""
    from backoffice.releases.publishing import publish, withdraw  # noqa: PLC0415

    with _saying():
        repository = _opened(folder)
        for bundle in bundles:
            click.echo(publish(repository, bundle, channel, _now()))
        for target in withdrawn:
            withdraw(repository, target, _now())
        _sign_and_commit(repository, keys, online_keys)


@release.command("rotate", epilog=_CODES)
@_repository
@click.argument("role", type=click.Choice(_ROLES))
@click.option("--add", "added", type=_FILE, multiple=True, help="Public half of a new key.")
@click.option("--remove", "removed", multiple=True, metavar="NAME", help="Key that goes.")
@_keys
@_online
def rotate_keys(
    folder: Path,
    role: str,
    added: tuple[Path, ...],
    removed: tuple[str, ...],
    keys: tuple[Path, ...],
    online_keys: Path | None,
) -> None:
    """Change the keys of ROLE; with neither --add nor --remove it only gets a later expiry.

    A key that was lost or stolen is removed like this, and a new one added.
    """
    from backoffice.releases.ceremony import rotate  # noqa: PLC0415
    from backoffice.releases.keys import public_key  # noqa: PLC0415

    with _saying():
        repository = _opened(folder)
        rotate(repository, role, _now(), [public_key(path) for path in added], removed)
        _sign_and_commit(repository, keys, online_keys)


@release.command("sign", epilog=_CODES)
@click.argument("files", metavar="FILE...", type=_FILE, nargs=-1, required=True)
@click.option("--key", "keys", type=_FILE, multiple=True, required=True)
def sign_staged(files: tuple[Path, ...], keys: tuple[Path, ...]) -> None:
    """Add signatures to staged FILEs, here or on a machine to which they were carried."""
    from backoffice.releases.ceremony import sign_file  # noqa: PLC0415
    from backoffice.releases.files import write_whole  # noqa: PLC0415
    from backoffice.releases.told import told_of  # noqa: PLC0415

    with _saying():
        signers = _signers(keys)
        for path in files:
            metadata = sign_file(path, signers)
            for line in told_of(path.stem, metadata):
                click.echo(line)
            write_whole(path, metadata.to_bytes())


@release.command("status", epilog=_CODES)
@_repository
def show_status(folder: Path) -> None:
    """Show versions, expiries, keys, targets, and what waits for whose signatures."""
    from backoffice.releases.told import status  # noqa: PLC0415

    with _saying():
        for line in status(_opened(folder), _now()):
            click.echo(line)


def _sign_and_commit(
    repository: Repository, keys: Sequence[Path], online_keys: Path | None
) -> None:
    from backoffice.releases.ceremony import sign_all  # noqa: PLC0415
    from backoffice.releases.commit import check, commit  # noqa: PLC0415
    from backoffice.releases.faults import Unfinished  # noqa: PLC0415
    from backoffice.releases.files import locked  # noqa: PLC0415
    from backoffice.releases.keys import online_signers  # noqa: PLC0415
    from backoffice.releases.roles import SNAPSHOT, TIMESTAMP  # noqa: PLC0415

    for line in sign_all(repository, _signers(keys)):
        click.echo(line)
    check(repository, _now())
    if online_keys is None:
        raise Unfinished(detail="signed by all; bring it into force with --online-keys")
    with locked(repository.folder):
        signers = online_signers(online_keys, (SNAPSHOT, TIMESTAMP))
        for name in commit(repository, signers, _now()):
            click.echo(f"in force: {name}")


def _opened(folder: Path) -> Repository:
    from backoffice.releases.repository import Repository  # noqa: PLC0415

    return Repository(folder)


def _signers(keys: Sequence[Path]) -> list[CryptoSigner]:
    from backoffice.releases.keys import signer  # noqa: PLC0415

    return [signer(path, _ask) for path in keys]


def _ask(path: Path) -> str:
    return str(click.prompt(f"Passphrase of {path.name}", hide_input=True, err=True))


def _now() -> datetime:
    from backoffice.moments import now  # noqa: PLC0415

    return now()


@contextmanager
def _saying() -> Iterator[None]:
    """Turn what cannot be done into a sentence and an exit code."""
    from backoffice.releases.faults import ReleaseFault, Unfinished  # noqa: PLC0415

    try:
        yield
    except Unfinished as wait:
        click.echo(f"staged: {wait}", err=True)
        sys.exit(UNFINISHED)
    except (ReleaseFault, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(FAILURE)
