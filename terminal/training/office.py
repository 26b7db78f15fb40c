"""No office: whatever is asked of it, nobody answers. There is nothing in it that could call."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.http import Caller, Office

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from httpx2 import Response


class _Nobody(Caller):
    """Has no address."""

    def __init__(self) -> None:
        super().__init__("")

    def ask(self, *_args: object, **_query: object) -> NoReturn:
        """Nobody answers."""
        raise _training()

    @contextmanager
    def download(self, path: str, headers: Mapping[str, str]) -> Iterator[Response]:
        """Nobody answers."""
        del path, headers
        raise _training()
        yield  # pragma: no cover - a generator, as its caller wants one


class NoOffice(Office):
    """Every method raises ``SyncError`` E-50."""

    def __init__(self) -> None:
        super().__init__("", "", "")
        self.caller = _Nobody()


def _training() -> SyncError:
    return SyncError(Code.NO_NETWORK, detail=translate(_("training has no office")))
