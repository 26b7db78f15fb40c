"""The scale: asked on a thread of its own when somebody wants a weight. Sells nothing by itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, NotReady
from terminal.errors import Code, Rejected
from terminal.events import DeviceChanged, Weighed
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.scale import Scale
    from terminal.engine import Engine

NAME = "scale"
WAITS = {
    "unstable": _("the weight is not steady: wait, touch nothing"),
    "empty": _("nothing lies on it"),
    "overload": _("too heavy for it"),
    "underload": _("below zero: empty it and press its zero key"),
    "unit": _("it does not weigh in kilograms"),
    "unchanged": _("lift the goods and put them on again"),
    "busy": _("it is busy: try again"),
}
_log = logging.getLogger(__name__)


class Weighing:
    """``scale`` belongs to ``thread``; ``patience_s`` is how long a weight is waited for."""

    def __init__(
        self, scale: Scale, thread: Engine, patience_s: float, tell: Callable[[object], None]
    ) -> None:
        self._scale = scale
        self._thread = thread
        self._patience_s = patience_s
        self._tell = tell
        self._is_online: bool | None = None

    def start(self) -> None:
        """Look once whether the scale is there."""
        self._thread.call(self._look)

    def weigh(self) -> Future[int]:
        """A steady weight in thousandths; raises E-93 or E-94 in the Future."""
        return self._thread.call(self._weigh)

    def then(self, do: Callable[[int], None]) -> Future[None]:
        """Weigh, then do something with the weight, on the scale's thread."""
        return self._thread.call(lambda: do(self._weigh()))

    def stop(self) -> None:
        """End the thread and give the line back."""
        if self._thread.stop(self._patience_s + 1):
            self._scale.close()

    def _look(self) -> None:
        try:
            self._scale.read()
        except NotReady:
            self._say(is_online=True)
        except DeviceError as error:
            self._say(is_online=False, detail=str(error))
        else:
            self._say(is_online=True)

    def _weigh(self) -> int:
        try:
            qty_milli = self._scale.weigh(self._patience_s)
        except NotReady as waits:
            self._say(is_online=True)
            reason = WAITS.get(waits.reason, waits.reason)
            raise Rejected(Code.SCALE_WAITS, reason=translate(reason)) from waits
        except DeviceError as error:
            self._say(is_online=False, detail=str(error))
            raise Rejected(Code.NO_SCALE) from error
        self._say(is_online=True)
        self._tell(Weighed(qty_milli))
        return qty_milli

    def _say(self, *, is_online: bool, detail: str = "") -> None:
        if is_online is not self._is_online:
            self._is_online = is_online
            if not is_online:
                _log.warning("%s does not answer: %s", NAME, detail)
            self._tell(DeviceChanged(NAME, is_online=is_online, detail=detail))
