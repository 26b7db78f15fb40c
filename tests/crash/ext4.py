"""A real disk that can die: ext4 on a file in memory, shut down by the kernel in the middle of it.

``FS_IOC_SHUTDOWN`` without a flush is what a power cut is to a file system: what the journal of
ext4 has not written is gone. Needs root and a loop device.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

_SHUTDOWN = 0x8004587D  # FS_IOC_SHUTDOWN
_NO_FLUSH = struct.pack("I", 2)
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
_SIZE = "256M"  # sparse; a till begins no day on a disk with less than 64 MiB free


def why_not() -> str:
    """Why there can be no such disk here; empty where there can."""
    if os.geteuid():
        return "it takes root to mount a disk"
    if missing := [name for name in ("mkfs.ext4", "mount", "e2fsck") if not shutil.which(name)]:
        return f"not installed: {', '.join(missing)}"
    if not _MEMORY.is_dir():
        return "there is no /dev/shm"
    try:
        Disk().remove()
    except subprocess.CalledProcessError as error:
        return f"no loop device: {error.stderr.decode().strip()}"
    return ""


class Disk:
    """Mounted at ``folder``."""

    def __init__(self) -> None:
        self._place = Path(tempfile.mkdtemp(dir=_MEMORY))
        self._image = self._place / "image"
        self.folder = self._place / "disk"
        self.folder.mkdir()
        try:
            _run("truncate", "-s", _SIZE, self._image)
            _run("mkfs.ext4", "-q", "-F", self._image)
            self._mount()
        except subprocess.CalledProcessError:
            shutil.rmtree(self._place)
            raise

    def die(self) -> None:
        """Nothing reaches it from now on; whoever uses it gets errors."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, _NO_FLUSH)
        finally:
            os.close(handle)

    def come_back(self) -> None:
        """The power is on again: ext4 replays its journal."""
        _run("umount", self.folder)
        self._mount()

    def remove(self) -> None:
        """Check it, and give everything back. Raises CalledProcessError when it is not clean."""
        _run("umount", self.folder)
        try:
            _run("e2fsck", "-f", "-n", self._image)
        finally:
            shutil.rmtree(self._place)

    def _mount(self) -> None:
        _run("mount", "-o", "loop", self._image, self.folder)


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True)
