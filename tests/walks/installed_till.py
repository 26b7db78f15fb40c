"""A till as a technician leaves it: laid out by ``install``, started by the launcher, on a line.

Releases are real bundles, signed and served by the office. What they hold is either the program as
its maker builds it, or one tiny wheel that leads to this checkout and knows a version: pip, venv,
launcher, self-test and trial are the real ones in both.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from backoffice import rollouts, update_states
from backoffice.releases.build import REQUIREMENTS, Plan, build, counter_of, fetched, pip_of
from backoffice.releases.bundle import Contents, pack
from backoffice.releases.wheels import read_wheel
from backoffice.rollouts import Rollout
from backoffice.running import Releases, start_office
from backoffice.store.engine import reading, writing
from terminal.update.slots import Slots
from tests.backoffice.releases.hand_made import Publisher, make_wheel
from tests.shop import Counter
from tests.walks.pty_till import PtyTill
from ui.install_command import install

if TYPE_CHECKING:
    from backoffice.running import Running
    from terminal.update.launcher import Boot

CHECKOUT = Path(__file__).parents[2]
PREFIX = "opt/kasoterminal"
_CONFIG = """\
[printer]
url = "{printer}"

[office]
url = "{office}"

[store]
dir = "{root}/var/lib/kasoterminal"

[update]
root = "{root}/etc/kasoterminal/root.json"
"""
# The waits of people are no part of the walk.
_HURRY = """\
import sys, os, time
if "run" in sys.orig_argv:
    {fault}
    from terminal.update import trial
    trial.STEADY_S = 1.0
    from terminal.update import updates
    updates._READ_S = 1.0
"""
CRASHES, HANGS, WELL = "os._exit(1)", "time.sleep(3600)", "pass"


def tiny_program(folder: Path, version: str, fault: str = WELL) -> Path:
    """A bundle whose program is this checkout, called ``version``."""
    leads = [str(CHECKOUT), *(path for path in sys.path if path.endswith("site-packages"))]
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    points = "[kasoterminal.commands]\n" + "".join(
        f"{name} = {target}\n"
        for name, target in project["entry-points"]["kasoterminal.commands"].items()
    )
    more = {
        "checkout.pth": "\n".join([*leads, "import kaso_hurry", ""]).encode(),
        "kaso_hurry.py": _HURRY.format(fault=fault).encode(),
        f"kasoterminal-{version}.dist-info/entry_points.txt": points.encode(),
    }
    wheel = read_wheel(make_wheel(folder, "kasoterminal", version, more=more))
    moment = datetime.now(UTC)
    return pack(Contents(wheel, [], pip_of([]), counter_of(version), "0.0", moment), folder)


class Maker:
    """Builds the program as its vendor does, from copies of this checkout; ``folder`` is its own.

    The wheels come from where pip takes them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._house = fetched(CHECKOUT / REQUIREMENTS, folder / "wheelhouse")

    def build(self, version: str, fault: str = "") -> Path:
        """A bundle of ``version``; ``fault`` is what it does in place of starting."""
        source = self._folder / version
        left_out = shutil.ignore_patterns(".*", "tests", "__pycache__")
        shutil.copytree(CHECKOUT, source, ignore=left_out)
        project = source / "pyproject.toml"
        text = project.read_text()
        project.write_text(text.replace('\nversion = "0.1.0"\n', f'\nversion = "{version}"\n'))
        if fault:
            commands = source / "ui/commands.py"
            start = "    config = load_config(config_path)\n"
            changed = commands.read_text().replace(start, f"    {fault}\n{start}", 1)
            commands.write_text(changed)
        return build(Plan(source, self._folder / "dist", self._house))


class InstalledCounter(Counter):
    """A counter whose office has releases, and whose till lies below ``root``."""

    def __init__(self, folder: Path) -> None:
        self.publisher = Publisher(folder).begin(datetime.now(UTC))
        self.root = folder / "root"
        self.prefix = self.root / PREFIX
        self.toml = self.root / "etc/kasoterminal/till.toml"
        self.screen: PtyTill | None = None
        super().__init__(folder)

    def start_office(self) -> Running:
        releases = Releases(self.publisher.repository.folder, self.publisher.keys)
        url = f"sqlite:///{self.folder / 'office.db'}"
        self.office = start_office(url, port=self.office_port, releases=releases)
        self.office_port = int(self.office.url.rpartition(":")[2])
        return self.office

    @property
    def till_folder(self) -> Path:
        return self.root / "var/lib/kasoterminal"

    # --- the vendor, the owner -----------------------------------------------------------------

    def roll_out(self, bundle: Path, version: str) -> None:
        """Sign a bundle, publish it, give it to every till."""
        self.publisher.publish(bundle, moment=datetime.now(UTC))
        with writing(self.office.office.engine) as database:
            rollouts.begin(database, Rollout("", version), datetime.now(UTC))

    def told(self) -> update_states.UpdateState:
        """What the office knows of this till's updates."""
        with reading(self.office.office.engine) as database:
            found = update_states.states(database, "T1")
        return found.get("T1", update_states.NOTHING_TOLD)

    # --- the technician ------------------------------------------------------------------------

    def install(self, bundle: Path) -> None:
        """As docs/install.md has it."""
        trust = self.publisher.repository.metadata / "1.root.json"
        words = ["--root", str(self.root), "--prefix", f"/{PREFIX}", "--user", "nosuchuser"]
        words += ["--bundle", str(bundle), "--trust", str(trust)]
        done = CliRunner().invoke(install, words)
        assert done.exit_code == 0, done.output
        self.toml.write_text(
            _CONFIG.format(printer=self.printer_url, office=self.office.url, root=self.root)
        )

    def enrol_by_command(self) -> None:
        """With a code, as a technician does it."""
        said = self.command("enrol", "--config", str(self.toml), self.office.enrol_code("T1"))
        assert "enrolled as T1" in said

    @property
    def _launcher(self) -> list[str]:
        return [sys.executable, "-I", str(self.prefix / "launcher.py")]

    def command(self, *words: str) -> str:
        """Any command of the version that runs; what it says."""
        done = subprocess.run(
            [*self._launcher, *words], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def launch(self) -> PtyTill:
        """Switch the till on."""
        self.screen = PtyTill(self.toml, command=self._launcher)
        return self.screen

    def hurry_launcher(self) -> None:
        """It gives a program ten seconds to get ready, not three minutes."""
        launcher = self.prefix / "launcher.py"
        text = launcher.read_text()
        assert "= 180.0, " in text
        launcher.write_text(text.replace("= 180.0, ", "= 10.0, "))

    @property
    def boot(self) -> Boot:
        return Slots(self.prefix).boot()

    def stop(self) -> None:
        if self.screen is not None:
            self.screen.stop()
        super().stop()
