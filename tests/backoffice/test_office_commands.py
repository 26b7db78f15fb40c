from __future__ import annotations

import json
import os

import httpx2
import msgspec
import pytest
from click.testing import CliRunner

from backoffice.csvfile import read_sheet
from backoffice.office_commands import office
from backoffice.running import start_office
from backoffice.sample import FOLDER
from terminal.sync import wire
from tests.backoffice.devices import enrol_device


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An office whose rows these tests may change, and the file with its token."""
    folder = tmp_path_factory.mktemp("own")
    running = start_office(f"sqlite:///{folder}/office.db")
    token_file = folder / "token"
    token_file.write_text(running.admin_token + "\n")
    yield running, token_file
    running.stop()


@pytest.fixture
def ask(own):
    running, token_file = own

    def run(*arguments):
        where = ["--url", running.url, "--token-file", str(token_file)]
        return CliRunner().invoke(office, [*where, *arguments])

    return run


def test_rows_are_shown_for_people_and_for_programs(ask):
    lines = ask("get", "units").stdout.splitlines()
    assert lines[0].split("\t")[0] == "kg"
    assert "name=kg" in lines[0]
    rows = json.loads(ask("get", "products", "--json").stdout)
    assert len(rows) > 200
    row = json.loads(ask("get", "products", "1", "--json").stdout)
    assert row["name"] == "Chleb pszenny krojony 500 g"


def test_fields_are_changed_and_rows_replaced(ask):
    assert ask("set", "products", "2", '{"price_gr": 811}').exit_code == 0
    row = json.loads(ask("get", "products", "2", "--json").stdout)
    assert (row["price_gr"], row["plu"]) == (811, "2")
    fields = '{"name": "Chleb nowy", "vat": "C", "price_gr": 1, "unit": "szt"}'
    answer = json.loads(ask("set", "products", "2", fields, "--replace", "--json").stdout)
    assert answer["changed"] == 1
    assert json.loads(ask("get", "products", "2", "--json").stdout)["plu"] == ""
    assert ask("remove", "products", "2").exit_code == 0
    assert ask("get", "products", "2").exit_code == 4


def test_refusals_say_the_field(ask):
    result = ask("set", "products", "3", '{"vat": "F"}')
    assert result.exit_code == 4
    assert "$.vat: VAT letter F is not in use" in result.stderr
    assert ask("get", "goods").exit_code == 4


@pytest.mark.parametrize("fields", ["{", "[]", "5"])
def test_what_is_no_object_is_a_usage_error(ask, fields):
    assert ask("set", "products", "3", fields).exit_code == 2


@pytest.mark.parametrize("name", wire.SETS)
def test_every_data_set_is_imported_shown_and_set(ask, name):
    sheet = read_sheet(name, (FOLDER / f"{name}.csv").read_text(encoding="utf-8"))
    result = ask("import", name, str(FOLDER / f"{name}.csv"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{len(sheet.rows)} rows taken")
    shown = {row["id"]: row for row in json.loads(ask("get", name, "--json").stdout)}
    assert {row["id"] for row in sheet.rows} <= shown.keys()
    if not sheet.rows:  # a new shop has no documents yet
        assert name in {"sales_documents", "visits", "attachments"}
        return
    first = sheet.rows[0]["id"]
    before = {key: value for key, value in shown[first].items() if key != "id"}
    result = ask("set", name, first, json.dumps(before))
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(ask("get", name, first, "--json").stdout) == shown[first]


def test_what_a_record_must_fulfil_is_said_at_its_field(ask):
    result = ask("set", "customers", "9", '{"name": "Kawiarnia", "nip": "5261001002"}')
    assert result.exit_code == 4
    assert "$.nip: The check digit of the NIP is wrong" in result.stderr
    result = ask("set", "prices", "9", '{"price_list": "x", "product": "1", "price_gr": 1}')
    assert "$.price_list: no price list 'x'" in result.stderr
    result = ask("remove", "price_lists", "podstawowy")
    assert "price podstawowy-178 lies in it" in result.stderr
    result = ask("remove", "products", "161")
    assert "stock 161 belongs to it" in result.stderr


def test_a_file_is_imported_whole_or_not(ask, tmp_path):
    file = tmp_path / "goods.csv"
    head = "id;name;vat;price_gr;unit;plu\n"
    file.write_text(head + "a1;Towar a1;C;100;szt;9001\na2;Towar a2;A;200;szt;9002\n")
    result = ask("import", "products", str(file))
    assert (result.exit_code, result.stdout) == (0, "2 rows taken, 2 changed\n")

    file.write_text(head + "b1;Towar b1;C;1;szt;\nb2;Towar b2;C;x;szt;\nb3;T b3;C;1;beczka;\n")
    result = ask("import", "products", str(file))
    assert result.exit_code == 1
    assert result.stderr == "line 3, column price_gr: 'x' is not a whole number\n"
    assert ask("get", "products", "b1").exit_code == 4

    file.write_text(head + "b1;Towar b1;C;1;szt;\nb3;Towar b3;C;1;beczka;\n")
    result = ask("import", "products", str(file))
    assert result.exit_code == 4
    assert "line 3, column unit: no unit 'beczka'" in result.stderr
    assert ask("get", "products", "b1").exit_code == 4


def test_good_rows_are_taken_and_the_others_reported(ask, tmp_path):
    file = tmp_path / "goods.csv"
    head = "id;name;vat;price_gr;unit\n"
    file.write_text(head + "c3;T c3;C;1;beczka\nc2;Towar c2;C;x;szt\nc1;Towar c1;C;1;szt\n")
    result = ask("import", "products", str(file), "--take-good", "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert (answer["taken"], answer["changed"]) == (1, 1)
    assert [(it["line"], it["column"]) for it in answer["errors"]] == [
        (3, "price_gr"), (2, "unit"),
    ]  # fmt: skip
    assert result.stderr.splitlines()[0].startswith("line 2, column unit")
    assert ask("get", "products", "c1").exit_code == 0


def test_files_that_are_no_text_and_sets_there_are_not(ask, tmp_path):
    file = tmp_path / "goods.csv"
    file.write_bytes("id;name\n1;Bułka".encode("cp1250"))
    assert ask("import", "products", str(file)).exit_code == 1
    file.write_text("id\n1\n")
    assert ask("import", "goods", str(file)).exit_code == 2
    assert ask("import", "products", str(tmp_path / "none.csv")).exit_code == 2


def test_a_wrong_token_is_refused_and_an_empty_address_absent(own, tmp_path):
    running, token_file = own
    wrong = tmp_path / "wrong"
    wrong.write_text("wrong")
    asked = ["--url", running.url, "--token-file", str(wrong), "get", "units"]
    assert CliRunner().invoke(office, asked).exit_code == 4
    asked = ["--url", "http://127.0.0.1:1", "--token-file", str(token_file), "get", "units"]
    assert CliRunner().invoke(office, asked).exit_code == 3
    wrong.write_bytes(b"\xff")
    asked = ["--url", running.url, "--token-file", str(wrong), "get", "units"]
    assert CliRunner().invoke(office, asked).exit_code == 1


def test_the_address_may_come_from_the_environment(own):
    running, token_file = own
    env = {**os.environ, "KASO_OFFICE_URL": running.url, "KASO_OFFICE_TOKEN_FILE": str(token_file)}
    assert CliRunner().invoke(office, ["get", "roles", "kasjer"], env=env).exit_code == 0


def test_rejected_documents_are_listed_and_judged_again(own, ask, books):
    running, _ = own
    device = enrol_device(httpx2, running.enrol_code("R1"), running.url)
    journal = books("R1")
    journal.add(journal.receipt(1, 100, total_gr=90))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    where = f"{running.url}/v1/terminals/R1/journal"
    httpx2.post(where, content=body, auth=device).raise_for_status()
    place, _at, kind, reason = ask("rejected").stdout.rstrip().split("\t")
    assert (place, kind) == ("R1/1/1", "receipt")
    assert json.loads(ask("rejected", "--json").stdout)[0]["reason"] == reason
    assert ask("retry", place).stdout == f"R1/1/1\trejected: {reason}\n"
    assert json.loads(ask("retry", place, "--json").stdout)["is_accepted"] is False
    assert ask("retry", "R1/1/2").exit_code == 4
