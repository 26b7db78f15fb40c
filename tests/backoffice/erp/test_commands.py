from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from backoffice.erp.commands import erp
from backoffice.errors import BadSetting
from backoffice.jobs.opening import opened
from backoffice.office_commands import office as office_commands
from backoffice.running import start_office


def run(*arguments):
    return CliRunner().invoke(erp, ["check", *map(str, arguments)])


def test_a_folder_is_tried_and_nothing_moves(shared):
    shared.put(
        "products-20261126-001.csv",
        "id;name;vat;price_gr;unit\na;Ser;C;499;szt.\nb;Sok;X;1;szt.\nc;Sok;C;x;szt.\n",
    )
    before = sorted(it.name for it in shared.root.rglob("*"))
    done = run(shared.file.parent, "--json")
    assert done.exit_code == 1
    said = json.loads(done.stdout)["wares"]["articles"]
    assert said["read"] == {"products": 2}
    assert len(said["faults"]) == 2
    assert "vat" in said["faults"][0]
    assert "products-20261126-001.csv, line 4: price_gr" in said["faults"][1]
    assert sorted(it.name for it in shared.root.rglob("*")) == before
    done = run(shared.file.parent)
    assert "wares\tarticles\tproducts 2" in done.output
    assert "line 4" in done.stderr


def test_what_is_wrong_with_a_file_ends_it(tmp_path):
    assert run(tmp_path).exit_code == 1
    (tmp_path / "wares.toml").write_text('kind = "x"')
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "kind: expected" in done.output


def test_everything_in_order_is_zero(shared):
    shared.put("units-20261126-001.csv", "id;name\nszt;szt.\n")
    done = run(shared.file.parent, "--name", "wares")
    assert done.exit_code == 0
    assert "units 1" in done.output


def test_an_office_and_its_worker_are_told_the_folder(shared, tmp_path):
    url = f"sqlite:///{tmp_path / 'office.db'}"
    running = start_office(url, sample=False, erp=shared.file.parent)
    try:
        assert list(running.office.connectors) == ["wares"]
        with opened(url, None, shared.file.parent) as office:
            assert list(office.connectors) == ["wares"]
    finally:
        running.stop()
    shared.file.write_text('kind = "x"')
    with pytest.raises(BadSetting, match=r"wares\.toml: kind"):
        start_office(url, sample=False, erp=shared.file.parent)


def test_the_command_needs_no_running_office(shared):
    done = CliRunner().invoke(office_commands, ["erp", "check", str(shared.file.parent)])
    assert done.exit_code == 0, done.output
