"""A device whose errors are noticed on their way to whoever asked. Changes nothing else.

Every protocol raises ``DeviceError`` and every part of the till catches it somewhere; here is the
one place that all of them pass.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Any

from drivers.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable


class Noticed:
    """Works as ``device``, facets included; ``on_error`` hears each ``DeviceError`` it raises."""

    def __init__(self, device: object, on_error: Callable[[DeviceError], None]) -> None:
        self.device = device
        self._on_error = on_error

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the device has
        found = getattr(self.device, name)
        if callable(found):
            return self._heard(found)
        is_ours = type(found).__module__.startswith("drivers.")
        is_facet = is_ours and not is_dataclass(found) and not isinstance(found, Enum)
        return Noticed(found, self._on_error) if is_facet else found

    def _heard(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: object, **kwargs: object) -> object:
            try:
                return method(*args, **kwargs)
            except DeviceError as error:
                self._on_error(error)
                raise

        return call
