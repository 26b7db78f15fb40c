from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import venv
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backoffice.releases import build as building
from backoffice.releases.build import Plan, build, counter_of, moment_of, pip_of, project_wheel
from backoffice.releases.bundle import read_bundle, sbom_of
from backoffice.releases.faults import ReleaseFault
from tests.backoffice.releases.hand_made import make_wheel

ROOT = Path(__file__).parents[3]
EPOCH = "1767225600"
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "kasoterminal"
version = "1.2.3"
dependencies = ["part>=1", "deep"]

[tool.hatch.build.targets.wheel]
packages = ["kaso"]
"""


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A tiny project, its wheelhouse and its hashed requirements."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    source, house = tmp_path / "source", tmp_path / "house"
    (source / "kaso").mkdir(parents=True)
    (source / "kaso" / "__init__.py").write_text("NAME = 'kaso'\n")
    (source / "pyproject.toml").write_text(PROJECT)
    wheels = [
        make_wheel(house, "part", "1.5", ["deep"]),
        make_wheel(house, "deep", "0.3"),
        make_wheel(house, "unneeded", "1.0"),
    ]
    lines = [
        f"{it.name.split('-')[0]}=={it.name.split('-')[1]}"
        f" --hash=sha256:{hashlib.sha256(it.read_bytes()).hexdigest()}"
        for it in wheels
    ]
    (source / "run.txt").write_text("\n".join(lines))
    return Plan(source, tmp_path / "dist", house, source / "run.txt")


def test_a_checkout_becomes_a_bundle_whose_parts_are_what_gets_installed(checkout, tmp_path):
    path = build(checkout)
    manifest, _ = read_bundle(path)
    assert (manifest.version, manifest.counter) == ("1.2.3", 1_002_003)
    assert manifest.built_at == "2026-01-01T00:00:00+00:00"
    with tarfile.open(path) as opened:
        opened.extractall(tmp_path / "bundle", filter="data")
    slot = tmp_path / "slot"
    venv.create(slot, with_pip=False)
    pip = next((tmp_path / "bundle" / "wheels").glob("pip-*.whl"))
    python = slot / "bin" / "python"
    subprocess.run(
        [python, pip / "pip", "--quiet", "--disable-pip-version-check", "install", "--no-index",
         "--no-deps", "--require-hashes", "--no-compile", "--find-links", "wheels",
         "--requirement", "requirements.txt"],
        cwd=tmp_path / "bundle", check=True, timeout=100,
    )  # fmt: skip
    code = (
        "import importlib.metadata as m, json;"
        "print(json.dumps(sorted([d.name, d.version] for d in m.distributions())))"
    )
    said = subprocess.run([python, "-c", code], capture_output=True, check=True, timeout=60)
    told = json.loads(sbom_of(path))
    parts = [told["metadata"]["component"], *told["components"]]
    listed = sorted([it["name"], it["version"]] for it in parts if it.get("scope") != "excluded")
    assert json.loads(said.stdout) == listed
    assert listed == [["deep", "0.3"], ["kasoterminal", "1.2.3"], ["part", "1.5"]]


def test_two_builds_are_the_same_bytes(checkout, tmp_path):
    one = build(checkout)
    two = build(
        Plan(checkout.source, tmp_path / "again", checkout.wheelhouse, checkout.requirements)
    )
    assert one.read_bytes() == two.read_bytes()


def test_the_project_itself_is_built_the_same_twice(tmp_path):
    moment = datetime.fromtimestamp(int(EPOCH), UTC)
    one, two = (project_wheel(ROOT, tmp_path / it, moment) for it in ("one", "two"))
    assert one.sha256 == two.sha256
    with zipfile.ZipFile(one.path) as opened:
        assert {it.date_time for it in opened.infolist()} == {(2026, 1, 1, 0, 0, 0)}
    assert one.name == "kasoterminal"
    assert any(it.startswith("tuf") for it in one.needs)


def test_a_wheel_that_is_not_the_locked_one_stops_the_build(checkout):
    make_wheel(checkout.wheelhouse, "part", "1.5", ["deep"], filler=b"# changed\n")
    with pytest.raises(ReleaseFault, match="damaged or not what was locked"):
        build(checkout)
    assert not checkout.folder.exists()


def test_a_project_that_does_not_build_says_why(checkout):
    (checkout.source / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(ReleaseFault, match="hatchling build failed: "):
        build(checkout)


def test_wheels_are_downloaded_when_there_is_no_wheelhouse(checkout, monkeypatch):
    """By pip, which takes wheels only, and only those whose hash is known."""
    ran = []

    def run(command, **_more):
        ran.append(command)
        for path in checkout.wheelhouse.iterdir():
            target = Path(command[command.index("--dest") + 1])
            target.mkdir(exist_ok=True)
            (target / path.name).write_bytes(path.read_bytes())
        return subprocess.CompletedProcess(command, 0, "", "")

    real = subprocess.run
    monkeypatch.setattr(
        building.subprocess,
        "run",
        lambda command, **more: (run if "download" in command else real)(command, **more),
    )
    plan = Plan(checkout.source, checkout.folder, None, checkout.requirements)
    assert read_bundle(build(plan))[0].version == "1.2.3"
    (command,) = ran
    assert command[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(command)


@pytest.mark.parametrize(
    ("version", "counter"), [("0.1.0", 1000), ("1.2", 1_002_000), ("12.34.56", 12_034_056)]
)
def test_a_counter_is_made_of_the_version(version, counter):
    assert counter_of(version) == counter


@pytest.mark.parametrize("version", ["0.0", "1.1000", "1.2.3.4", "1.0rc1"])
def test_a_version_that_makes_no_counter_asks_for_one(version):
    with pytest.raises(ReleaseFault, match="give --counter"):
        counter_of(version)


@pytest.mark.parametrize("told", ["yesterday", "9" * 30])
def test_a_time_that_is_none_is_named(monkeypatch, tmp_path, told):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    with pytest.raises(ReleaseFault, match="SOURCE_DATE_EPOCH"):
        moment_of(tmp_path)


def test_pip_comes_along_with_python():
    assert pip_of([]).name == "pip"
