"""What a program does to a folder, as strace sees it: writes, names, fsyncs, in their order.

Every file and folder has a number of its own, as inodes have: what is written goes to the file,
whatever it is called by then. What is written through mmap is not seen; so the recording is played
at the end and must give the folder that is really there.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

ROOT = 0  # the number of the recorded folder itself
_CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,ftruncate,truncate,lseek,fsync,fdatasync,"
    "sync,syncfs,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,"
    "mkdirat,rmdir,chdir"
)
# Copies inside the kernel show no bytes: programs fall back to reading and writing.
_NO_COPIES = "inject=sendfile,copy_file_range:error=ENOSYS"
_TEXT_MAX = str(64 << 20)
_RUN_MAX_S = 110  # a test has 120
_LINE = re.compile(r"(\d+) +(.*)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(.*)")
_DONE = re.compile(r"(\w+)\((.*)\)\s+= (\d+)(?:<([^>]*)>)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FD = re.compile(r"(\d+|AT_FDCWD)<([^>]*)>(\(deleted\))?")


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes that went into a file."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file was cut off, or grew by zeros."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Names:
    """Names given and taken at once, each as (folder, name, number or None)."""

    changes: tuple[tuple[int, str, int | None], ...]

    @property
    def folder(self) -> int:
        """Whose fsync keeps them: of a file that moves the one into which it moves."""
        return self.changes[-1][0]


@dataclass(frozen=True, slots=True)
class Sync:
    """An fsync of what has this number, or (None) of everything, that covers what was done then."""

    number: int | None
    covers: int


@dataclass(frozen=True, slots=True)
class Said:
    """The program wrote to its standard output: a promise to the world."""

    text: str


Op = Write | Resize | Names | Sync | Said


@dataclass(slots=True)
class Tree:
    """A folder in memory."""

    folders: dict[int, dict[str, int]] = field(default_factory=lambda: {ROOT: {}})
    files: dict[int, bytes | bytearray] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Tree:
        """What is there."""
        tree = cls()
        tree._read(folder, ROOT)
        return tree

    def copy(self) -> Tree:
        """Another one; contents are copied when they change."""
        folders = {number: dict(names) for number, names in self.folders.items()}
        files = {number: bytes(data) for number, data in self.files.items()}
        return Tree(folders, files, dict(self.links))

    def new(self) -> int:
        """A number that nothing has."""
        return len(self.folders) + len(self.files) + len(self.links)

    def find(self, parts: tuple[str, ...]) -> int | None:
        """The number of what has this path, if anything has."""
        number: int | None = ROOT
        for part in parts:
            number = self.folders.get(number, {}).get(part)
        return number

    def play(self, op: Op) -> None:
        """Do it."""
        if isinstance(op, Write):
            data = self._content(op.file, op.offset)
            data[op.offset : op.offset + len(op.data)] = op.data
        elif isinstance(op, Resize):
            del self._content(op.file, op.size)[op.size :]
        elif isinstance(op, Names):
            for folder, name, number in op.changes:
                names = self.folders[folder]
                if number is None:
                    names.pop(name, None)
                else:
                    names[name] = number

    def build(self, folder: Path) -> None:
        """Make it real, as far as names lead."""
        self._build(str(folder), ROOT, set())

    def contents(self, ignore: tuple[str, ...] = ()) -> dict[str, bytes | str]:
        """Paths with what they hold."""
        found: dict[str, bytes | str] = {}
        self._list("", ROOT, ignore, found)
        return found

    def _content(self, number: int, size: int) -> bytearray:
        data = self.files[number]
        if not isinstance(data, bytearray):
            data = self.files[number] = bytearray(data)
        if len(data) < size:
            data.extend(bytes(size - len(data)))
        return data

    def _read(self, folder: Path, number: int) -> None:
        for path in folder.iterdir():
            own = self.folders[number][path.name] = self.new()
            if path.is_symlink():
                self.links[own] = str(path.readlink())
            elif path.is_dir():
                self.folders[own] = {}
                self._read(path, own)
            else:
                self.files[own] = path.read_bytes()

    def _build(self, path: str, number: int, above: set[int]) -> None:
        os.mkdir(path)  # noqa: PTH102 - thousands of them: Path would take half of the time
        for name, own in self.folders[number].items():
            below = f"{path}/{name}"
            if own in self.links:
                os.symlink(self.links[own], below)  # noqa: PTH211 - as above
            elif own in self.folders:
                # A folder that moved may have kept its old name: it is in one place only.
                if own not in above:
                    above.add(own)
                    self._build(below, own, above)
            else:
                with open(below, "wb") as file:  # noqa: PTH123 - as above
                    file.write(self.files[own])

    def _list(
        self, path: str, number: int, ignore: tuple[str, ...], found: dict[str, bytes | str]
    ) -> None:
        for name, own in self.folders[number].items():
            if any(fnmatch(name, pattern) for pattern in ignore):
                continue
            if own in self.folders:
                found[f"{path}{name}/"] = ""
                self._list(f"{path}{name}/", own, ignore, found)
            else:
                found[path + name] = self.links.get(own) or bytes(self.files[own])


@dataclass(frozen=True, slots=True)
class Recording:
    """``before`` is what lay in the folder; its empty files are those that are made later."""

    before: Tree
    ops: tuple[Op, ...]


def record(
    command: list[str],
    folder: Path,
    *,
    env: dict[str, str] | None = None,
    ignore: tuple[str, ...] = ("*-shm",),
) -> Recording:
    """Run ``command`` under strace and note what it does below ``folder``.

    ``ignore`` are patterns of names whose content nobody needs. Raises AssertionError when the
    program fails, or when it did something that cannot be played.
    """
    folder = folder.resolve()
    trace = folder.with_name(f"{folder.name}.strace")
    before = Tree.read(folder)
    strace = (
        *("strace", "-f", "-y", "-xx", "-qq", "--seccomp-bpf", "-s", _TEXT_MAX, "-o", str(trace)),
        *("-e", "signal=none", "-e", _NO_COPIES, "-e", f"trace={_CALLS},sendfile,copy_file_range"),
    )
    done = subprocess.run(
        [*strace, *command],
        capture_output=True,
        text=True,
        env=env,
        timeout=_RUN_MAX_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    reader = _Reader(folder, before)
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            reader.read(line)
    trace.unlink()
    after, really = reader.tree.contents(ignore), Tree.read(folder).contents(ignore)
    differ = {path for path in after.keys() | really.keys() if after.get(path) != really.get(path)}
    assert not differ, f"the recording does not tell how these came about: {sorted(differ)}"
    return Recording(reader.before, tuple(reader.ops))


class _Reader:
    """Reads a trace; ``tree`` is the folder as it is by then."""

    def __init__(self, folder: Path, before: Tree) -> None:
        self._folder = folder
        self.before, self.tree = before, before.copy()
        self.ops: list[Op] = []
        self._begun: dict[str, tuple[str, int]] = {}
        # Where each thread works, once it has said so.
        self._places: dict[str, Path] = {}
        self._place = Path.cwd()
        self._positions: dict[tuple[int, int], int | None] = {}

    def read(self, line: str) -> None:
        found = _LINE.match(line)
        if not found:
            return
        thread, text = found.groups()
        covers = len(self.ops)
        if text.endswith("<unfinished ...>"):
            self._begun[thread] = text.removesuffix("<unfinished ...>"), covers
            return
        if resumed := _RESUMED.match(text):
            begun, covers = self._begun.pop(thread)
            text = begun + resumed[1]
        if done := _DONE.match(text):
            name, told, result, opened = done.groups()
            self._place = self._places.get(thread, Path.cwd())
            if name == "chdir":
                self._places[thread] = self._place / _plain(_TEXT.findall(told)[0][0])
            else:
                self._call(name, told, int(result), _plain(opened or ""), covers)

    def _call(self, name: str, told: str, result: int, opened: str, covers: int) -> None:
        if name in {"open", "openat", "creat"}:
            self._opened(opened, result, told, is_creat=name == "creat")
        elif name in {"write", "writev", "pwrite64", "pwritev"}:
            self._wrote(name, told, result)
        elif name in {"fsync", "fdatasync"}:
            _, number = self._fd(told)
            if number is not None:
                self.ops.append(Sync(number, covers))
        elif name in {"sync", "syncfs"}:
            self.ops.append(Sync(None, covers))
        elif name in {"ftruncate", "truncate"}:
            path = self._paths(told)[0] if name == "truncate" else None
            number = self.tree.find(path) if path else self._fd(told)[1]
            self._resize(number, int(told.rpartition(", ")[2]))
        elif name == "lseek":
            fd, number = self._fd(told)
            if number is not None and self._positions.get((fd, number), 0) is not None:
                self._positions[fd, number] = result
        else:
            self._named(name, told)

    def _opened(self, path: str, fd: int, told: str, *, is_creat: bool) -> None:
        parts = self._parts(path)
        if parts is None:
            return
        number = self.tree.find(parts)
        if number is None:
            number = self._made(parts, "file")
        elif "O_TRUNC" in told or is_creat:
            self._resize(number, 0)
        self._positions[fd, number] = None if "O_APPEND" in told else 0

    def _wrote(self, name: str, told: str, count: int) -> None:
        fd, number = self._fd(told)
        if number is None and fd != 1:
            return
        texts = _TEXT.findall(told)
        assert not any(cut for _, cut in texts), "a write was too long for the recording"
        data = b"".join(bytes.fromhex(text.replace("\\x", "")) for text, _ in texts)[:count]
        if number is None:
            self.ops.append(Said(data.decode(errors="replace")))
            return
        if name.startswith("p"):
            offset = int(told.rpartition(", ")[2])
        else:
            position = self._positions.get((fd, number), 0)
            offset = len(self.tree.files[number]) if position is None else position
            self._positions[fd, number] = None if position is None else offset + count
        self._do(Write(number, offset, data))

    def _resize(self, number: int | None, size: int) -> None:
        if number is not None and len(self.tree.files[number]) != size:
            self._do(Resize(number, size))

    def _named(self, name: str, told: str) -> None:
        paths = self._paths(told)
        if name.startswith("mkdir"):
            if paths[0]:
                self._made(paths[0], "folder")
        elif name.startswith("symlink"):
            if paths[-1]:
                self._made(paths[-1], _plain(_TEXT.findall(told)[0][0]))
        elif name.startswith(("unlink", "rmdir")):
            if paths[0]:
                self._do(Names((self._change(paths[0], None),)))
        elif any(paths):
            assert all(paths), f"{name} across the border of the folder"
            source, target = paths
            assert source
            assert target
            given = self._change(target, self.tree.find(source))
            is_link = name.startswith("link")
            taken = () if is_link else (self._change(source, None),)
            self._do(Names((*taken, given)))

    def _made(self, parts: tuple[str, ...], kind: str) -> int:
        number = self.tree.new()
        for tree in (self.before, self.tree):
            if kind == "file":
                tree.files[number] = b""
            elif kind == "folder":
                tree.folders[number] = {}
            else:
                tree.links[number] = kind
        self._do(Names((self._change(parts, number),)))
        return number

    def _change(self, parts: tuple[str, ...], number: int | None) -> tuple[int, str, int | None]:
        folder = self.tree.find(parts[:-1])
        assert folder is not None
        return folder, parts[-1], number

    def _do(self, op: Op) -> None:
        self.ops.append(op)
        self.tree.play(op)

    def _fd(self, told: str) -> tuple[int, int | None]:
        """The first argument, an open file, and the number of what it is, if it is ours."""
        found = _FD.match(told)
        if not found or found[3]:
            return -1, None
        parts = self._parts(_plain(found[2]))
        return int(found[1]), None if parts is None else self.tree.find(parts)

    def _paths(self, told: str) -> list[tuple[str, ...] | None]:
        """The paths among the arguments, each below the folder or None."""
        paths, start = [], self._place
        for part in re.finditer(f"{_FD.pattern}|{_TEXT.pattern}", told):
            if part[2] is not None:
                start = Path(_plain(part[2]))
            else:
                paths.append(self._parts(os.path.normpath(start / _plain(part[4]))))
        return paths

    def _parts(self, path: str) -> tuple[str, ...] | None:
        try:
            return Path(path).relative_to(self._folder).parts
        except ValueError:
            return None


def _plain(text: str) -> str:
    r"""Text that strace wrote as \x61\x62."""
    return os.fsdecode(bytes.fromhex(text.replace("\\x", "")))
