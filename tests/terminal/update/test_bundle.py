"""A bundle is read as if an enemy had made it: nothing outside the folder, nothing too big."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zipfile
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.update import bundle
from terminal.update.bundle import BadBundle, read_manifest, unpack
from tests.terminal.update.device import NEW, contents, tar, wheel

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("SEED", "1"))


def made(tmp_path: Path, **changes: bytes | None) -> Path:
    """A bundle whose files are changed, taken away (None) or added, without telling."""
    files = contents(NEW, 2) | changes
    return tar(tmp_path / "b.tar", {name: data for name, data in files.items() if data is not None})


def everything(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def refused(path: Path, tmp_path: Path) -> str:
    """It says why, and nothing lies beside the folder that was named."""
    before = set(tmp_path.rglob("*"))
    with pytest.raises(BadBundle) as caught:
        unpack(path, tmp_path / "out")
    out = tmp_path / "out"
    assert all(out in (path, *path.parents) for path in set(tmp_path.rglob("*")) - before)
    shutil.rmtree(out, ignore_errors=True)
    return str(caught.value)


def test_a_bundle_is_unpacked_as_its_manifest_says(tmp_path: Path) -> None:
    path = made(tmp_path)
    manifest = unpack(path, tmp_path / "out")
    assert manifest == read_manifest(path)
    assert manifest.version == NEW
    wanted = contents(NEW, 2)
    wanted.pop("manifest.json")
    assert everything(tmp_path / "out") == wanted


def test_a_file_that_was_altered(tmp_path: Path) -> None:
    assert "not what the manifest says" in refused(
        made(tmp_path, **{"sbom.json": b"{ }"}), tmp_path
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"requirements.txt": b"evil==1.0\n"},
        {"wheels/kasoterminal.whl": wheel("0.2.1")},
    ],
)
def test_a_wheel_or_the_lock_that_was_altered(tmp_path: Path, changes: dict[str, bytes]) -> None:
    assert "not what the manifest says" in refused(made(tmp_path, **changes), tmp_path)


def test_a_file_too_many_or_too_few(tmp_path: Path) -> None:
    assert "wheels/extra.whl" in refused(made(tmp_path, **{"wheels/extra.whl": b"x"}), tmp_path)
    assert "sbom.json" in refused(made(tmp_path, **{"sbom.json": None}), tmp_path)


@pytest.mark.parametrize(
    "manifest",
    [None, b"", b"{}", b"[" * 100_000, b"\xff", b'{"version": 1}', b"0" * 2_000_000],
)
def test_a_manifest_that_is_none(tmp_path: Path, manifest: bytes | None) -> None:
    assert "manifest.json" in refused(made(tmp_path, **{"manifest.json": manifest}), tmp_path)


def test_a_manifest_that_names_its_way_out(tmp_path: Path) -> None:
    for name in ("../x", "/etc/x", "wheels/../../x", "a/b", ".hidden", "", "wheels/"):
        files = {"files": {name: "0" * 64}}
        data = contents(NEW, 2, **files)["manifest.json"]
        assert "manifest.json" in refused(made(tmp_path, **{"manifest.json": data}), tmp_path)


# --- what a tar can hold besides -----------------------------------------------------------------


def with_member(tmp_path: Path, **attributes: object) -> Path:
    """A bundle with one more member of another kind."""
    path = made(tmp_path)
    info = tarfile.TarInfo("wheels/more.whl")
    for name, value in attributes.items():
        setattr(info, name, value)
    with tarfile.open(path, "a", format=tarfile.GNU_FORMAT) as out:
        out.addfile(info, io.BytesIO(bytes(info.size)) if info.isreg() else None)
    return path


@pytest.mark.parametrize(
    "attributes",
    [
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": "sbom.json"},
        {"type": tarfile.DIRTYPE},
        {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 3},
        {"type": tarfile.BLKTYPE},
        {"type": tarfile.FIFOTYPE},
        {"type": tarfile.CONTTYPE},
        {"name": "../../escaped"},
        {"name": "/etc/escaped"},
        {"name": "wheels/../escaped"},
        {"name": "wheels"},
        {"name": "wheels/a/b"},
        {"name": "with space"},
        {"name": "zażółć"},
        {"name": "wheels/" + "long" * 100},
        {"name": "wheels/more.whl", "size": 1 << 40},
    ],
    ids=str,
)
def test_no_other_kind_of_member_and_no_other_name(
    tmp_path: Path, attributes: dict[str, object]
) -> None:
    sized = attributes.pop("size", None)
    path = with_member(tmp_path, **attributes)
    if sized:
        data = bytearray(path.read_bytes())
        at = data.rindex(b"wheels/more.whl")
        data[at + 124 : at + 136] = b"77777777777\x00"
        data[at + 148 : at + 156] = b" " * 8
        data[at + 148 : at + 156] = f"{sum(data[at : at + 512]):06o}\x00 ".encode()
        path.write_bytes(data)
    assert refused(path, tmp_path)
    assert not (tmp_path.parent / "escaped").exists()


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_extended_headers_are_refused(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "b.tar"
    with tarfile.open(path, "w", format=kind, pax_headers={"comment": "x"}) as out:
        out.addfile(tarfile.TarInfo("manifest.json"))
    assert refused(path, tmp_path)


def test_the_same_name_twice(tmp_path: Path) -> None:
    path = made(tmp_path)
    with tarfile.open(path, "a", format=tarfile.USTAR_FORMAT) as out:
        out.addfile(tarfile.TarInfo("sbom.json"))
    assert "twice" in refused(path, tmp_path)


def test_one_that_is_cut_off(tmp_path: Path) -> None:
    whole = made(tmp_path).read_bytes().rstrip(b"\x00")
    for length in (*range(0, 1100, 100), len(whole) - 2000, len(whole) // 2):
        path = tmp_path / "cut.tar"
        path.write_bytes(whole[:length])
        assert refused(path, tmp_path)


def test_too_many_files_and_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"wheels/w{number}.whl": b"" for number in range(40)}
    monkeypatch.setattr(bundle, "FILES_MAX", 20)
    assert "more than 20 files" in refused(made(tmp_path, **many), tmp_path)
    monkeypatch.setattr(bundle, "BUNDLE_BYTES_MAX", 1000)
    assert "more than 1000" in refused(made(tmp_path), tmp_path)


def zipped(*sizes: int, name: str = "wheels/bomb.whl") -> dict[str, bytes]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"f{number}", bytes(size))
    return {name: held.getvalue()}


def honest(tmp_path: Path, more: dict[str, bytes]) -> Path:
    """A bundle with more wheels that its manifest names, too."""
    files = contents(NEW, 2) | more
    manifest = json.loads(files.pop("manifest.json"))
    manifest["files"] = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return tar(tmp_path / "b.tar", {"manifest.json": json.dumps(manifest).encode(), **files})


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (zipped(2_000_000), "unpack to too much"),
        (zipped(*[0] * 300), "unpack to too much"),
        ({"wheels/no.whl": b"not a zip"}, "wheels/no.whl"),
    ],
    ids=["bytes", "files", "no zip"],
)
def test_a_small_archive_that_unpacks_to_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, bytes], why: str
) -> None:
    monkeypatch.setattr(bundle, "UNPACKED_BYTES_MAX", 1_000_000)
    monkeypatch.setattr(bundle, "_IN_WHEEL_MAX", 200)
    assert why.rpartition("/")[2] in refused(honest(tmp_path, more), tmp_path)


# --- any bytes at all ----------------------------------------------------------------------------


@given(st.binary(max_size=4000))
def test_any_bytes_are_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "b.tar"
    path.write_bytes(data)
    with pytest.raises(BadBundle):
        read_manifest(path)


def mutated(whole: bytes, dice: Random) -> bytes:
    data = bytearray(whole)
    for _ in range(dice.randint(1, 4)):
        at = dice.choice((dice.randrange(len(data)), dice.randrange(512)))
        data[at] = dice.randrange(256)
    return bytes(data[: dice.choice((len(data), dice.randrange(len(data))))])


def check_mutations(tmp_path: Path, rounds: int) -> None:
    whole, dice = made(tmp_path).read_bytes(), Random(SEED)
    wanted = contents(NEW, 2)
    wanted.pop("manifest.json")
    path = tmp_path / "mutated.tar"
    for number in range(rounds):
        path.write_bytes(mutated(whole, dice))
        out = tmp_path / f"out{number}"
        try:
            unpack(path, out)
        except BadBundle:
            continue
        # What was altered is nowhere that anybody reads.
        assert everything(out) == wanted, f"SEED={SEED}, {number}"


def test_a_bundle_with_any_byte_altered_is_refused_or_the_same(tmp_path: Path) -> None:
    check_mutations(tmp_path, 300)


@pytest.mark.torture
def test_many_altered_bundles(tmp_path: Path) -> None:
    check_mutations(tmp_path, int(os.environ.get("ROUNDS", "20000")))
