"""One kind of device for the registry: its name, its options, how it is started. No devices.

A device brings one ``Model`` and ``host.MODELS`` lists it; that is all it takes to be served on
every kind of line, with paper, faults and a control socket.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hw_emulator.fault_kinds import LINE_KINDS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from hw_emulator.fault_kinds import Kind
    from hw_emulator.place import Place
    from hw_emulator.running import Running


def no_options(_parser: argparse.ArgumentParser) -> None:
    """For a device that has none of its own."""


@dataclass(frozen=True, slots=True)
class Model:
    """A kind of device.

    ``start`` builds one from its own options and starts it at a place: it makes a worker, opens
    ``place.lines`` for it, and ends with ``Running.serve(place, words)``. It may raise OSError,
    ValueError and what ``unusable`` names; the program then ends with the text of the error.
    ``kinds`` are the faults it can have: those of the line with ``guard``, all at a ``Station``.
    ``examples`` are command lines after ``python -m hw_emulator``.
    """

    name: str
    about: str
    start: Callable[[argparse.Namespace, Place], Running]
    add_options: Callable[[argparse.ArgumentParser], None] = no_options
    examples: tuple[str, ...] = ()
    kinds: frozenset[Kind] = LINE_KINDS
    unusable: type[Exception] | tuple[type[Exception], ...] = ()
