from __future__ import annotations

import io
import json
import tarfile

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.releases.bundle import Contents, pack, read_bundle, sbom_of
from backoffice.releases.faults import ReleaseFault
from backoffice.releases.wheels import read_wheel
from terminal.sync import wire
from tests.backoffice.releases.hand_made import MOMENT, make_bundle, make_wheel


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return make_bundle(tmp_path_factory.mktemp("bundle"))


def rewritten(bundle, path, change):
    """A copy of the bundle whose files ``change`` may alter."""
    with tarfile.open(bundle) as opened:
        files = [(it, opened.extractfile(it).read()) for it in opened]
    with tarfile.open(path, "w") as opened:
        for member, content in change(files):
            member.size = len(content)
            opened.addfile(member, io.BytesIO(content))
    return path


def test_a_bundle_holds_what_its_manifest_says(bundle):
    assert bundle.name == f"kasoterminal-1.0.0-{wire.platform_here()}.tar"
    manifest, size = read_bundle(bundle)
    assert (manifest.version, manifest.counter, manifest.min_from) == ("1.0.0", 1, "0.0")
    assert sorted(manifest.files) == [
        "requirements.txt", "sbom.json", "wheels/kasoterminal-1.0.0-py3-none-any.whl",
        "wheels/part-1.5-py3-none-any.whl", "wheels/pip-26.0-py3-none-any.whl",
    ]  # fmt: skip
    with tarfile.open(bundle) as opened:
        members = opened.getmembers()
        lines = opened.extractfile("requirements.txt").read().decode().splitlines()
    assert members[0].name == "manifest.json"
    assert {(it.uid, it.gid, it.uname, it.mode, it.mtime) for it in members} == {
        (0, 0, "", 0o644, int(MOMENT.timestamp()))
    }
    hashes = {f"--hash=sha256:{it}" for it in manifest.files.values()}
    assert [line.split(" ")[0] for line in lines] == ["kasoterminal==1.0.0", "part==1.5"]
    assert all(line.split(" ")[1] in hashes for line in lines)
    assert size > 0


def test_the_same_wheels_make_the_same_bytes(bundle, tmp_path):
    assert make_bundle(tmp_path / "again").read_bytes() == bundle.read_bytes()
    assert list((tmp_path / "again" / "out").iterdir()) == [
        tmp_path / "again" / "out" / bundle.name
    ]


def test_the_list_of_parts_is_what_is_installed(bundle):
    told = json.loads(sbom_of(bundle))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    parts = {(it["name"], it["version"], it["scope"]) for it in told["components"]}
    assert parts == {("part", "1.5", "required"), ("pip", "26.0", "excluded")}
    root = told["metadata"]["component"]
    assert (root["name"], root["version"], root["type"]) == ("kasoterminal", "1.0.0", "application")
    manifest, _ = read_bundle(bundle)
    hashes = {it["hashes"][0]["content"] for it in [root, *told["components"]]}
    assert hashes <= set(manifest.files.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files[1:], "manifest.json must come first"),
        (lambda files: [], "manifest.json must come first"),
        (lambda files: files[:-1], "not what its manifest says: wheels/pip"),
        (lambda files: [*files, files[-1]], "not what its manifest says"),
        (lambda files: [files[0], *((it, b"x" + was) for it, was in files[1:])], "manifest says"),
        (lambda files: [(files[0][0], b"{}"), *files[1:]], "missing required field"),
    ],
)
def test_a_bundle_that_was_changed_is_refused(bundle, tmp_path, change, said):
    with pytest.raises(ReleaseFault, match=said):
        read_bundle(rewritten(bundle, tmp_path / "changed.tar", change))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_only_regular_files_are_taken(bundle, tmp_path, kind):
    path = tmp_path / "odd.tar"
    path.write_bytes(bundle.read_bytes())
    odd = tarfile.TarInfo("wheels/x")
    odd.type, odd.linkname = kind, "/etc/passwd"
    with tarfile.open(path, "a") as opened:
        opened.addfile(odd)
    with pytest.raises(ReleaseFault, match="regular files only"):
        read_bundle(path)


@settings(max_examples=60)
@given(st.data())
def test_no_damage_is_taken_for_a_bundle_and_none_gives_a_traceback(bundle, tmp_path_factory, data):
    content = bytearray(bundle.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.tar"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        manifest, _ = read_bundle(path)
    except ReleaseFault:
        return
    # What is left over is padding, or says the same.
    assert manifest == read_bundle(bundle)[0]


def test_a_version_that_no_till_understands_is_not_packed(tmp_path):
    project = read_wheel(make_wheel(tmp_path, "kasoterminal", "1.0rc1"))
    pip = read_wheel(make_wheel(tmp_path, "pip", "26.0"))
    with pytest.raises(ReleaseFault, match="no till would take this bundle"):
        pack(Contents(project, [], pip, 1, "0.0", MOMENT), tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))


def test_a_wheel_for_another_machine_is_not_packed(tmp_path):
    project = read_wheel(make_wheel(tmp_path, "kasoterminal", "1.0", tag="cp311-cp311-win32"))
    with pytest.raises(ReleaseFault, match="wrong platform"):
        pack(Contents(project, [], project, 1, "0.0", MOMENT), tmp_path / "out")


def test_a_manifest_is_the_same_for_every_reader(bundle):
    with tarfile.open(bundle) as opened:
        content = opened.extractfile("manifest.json").read()
    manifest = msgspec.json.decode(content, type=wire.Manifest)
    assert msgspec.json.encode(manifest, order="sorted") == content
