"""How each errand of the office is done. A second time does no harm."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from terminal.device import bundle, doctor
from terminal.device.check import Scene
from terminal.errors import Code, Rejected
from terminal.events import Failed
from terminal.sync.wire import LOG_BYTES_MAX, RELOADS, ErrandKind, TillLog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from terminal.config import Config
    from terminal.context import Context
    from terminal.store.errands import Held
    from terminal.sync.http import Office
    from terminal.till import Till

# These read a whole journal, or speak to devices and the office: not beside somebody who sells.
_TOO_LONG = frozenset({"journal", "printer", "devices", "office", "certificates"})


class Ways:
    """``config`` was read from ``path``."""

    def __init__(
        self, context: Context, till: Till, office: Office, config: Config, path: Path
    ) -> None:
        self._context = context
        self._till = till
        self._office = office
        self._config = config
        self._path = path

    def table(self) -> Mapping[str, Callable[[Held], Future[Any]]]:
        """What is done, by the kind of errand; called on the engine's thread."""
        return {
            ErrandKind.RELOAD: self._reload,
            ErrandKind.SEND_LOG: self._send_log,
            ErrandKind.LOCK: self._lock,
            ErrandKind.REPORT: self._report,
        }

    def _reload(self, errand: Held) -> Future[Any]:
        if errand.what not in RELOADS:
            return _ended(Rejected(Code.NOT_HERE, word=errand.what))
        return self._till.reload(errand.what)

    def _send_log(self, errand: Held) -> Future[Any]:
        return self._context.net.call(self._upload, errand.id)

    def _upload(self, errand_id: str) -> None:
        """On ``net``, where it holds up nobody who sells."""
        scene = Scene(self._path, self._config, "", self._context.now(), is_running=True)
        names = [name for name in doctor.CHECKS if name not in _TOO_LONG]
        checks, log = bundle.told(scene, [*doctor.examine(scene, names)], LOG_BYTES_MAX)
        self._office.keep_log(errand_id, TillLog(checks, log))

    def _lock(self, _errand: Held) -> Future[Any]:
        if self._till.operator is not None:
            self._till.lock()
            self._context.tell(Failed(Rejected(Code.LOCKED_BY_OFFICE)))
        return _ended()

    def _report(self, _errand: Held) -> Future[Any]:
        return self._till.look_again()


def _ended(error: Rejected | None = None) -> Future[None]:
    """The Future of what is over already."""
    future: Future[None] = Future()
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)
    return future
