"""``kasoterminal tuf-client``: the till's way of proving releases, as a command for tests of it.

It speaks the interface by which the public conformance suite of TUF drives a client: ``init``,
``refresh``, ``download``; 0 when all is well, 1 when something was refused.
"""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import click

from terminal.errors import SyncError
from terminal.sync.http import Caller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.update.trust import Lists


@dataclass(frozen=True, slots=True)
class _Cache:
    folder: Path
    url: str
    target_url: str
    target_folder: Path | None
    names: tuple[str, ...]

    @property
    def root(self) -> Path:
        """Stands for the root file that is installed with a till: no refresh ever changes it."""
        return self.folder.with_name(f"{self.folder.name}.root.json")


@click.group("tuf-client")
@click.option("--metadata-dir", required=True, type=click.Path(path_type=Path), help="The cache.")
@click.option("--metadata-url", default="", help="Where the lists are.")
@click.option("--target-base-url", default="", help="Where the files are.")
@click.option("--target-dir", type=click.Path(path_type=Path), help="Where the files go.")
@click.option("--target-name", multiple=True, help="A file to fetch; may be given several times.")
@click.pass_context
def tuf_client(
    context: click.Context,
    metadata_dir: Path,
    metadata_url: str,
    target_base_url: str,
    target_dir: Path | None,
    target_name: tuple[str, ...],
) -> None:
    """Prove files by TUF as a till does. For tests, such as TUF's conformance suite.

    \b
    kasoterminal tuf-client --metadata-dir D init ROOT
    kasoterminal tuf-client --metadata-dir D --metadata-url U refresh
    kasoterminal tuf-client --metadata-dir D --metadata-url U \\
        --target-name N --target-base-url B --target-dir T download
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    context.obj = _Cache(metadata_dir, metadata_url, target_base_url, target_dir, target_name)


@tuf_client.command()
@click.argument("root", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def init(cache: _Cache, root: Path) -> None:
    """Begin to trust the keys in ROOT."""
    cache.folder.mkdir(parents=True, exist_ok=True)
    trusted = root.read_bytes()
    cache.root.write_bytes(trusted)
    (cache.folder / "root.json").write_bytes(trusted)


@tuf_client.command()
@click.pass_obj
def refresh(cache: _Cache) -> None:
    """Have the newest lists."""
    with _lists(cache) as lists:
        lists.refresh()


@tuf_client.command()
@click.pass_obj
def download(cache: _Cache) -> None:
    """Fetch the files called by --target-name, and prove them."""
    from terminal.store.db import sync_folder  # noqa: PLC0415 - see ``_lists``
    from terminal.update.download import is_proven  # noqa: PLC0415 - same

    if cache.target_folder is None or not cache.names:
        raise click.UsageError(_WANTED)
    with _lists(cache) as lists:
        for name in cache.names:
            target = lists.find(name)
            if target is None:
                raise click.ClickException(f"{name}: not in any list")  # noqa: EM102, TRY003
            path = cache.target_folder / quote(name, safe="")
            if is_proven(path, target):
                continue
            part = path.with_name(f"{path.name}.part")
            lists.download(target, part, cache.target_url)
            with part.open("rb") as file:
                target.check(file)
            part.replace(path)
            sync_folder(cache.target_folder)


_WANTED = "download needs --target-name, --target-base-url and --target-dir"


@contextmanager
def _lists(cache: _Cache) -> Iterator[Lists]:
    # No other command is to wait for TUF.
    from tuf.ngclient.fetcher import FetcherInterface  # noqa: PLC0415

    from terminal.update.fetching import Fetcher  # noqa: PLC0415
    from terminal.update.trust import session  # noqa: PLC0415

    class Anywhere(FetcherInterface):
        """Lists and files may be on two servers."""

        def _fetch(self, url: str) -> Iterator[bytes]:
            parts = urlsplit(url)
            origin = f"{parts.scheme}://{parts.netloc}"
            with closing(Caller(origin)) as caller:
                yield from Fetcher(caller, origin).fetch(url)

    try:
        root = cache.root.read_bytes()
        with session(cache.folder, root, Anywhere(), cache.url, datetime.now(UTC)) as lists:
            yield lists
    except (SyncError, OSError) as error:
        click.echo(f"tuf-client: {error}", err=True)
        sys.exit(1)
