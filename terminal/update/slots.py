"""The slots of this device: installs a prepared bundle into a new one, arms, confirms, clears up.

The order is all that makes it safe. A slot has its name only when every file in it is on the disk
and named in its seal; the pointer names a slot only when that has its name. So a power cut at any
moment leaves the old pointer, or the new one to a whole slot.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.store.db import sync_folder
from terminal.sync.wire.releases import SBOM, platform_here
from terminal.update import boot_file, sealing
from terminal.update.bundle import BadBundle, unpack
from terminal.update.launcher import SLOTS, Boot, is_sealed, keep, read, version_of
from terminal.update.states import State, Step, state_of, step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from terminal.sync.wire.releases import Manifest
    from terminal.update.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Trade:
    """How a slot is made: ``build`` it from a bundle, ``try_out`` what came of it.

    ``build`` is given the slot, the unpacked bundle and the folder that the slot will be; ``say``
    hears the name of each step.
    """

    build: Callable[[Path, Path, Path], None]
    try_out: Callable[[Path], None]
    say: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Standing:
    """One slot, and where it stands."""

    slot: str
    version: str
    counter: int
    state: State


class Slots:
    """``prefix`` holds the pointer and the slots."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self._folder = prefix / SLOTS

    def boot(self) -> Boot:
        """The pointer; an installation without any slot has an empty one."""
        return read(self.prefix) or Boot("", "")

    def sealed(self) -> list[str]:
        """Names of the slots that are whole, the newest release last."""
        found = [path.name for path in self._folder.glob("[!.]*") if self._is_whole(path.name)]
        return sorted(found, key=lambda name: (self.counter(name), name))

    def standing(self) -> list[Standing]:
        """What is installed here, the newest release last."""
        return [
            Standing(name, version_of(name), self.counter(name), self.state(name))
            for name in self.sealed()
        ]

    def differences(self, slot: str) -> list[str]:
        """Files of a slot that are not what they were when it was sealed."""
        return sealing.differences(self._folder / slot)

    def counter(self, slot: str) -> int:
        """The counter of the release in ``slot``; 0 when that cannot be told."""
        return sealing.counter_of(self._folder / slot)

    def state(self, slot: str, *, is_prepared: bool = False) -> State:
        """Where a slot stands."""
        whole = self._is_whole(slot)
        return state_of(
            self.boot(), slot, version_of(slot), is_sealed=whole, is_prepared=is_prepared
        )

    def install(self, prepared: Prepared, trade: Trade) -> str:
        """Make the slot of a bundle that was just proven; gives its name, also when it is there.

        Raises ``BadBundle``, ``StepFailed``, ``OSError`` and what ``trade`` raises; nothing is left
        of the slot then, and the device is what it was.
        """
        slot = slot_of(prepared)
        if self._is_whole(slot):
            return slot
        step(self.state(slot, is_prepared=True), Step.INSTALL)
        self.prune()
        part, final = self._folder / f".{slot}.tmp", self._folder / slot
        try:
            self._make(prepared, trade, part, final)
        except BaseException:
            sealing.remove(part)
            raise
        part.rename(final)
        sync_folder(self._folder)
        sync_folder(self.prefix)
        return slot

    def _make(self, prepared: Prepared, trade: Trade, part: Path, final: Path) -> None:
        part.mkdir(parents=True)
        trade.say("unpack")
        manifest = unpack(prepared.bundle, part / "bundle")
        fit(manifest, prepared)
        trade.say("build")
        trade.build(part, part / "bundle", final)
        if (part / "bundle" / SBOM).exists():
            (part / "bundle" / SBOM).rename(part / SBOM)
        shutil.rmtree(part / "bundle")
        trade.say("try")
        trade.try_out(part)
        trade.say("seal")
        sealing.seal(part, manifest.version, manifest.counter)

    def arm(self, slot: str) -> None:
        """Start ``slot`` from now on, on trial."""
        step(self.state(slot), Step.ARM)
        self._keep(boot_file.armed(self.boot(), slot))

    def confirm(self) -> None:
        """The active slot is well."""
        boot = self.boot()
        step(self.state(boot.active), Step.CONFIRM)
        self._keep(boot_file.confirmed(boot, self.counter(boot.active)))

    def waits(self) -> None:
        """The printer is silent: this start has used up no try."""
        self._keep(boot_file.waiting(self.boot()))

    def unwell(self, why: str) -> None:
        """The active slot is not well."""
        self._keep(boot_file.unwell(self.boot(), why))

    def bar(self, version: str) -> None:
        """Never install ``version`` here."""
        self._keep(boot_file.barred(self.boot(), version))

    def way_back(self) -> str:
        """The slot to which somebody may go back; empty when there is none."""
        boot = self.boot()
        if boot.is_trial:
            return boot.good
        newest = self.counter(boot.good)
        for name in reversed(self.sealed()):
            if self.state(name) is State.INSTALLED and self.counter(name) <= newest:
                return name
        return ""

    def go_back(self) -> str:
        """Give a trial up, or try the older slot again; gives the slot that is started next."""
        boot, slot = self.boot(), self.way_back()
        if boot.is_trial:
            # The launcher does it: no try is left.
            self._keep(boot_file.given_up(boot, boot_file.GONE_BACK))
        else:
            step(self.state(slot), Step.ARM)
            self._keep(boot_file.sent_back(boot, slot))
        return slot

    def prune(self) -> None:
        """Clear away what was half built, and all but the good slot and the one before it."""
        boot = self.boot()
        wanted = {boot.active, boot.good, self.way_back()}
        for path in self._folder.glob("*"):
            if path.name not in wanted:
                sealing.remove(path)
        if self._folder.is_dir():
            sync_folder(self._folder)

    def _keep(self, boot: Boot) -> None:
        """Replace the pointer; one that is in force already is not taken back by a disk error."""
        try:
            keep(self.prefix, boot)
        except OSError:
            if self.boot() != boot:
                raise

    def _is_whole(self, slot: str) -> bool:
        return is_sealed(self.prefix, slot)


def slot_of(prepared: Prepared) -> str:
    """The name of the slot that a bundle becomes: another bundle is another slot."""
    return f"{prepared.version}-{prepared.sha256[:8]}"


def fit(manifest: Manifest, prepared: Prepared) -> None:
    """Refuse a bundle that is not what was prepared, or is not for this device."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    told = {
        "version": (manifest.version, prepared.version),
        "counter": (manifest.counter, prepared.counter),
        "python": (manifest.python, here),
        "platform": (manifest.platform, platform_here()),
    }
    for name, (found, wanted) in told.items():
        if found != wanted:
            msg = f"its {name} is {found}, not {wanted}"
            raise BadBundle(msg)
