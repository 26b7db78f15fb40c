"""Rules of the house that no tool checks: sizes, mirrors, names, error codes, translations."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest

import tests

ROOT = Path(__file__).parent.parent
ROOMS = ("drivers", "terminal", "ui", "hw_emulator", "backoffice")
LINES_MAX = 300
# It travels alone: an auditor carries one file away.
LINES_MAX_ALONE = {"terminal/audit/verify.py": 520}
FUNCTION_LINES_MAX = 45
MODULES = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if path.name not in {"__init__.py", "__main__.py"} and "versions" not in path.parts
]
BANNED_NAMES = re.compile(r"manager|helper|utils|service|base$")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_package_of_tests_is_ours() -> None:
    assert list(tests.__path__) == [str(ROOT / "tests")]


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_each_module_has_its_tests(module: Path) -> None:
    """Beside it in the mirror, or one for its whole package."""
    mirror = ROOT / "tests" / module.relative_to(ROOT).parent
    own = mirror / f"test_{module.stem}.py"
    of_package = mirror.with_name(f"test_{mirror.name}.py")
    assert own.exists() or of_package.exists(), f"no {name(own)}"


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_modules_and_functions_stay_small(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LINES_MAX_ALONE.get(name(module), LINES_MAX)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES_MAX, f"{node.name}: {length} lines"


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_names_say_what_is_inside(module: Path) -> None:
    assert not BANNED_NAMES.search(module.stem)
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            assert not BANNED_NAMES.search(node.name.lower()), node.name


def test_every_error_code_is_in_the_handbook() -> None:
    codes = importlib.import_module("terminal.codes")
    handbook = importlib.import_module("terminal.handbook.pages")
    missing = [code for code in codes.Code if code not in handbook.HANDBOOK]
    assert not missing, "write their pages in terminal/handbook"
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert page == handbook.as_markdown(), "run python deploy/update_errors.py"


def test_no_download_address_or_path_of_a_machine_is_committed() -> None:
    done = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    index = re.compile(r"--(?:extra-)?index-url|files\.python" + r"hosted|registry\.npm" + r"js")
    for line in done.stdout.splitlines():
        path = ROOT / line
        if path.suffix in {".svg", ".png", ".mo"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not index.search(text), line
        assert str(ROOT) + "/" not in text, line
