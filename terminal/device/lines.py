"""Checks of what hangs on the till: printers, ports, the office. Asks, and changes nothing."""

from __future__ import annotations

import os
import socket
import stat
import tempfile
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509
from msgspec.structs import replace

from drivers.errors import DeviceError
from terminal.config import ConfigError, Store
from terminal.day import clock as day_clock
from terminal.device.check import IDENTITY, Check, bad, fine, warning
from terminal.errors import SyncError, TillError
from terminal.fiscal_printer import fiscal_printer
from terminal.gear.build import make_tapes
from terminal.i18n import translate as _
from terminal.sale.waiting import in_words, waiting_for
from terminal.sync import enrolment
from terminal.sync.http import Office

if TYPE_CHECKING:
    from datetime import datetime

    from drivers.fiscal import Counters, Identity, Status
    from terminal.config import Config
    from terminal.device.check import Scene

_CONNECT_S = 3.0
_OFFICE_S = 5.0
_CLOCK_OFF_MAX_S = 60
_CA_DAYS_MIN = 30


def printer(scene: Scene) -> list[Check]:
    """The fiscal printer: who it is, what it waits for, its clock and its memory."""
    name = "printer"
    if scene.config is None or scene.folder is None:
        return []
    if scene.is_running:
        text = _("the till has it; its state is in menu 7 1 and on the technician's console")
        return [fine(name, text)]
    remedy = _("cable, power, [printer] url (docs/posnet.md, docs/novitus.md)")
    try:
        known, status, at, counters = _ask(scene.config, scene.now)
    except (DeviceError, ConfigError, TillError, OSError) as error:
        return [bad(name, f"{scene.config.printer.url}: {error}", remedy)]
    found = [fine(name, f"{known.model} {known.version}, {counters.unique_no}")]
    if waits_for := waiting_for(status):
        found.append(warning("paper", in_words(waits_for), _("see the printer")))
    off = day_clock.drift(at, scene.now.replace(tzinfo=None, microsecond=0))
    if day_clock.is_noted(off):
        text = f"{at:%Y-%m-%d %H:%M:%S}"
        remedy = _("menu 8 5, after a daily report")
        found.append(
            (bad if day_clock.is_stopping(off) else warning)("printer clock", text, remedy)
        )
    return found


def devices(scene: Scene) -> list[Check]:
    """Ports of the other devices: whether they are there, and whether this user may open them."""
    config = scene.config
    if config is None:
        return []
    tables = {
        "receipt printer": config.receipt_printer,
        "scanner": config.scanner,
        "scale": config.scale,
        "display": config.display,
        "drawer": config.drawer,
    }
    urls = {name: table.url for name, table in tables.items() if table and table.url}
    if config.printer.url.startswith("/"):
        urls = {"printer port": config.printer.url} | urls
    return [_port(name, url, is_running=scene.is_running) for name, url in urls.items()]


def office(scene: Scene) -> list[Check]:
    """Whether it answers this till, and what its clock shows."""
    name = "office"
    if scene.config is None or scene.folder is None:
        return []
    try:
        known = enrolment.load(scene.folder / IDENTITY)
    except (TillError, OSError) as error:
        return [
            bad(name, str(error), _("ask the office for a code, then: kasoterminal enrol CODE"))
        ]
    if known is None:
        return []  # said of the enrolment already
    url, ca = scene.config.office.url or known.office_url, scene.config.office.ca
    there = Office(url, known.terminal, known.key, ca=Path(ca) if ca else None, timeout_s=_OFFICE_S)
    try:
        with there.caller.download(f"{there.path}/sets", {}) as response:
            its_time = response.headers.get("Date", "")
    except SyncError as error:
        text = f"{error.code} {error.sentence()}"
        return [warning(name, text, _("network, [office] url; selling goes on without it"))]
    finally:
        there.close()
    found = [fine(name, _("it answers as {terminal}", terminal=known.terminal))]
    if (off := _off(its_time, scene.now)) is not None and abs(off) > _CLOCK_OFF_MAX_S:
        text = _("its clock and that of this till are {seconds} s apart", seconds=round(abs(off)))
        found.append(warning("office clock", text, _("look after the time of both")))
    return found


def certificates(scene: Scene) -> list[Check]:
    """The file of trusted certificates, if the office has its own, and how long it is good."""
    name = "certificates"
    file = scene.config.office.ca if scene.config else ""
    if not file:
        return []
    remedy = _("get a new file from the office: [office] ca")
    try:
        known = x509.load_pem_x509_certificates(Path(file).read_bytes())
    except (OSError, ValueError) as error:
        return [bad(name, f"{file}: {error}", remedy)]
    ends = min(one.not_valid_after_utc for one in known)
    left = (ends - scene.now).days
    text = f"{file}: {ends:%Y-%m-%d}"
    if left < _CA_DAYS_MIN:
        return [(bad if left < 0 else warning)(name, text, remedy)]
    return [fine(name, text)]


def _ask(config: Config, now: datetime) -> tuple[Identity, Status, datetime, Counters]:
    """What the printer says; what is kept of a conversation goes to a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="kaso-doctor-") as folder:
        aside = replace(config, store=Store(dir=folder))
        tapes = make_tapes(aside, lambda: now)
        try:
            device = fiscal_printer(aside)(tapes, lambda _status: None)
            try:
                return device.connect(), device.status(), device.clock(), device.counters()
            finally:
                device.close()
        finally:
            tapes.stop()


def _port(name: str, url: str, *, is_running: bool) -> Check:
    parts = urlsplit(url)
    if parts.scheme in {"tcp", "socket"}:
        return _reach(name, url, parts.hostname or "", parts.port or 0, is_running=is_running)
    path = Path(parts.path if parts.scheme in {"", "serial"} else url)
    if not path.exists():
        return bad(name, _("{path} is not there", path=path), _("cable, power, url in till.toml"))
    if not os.access(path, os.R_OK | os.W_OK):
        group = path.stat().st_gid if stat.S_ISCHR(path.stat().st_mode) else 0
        text = _("{path} may not be opened by this user", path=path)
        return bad(name, text, f"usermod -a -G {_group(group)} USER")
    return fine(name, str(path))


def _reach(name: str, url: str, host: str, port: int, *, is_running: bool) -> Check:
    if is_running:
        return fine(name, _("the till has it"))
    try:
        socket.create_connection((host, port), _CONNECT_S).close()
    except OSError as error:
        return bad(name, f"{url}: {error}", _("cable, power, url in till.toml"))
    return fine(name, url)


def _group(number: int) -> str:
    """The group of a port, mostly ``dialout``."""
    import grp  # noqa: PLC0415 - there is none to ask where all ports may be opened

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return "dialout"


def _off(its_time: str, now: datetime) -> float | None:
    try:
        return (parsedate_to_datetime(its_time) - now).total_seconds()
    except (ValueError, TypeError):
        return None
