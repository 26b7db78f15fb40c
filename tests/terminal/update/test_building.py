"""A slot's venv is built offline by the bundle's own pip, and nothing that was altered gets in."""

from __future__ import annotations

import base64
import ensurepip
import hashlib
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from terminal.update import building
from terminal.update.building import StepFailed, build, run
from terminal.update.bundle import BadBundle

NEVER = bool


def wheel(folder: Path, name: str, **files: str) -> Path:
    """A wheel with a command of its own, as small as they come."""
    info = f"{name}-1.0.dist-info"
    held = {f"{name}/{file}.py": text for file, text in files.items()} | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{name} = {name}.go:go\n",
    }
    record = "".join(f"{path},{digest(text)},{len(text)}\n" for path, text in held.items())
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in {**held, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(path, text)
    made = folder / f"{name}-1.0-py3-none-any.whl"
    made.write_bytes(data.getvalue())
    return made


def digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    (folder / "wheels").mkdir(parents=True)
    pip = next((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    shutil.copyfile(pip, folder / "wheels" / pip.name)
    made = wheel(folder / "wheels", "hello", __init__="", go="def go(): print('hello')\n")
    pin = hashlib.sha256(made.read_bytes()).hexdigest()
    (folder / "requirements.txt").write_text(f"hello==1.0 --hash=sha256:{pin}\n")
    return folder


def test_a_slot_is_built_renamed_and_runs(tmp_path: Path, bundle: Path) -> None:
    slot, final = tmp_path / ".x.tmp", tmp_path / "x"
    slot.mkdir()
    build(slot, bundle, final, NEVER)
    slot.rename(final)
    # The interpreter and the command that names it by its path, both where they are now.
    said = run([str(final / "venv" / "bin" / "python"), "-m", "hello.go"])
    assert said == ""
    done = subprocess.run([final / "venv" / "bin" / "hello"], capture_output=True, check=True)
    assert done.stdout == b"hello\n"
    library = next((final / "venv" / "lib").glob("python3*")) / "site-packages"
    compiled = next((library / "hello" / "__pycache__").glob("go.*.pyc")).read_bytes()
    assert str(final).encode() in compiled
    assert str(slot).encode() not in compiled
    assert not (library / "pip").exists()


def test_a_wheel_that_was_altered_is_refused_by_its_hash(tmp_path: Path, bundle: Path) -> None:
    wheel(bundle / "wheels", "hello", __init__="", go="def go(): print('evil')\n")
    (tmp_path / "slot").mkdir()
    with pytest.raises(StepFailed, match="Expected sha256"):
        build(tmp_path / "slot", bundle, tmp_path / "x", NEVER)


def test_without_a_pip_there_is_no_building(tmp_path: Path, bundle: Path) -> None:
    for pip in (bundle / "wheels").glob("pip-*.whl"):
        pip.unlink()
    (tmp_path / "slot").mkdir()
    with pytest.raises(BadBundle, match="0 wheels of pip"):
        build(tmp_path / "slot", bundle, tmp_path / "x", NEVER)


def test_a_step_that_fails_says_its_last_words() -> None:
    with pytest.raises(StepFailed, match="ended with 3: one two"):
        run([sys.executable, "-c", "print('one\\ntwo'); raise SystemExit(3)"])


def test_a_step_knows_nothing_of_its_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PIP_INDEX_URL", "PYTHONSTARTUP", "KASO_PREFIX", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "/evil")
    said = run([sys.executable, "-c", "import os; print(sorted(os.environ), os.getcwd())"])
    assert "/evil" not in said
    assert not {"PYTHONPATH", "PIP_INDEX_URL", "KASO_PREFIX", "VIRTUAL_ENV"} & set(said.split("'"))
    assert said.split()[-1] == "/"


def test_a_till_that_is_switched_off_does_not_wait() -> None:
    with pytest.raises(StepFailed):
        run([sys.executable, "-c", "import time; time.sleep(600)"], lambda: True)


def test_a_step_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_STEP_S", 0.5)
    with pytest.raises(StepFailed):
        run([sys.executable, "-c", "import time; time.sleep(600)"])
