"""The registry of devices, and the entrance for tests. A new device is one line in ``MODELS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.escpos import model as escpos
from hw_emulator.escpos.model import RunningEscPos, start_escpos
from hw_emulator.gear import model as gear
from hw_emulator.novitus import model as novitus
from hw_emulator.novitus.model import RunningNovitus, start_novitus
from hw_emulator.place import LOCALHOST, Lines, Place
from hw_emulator.posnet import model as posnet
from hw_emulator.posnet.model import RunningPosnet, start_posnet
from hw_emulator.running import Running

if TYPE_CHECKING:
    from hw_emulator.model import Model

__all__ = [
    "LOCALHOST",
    "MODELS",
    "Lines",
    "Place",
    "Running",
    "RunningEscPos",
    "RunningNovitus",
    "RunningPosnet",
    "start_escpos",
    "start_novitus",
    "start_posnet",
]

MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        posnet.MODEL,
        novitus.MODEL,
        escpos.MODEL,
        *gear.MODELS,
    )
}
