"""``kasoterminal tape list``, ``show`` and ``save``."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from drivers.tape_file import Header, Kind, Passage, dump, load
from tests.shop import Counter
from ui.main import main

NIP = "5261040828"


def tape(*words: object) -> Result:
    return CliRunner().invoke(main, ["tape", *map(str, words)])


@pytest.fixture
def till(tmp_path):
    """The configuration of a till with one saved tape; gives both paths."""
    config = tmp_path / "till.toml"
    config.write_text(
        f'[printer]\nurl = "/dev/ttyS0"\n[store]\ndir = "{tmp_path / "till"}"\n', encoding="utf-8"
    )
    folder = tmp_path / "till" / "tapes"
    folder.mkdir(parents=True)
    path = folder / "20260302T120000000-printer-InDoubt.jsonl"
    passages = [Passage(1.0, 1_772_449_200.0, Kind.OUT, f"\x02trnipset\tni{NIP}\t".encode())]
    header = Header("printer", "posnet", "/dev/ttyS0", why="InDoubt: no answer to trend")
    path.write_text("".join(dump(header, passages)))
    return config, path


def test_saved_tapes_are_listed(till):
    config, path = till
    done = tape("list", "--config", config)
    assert done.exit_code == 0
    size = path.stat().st_size
    assert done.output == f"{path}  {size} bytes  printer: InDoubt: no answer to trend\n"


def test_a_tape_is_shown(till):
    done = tape("show", till[1])
    assert done.exit_code == 0
    assert done.output.splitlines()[-1] == f"12:00:00.000 > <02>trnipset<09>ni{NIP}<09>"


def test_a_tape_is_shown_without_tax_numbers_and_as_a_file(till):
    assert NIP not in tape("show", till[1], "--mask").output
    done = tape("show", till[1], "--mask", "--json")
    header, passages = load(done.output)
    assert header.why == "InDoubt: no answer to trend"
    assert b"ni0000000000" in passages[0].data


def test_a_running_till_saves_its_tapes(tmp_path):
    shop = Counter(tmp_path)
    config = tmp_path / "till.toml"
    config.write_text(
        f'[printer]\nurl = "{shop.printer_url}"\n[store]\ndir = "{shop.till_folder}"\n'
    )
    try:
        shop.start_till()
        shop.ready()
        done = tape("save", "--config", config)
    finally:
        shop.stop()
    assert done.exit_code == 0, done.output
    assert done.output.strip().endswith("-printer-asked.jsonl")
    assert "scnt" in tape("show", done.output.strip()).output


def test_nobody_saves_when_no_till_is_running(till):
    done = tape("save", "--config", till[0], "--wait", "0.01")
    assert done.exit_code == 3
    assert "is it running?" in done.output


def test_a_missing_configuration_or_file_is_wrong_usage(tmp_path):
    assert tape("list", "--config", tmp_path / "none.toml").exit_code == 2
    assert tape("show", tmp_path / "none.jsonl").exit_code == 2
