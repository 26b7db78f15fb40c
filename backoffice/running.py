"""Runs an office in a thread of this process: for the command and for tests.

The web server and its framework are imported only when an office starts.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from backoffice import accounts, companies, fleet, in_use, links
from backoffice.copies.daily import Daily
from backoffice.copies.kept import Copies
from backoffice.erp.settings import programs
from backoffice.errors import BadSetting
from backoffice.jobs.child import Child
from backoffice.office import Office
from backoffice.seals import Sealing, kept_sealing
from backoffice.secret import new_token
from backoffice.snapshots import Snapshots
from backoffice.store.company import MAIN
from backoffice.store.engine import open_engine, writing

if TYPE_CHECKING:
    import uvicorn
    from sqlalchemy import URL

START_MAX_S = 15.0
STOP_MAX_S = 10.0
GRACE_S = 8
_POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM: the certificate with what leads to its authority, and its private key."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Releases:
    """The repository that tills fetch releases from, and the keys with which the office signs.

    Of a copy of somebody else's repository the office has a key for assignments only.
    """

    folder: Path
    keys: Path | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """An office that answers at ``url``, such as ``http://127.0.0.1:40123``."""

    url: str
    admin_token: str
    office: Office
    _server: uvicorn.Server
    _thread: threading.Thread
    _open: ExitStack

    @property
    def is_alive(self) -> bool:
        """Whether the server still runs."""
        return self._thread.is_alive()

    def enrol_code(self, terminal: str, shop: str = "lipa") -> str:
        """A one-time code that makes a device ``terminal``."""
        with writing(self.office.engine) as database:
            return fleet.invite(database, terminal, shop, self.office.clock())

    def owner_link(self) -> str:
        """A one-time link for the first owner; empty when there is one. Earlier links are void."""
        with writing(self.office.engine) as database:
            if accounts.has_owner(database):
                return ""
            return f"{self.url}/link/{links.make(database, MAIN, 'owner', '', self.office.clock())}"

    def stop(self) -> None:
        """Answer what is being asked, then close the door and the database."""
        self._server.should_exit = True
        self._thread.join(STOP_MAX_S)
        self._open.close()


def start_office(
    db_url: str,
    *,
    sample: bool = True,
    admin_token: str = "",
    host: str = "127.0.0.1",
    port: int = 0,
    tls: Tls | None = None,
    releases: Releases | None = None,
    seal_key: Path | None = None,
    asks_second_factor: bool = True,
    copies: Copies | None = None,
    erp: Path | None = None,
) -> Running:
    """Open, upgrade and serve an office; returns once it answers. Port 0 takes a free one.

    ``sample`` fills an empty database with the sample shop. Without ``admin_token`` a new one is
    made, and the old one is void; ``seal_key`` is as of ``open_office``. ``asks_second_factor``
    is whether owners must have one; ``erp`` is the folder of connectors. Raises ``BadSetting``, or
    ``OSError`` when the port is taken or a file of ``tls`` cannot be used, ``NotNow`` while its
    database is being restored.
    """
    with ExitStack() as undo:
        if lock := lock_of(make_url(db_url)):
            undo.enter_context(in_use.shared(lock))
        office = open_office(db_url, sample=sample, seal_key=seal_key, copies=copies)
        undo.callback(office.engine.dispose)
        undo.callback(office.snapshots.close)
        others = programs(erp) if erp else {}
        office = replace(with_releases(office, releases), programs=others).of(MAIN)
        office = replace(office, asks_second_factor=asks_second_factor)
        token = admin_token or new_token()
        with writing(office.engine) as database:
            companies.appoint(database, token)
        listener = undo.enter_context(socket.create_server((host, port)))
        # Accepted connections inherit it; asyncio does not set it on a listener that we bring.
        # Without it each answer waits 40 ms for the caller's delayed acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound_host, bound_port = listener.getsockname()[:2]
        server, thread = _serve(office, listener, tls)
        _keep_up(office, undo)
        undo.callback(Child(office, _told(seal_key=seal_key, erp=erp)).stop)
        scheme = "https" if tls else "http"
        url = f"{scheme}://{bound_host}:{bound_port}"
        return Running(url, token, office, server, thread, undo.pop_all())


def open_office(
    db_url: str,
    *,
    sample: bool = False,
    seal_key: Path | None = None,
    copies: Copies | None = None,
) -> Office:
    """Open and upgrade the database of an office; ``sample`` fills it if it is empty.

    ``seal_key`` is where its own key lies or shall lie, by default beside the database. An office
    whose database is on a server has none unless it is told where: its processes share one. So it
    is with the folder of ``copies``.
    """
    from backoffice.store.upgrade import upgrade  # noqa: PLC0415 (Alembic is slow to import)

    engine = open_engine(db_url)
    key = seal_key or _beside(engine.url, ".seal-key")
    kept = copies or Copies()
    office = Office(
        engine,
        snapshots=Snapshots(_beside(engine.url, ".snapshots")),
        sealing=kept_sealing(key) if key else Sealing(),
        copies=replace(kept, url=engine.url, folder=kept.folder or _beside(engine.url, ".copies")),
    ).of(MAIN)
    upgrade(office.engine)
    with writing(office.engine) as database:
        companies.add(database, MAIN, "", office.clock())
    if sample:
        from backoffice.sample import load_sample  # noqa: PLC0415

        load_sample(office.engine)
    return office


def with_releases(office: Office, releases: Releases | None) -> Office:
    """The same office with releases on its shelf."""
    if releases is None:
        return office
    from backoffice.releases.repository import Repository  # noqa: PLC0415 (TUF is slow to import)
    from backoffice.releases.shelf import Shelf  # noqa: PLC0415 (same)

    for folder in (releases.folder, releases.keys):
        if folder is not None and not folder.is_dir():
            raise BadSetting(detail=f"releases: no folder {folder}")
    return replace(office, shelf=Shelf(Repository(releases.folder), releases.keys))


def _keep_up(office: Office, undo: ExitStack) -> None:
    """Begin what an office does by itself; ``undo`` ends it."""
    if office.copies.folder is not None:
        undo.callback(Daily(office.copies, office.clock).stop)
    if office.shelf is not None and office.shelf.keys is not None:
        from backoffice.releases.renewal import Renewal  # noqa: PLC0415 (TUF is slow to import)

        undo.callback(Renewal(office.shelf, office.clock).stop)


def _told(**options: Path | None) -> list[str]:
    """What the office was told, for its child."""
    named = ((name.replace("_", "-"), it) for name, it in options.items())
    return [f"--{name}={it}" for name, it in named if it is not None]


def lock_of(url: URL) -> Path | None:
    """The file that says who uses the database; there is none beside one on a server."""
    return _beside(url, ".lock")


def _beside(url: URL, suffix: str) -> Path | None:
    """A file beside the database; there is none beside one on a server."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database)).with_suffix(suffix)


def _serve(
    office: Office, listener: socket.socket, tls: Tls | None
) -> tuple[uvicorn.Server, threading.Thread]:
    # Late: they take longer to import than most commands take to run.
    import uvicorn  # noqa: PLC0415

    from backoffice.app import create_app  # noqa: PLC0415

    config = uvicorn.Config(
        create_app(office),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        # What is being asked is answered; a till that has gone must not hold up the stop.
        timeout_graceful_shutdown=GRACE_S,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="backoffice", daemon=True
    )
    thread.start()
    _wait_until_it_answers(server, thread)
    return server, thread


def _wait_until_it_answers(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_MAX_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise BadSetting(detail="the web server did not start")
        time.sleep(_POLL_S)
