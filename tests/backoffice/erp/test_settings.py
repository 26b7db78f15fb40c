from __future__ import annotations

import re
from pathlib import Path

import pytest

from backoffice.erp.settings import connector, connectors, programs
from backoffice.errors import BadSetting

FOLDER = 'kind = "folder"\naddress = "."\n'
REST = 'kind = "rest"\naddress = "https://erp.example/api"\n[sets.products]\n'
SFTP = 'kind = "folder"\naddress = "sftp://kasa@erp.example/wymiana"\n'


def test_each_file_of_a_folder_is_a_connector(tmp_path):
    (tmp_path / "wares.toml").write_text(FOLDER)
    (tmp_path / "sklep-2.toml").write_text(REST)
    found = connectors(tmp_path)
    assert sorted(found) == ["sklep-2", "wares"]
    assert [it.name for it in found.values()] == ["sklep-2", "wares"]
    found["sklep-2"].close()
    with pytest.raises(BadSetting, match="no such folder"):
        connectors(tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind = ", "wares.toml: "),
        ('kind = "ftp"', 'kind: expected "folder" or "rest"'),
        ('kind = "folder"', "address: missing"),
        ('kind = "folder"\naddress = "nowhere"', "address: there is no folder"),
        (FOLDER + "adres = 1", "adres: no such key; there are: kind, address"),
        (FOLDER + 'format = "xls"', "format: expected one of csv, json, xml"),
        (FOLDER + 'encoding = "latin1"', "encoding: expected one of auto"),
        (FOLDER + 'out = "../x"', "out: expected the name of a folder"),
        (FOLDER + 'in = "out"', "out: expected the name of a folder of its own"),
        (FOLDER + "old_min = 0", "old_min: expected a whole number 1 to 10080"),
        (FOLDER + "[sets.towary]", "sets.towary: no such data set is exchanged"),
        (FOLDER + "[sets.products]\npath = 1\nx = 2", "sets.products.x: no such key"),
        (FOLDER + "[sets.products.fields]\nnazwa = 'x'", "fields.nazwa: we have no such field"),
        (FOLDER + "[sets.products.fields]\nname = 1", "fields.name: expected"),
        (FOLDER + "[sets.products.fields]\nname = 'plu'", "'plu' is already the field"),
        (
            FOLDER + "[sets.products.fields]\nvat = { constant = 'X' }",
            "sets.products.fields.vat.constant: ",
        ),
        (FOLDER + "[sets.products.fields]\nvat = { form = 'X' }", "vat.form: no such key"),
        (FOLDER + "[sets.products]\nfiles = 'a/b'", "sets.products.files: expected"),
        (FOLDER + "[sets.products]\nfiles = 'stock'", "files: expected letters"),
        (FOLDER + "[sets.products]\nwithout = ['x']", "x: we have no such field"),
        ('kind = "rest"\naddress = "http://erp.example"', "address: https is required"),
        ('kind = "rest"\naddress = "https://a:b@erp.example"', "address: expected https://"),
        ('kind = "rest"\naddress = "https://erp.example"', "sets: name at least one"),
        (REST + 'path = "/../x"', "sets.products.path: expected a path"),
        ('client_id = "k"\n' + REST, "client_id and client_secret_file"),
        ('client_secret_env = "KASO_NONE"\n' + REST, "the variable KASO_NONE is not set"),
        ('client_secret_file = "none"\n' + REST, "client_secret_file: "),
        ('ca_file = "none"\n' + REST, "ca_file: "),
        ("batch = true\n" + REST, "batch: expected a whole number"),
        ('names = { x = "y" }\n' + REST, "names.x: no such key"),
        (REST.replace("//", "//:haslo@"), "address: expected https://HOST/PATH"),
        (SFTP, "key_file: say it"),
        (SFTP + 'key_file = "k"', "host_key: expected the server's key"),
        (SFTP + 'key_file = "k"\nhost_key = "ssh-ed25519 AAAA"', "key_file: there is no"),
        (SFTP.replace("kasa@", ""), "address: expected sftp://"),
    ],
)
def test_what_cannot_work_is_named_with_its_file_and_its_key(tmp_path, text, told):
    file = tmp_path / "wares.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting, match=re.escape(told)) as raised:
        connector(file)
    assert raised.value.detail.startswith(str(file))


def test_a_name_that_is_no_name_is_refused(tmp_path):
    file = tmp_path / "Nasz ERP.toml"
    file.write_text(FOLDER)
    with pytest.raises(BadSetting, match="the name must be"):
        connector(file)


def test_a_secret_that_others_may_read_is_refused(tmp_path):
    (tmp_path / "erp.secret").write_text("tajne")
    (tmp_path / "erp.secret").chmod(0o644)
    file = tmp_path / "wares.toml"
    file.write_text('client_id = "k"\nclient_secret_file = "erp.secret"\n' + REST)
    with pytest.raises(BadSetting, match="chmod 600"):
        connector(file)
    (tmp_path / "erp.secret").chmod(0o600)
    connector(file).close()


def test_the_examples_can_be_taken_as_they_are(tmp_path):
    for example in (Path(__file__).parents[3] / "deploy" / "erp").glob("*.toml"):
        text = example.read_text(encoding="utf-8").replace("/srv/kaso-exchange", str(tmp_path))
        (tmp_path / example.name).write_text(text, encoding="utf-8")
    (tmp_path / "erp.secret").touch(0o600)
    (tmp_path / "erp.secret").write_text("tajne")
    found = connectors(tmp_path)
    assert sorted(found) == ["folder", "rest"]
    for it in found.values():
        it.close()


def test_a_connector_is_of_the_company_that_it_names_and_else_of_the_only_one(tmp_path):
    (tmp_path / "wares.toml").write_text(FOLDER, encoding="utf-8")
    (tmp_path / "fleet.toml").write_text('company = "acme"\n' + FOLDER, encoding="utf-8")
    found = programs(tmp_path)
    assert {company: list(own) for company, own in found.items()} == {
        "acme": ["fleet"],
        "main": ["wares"],
    }
    assert sorted(connectors(tmp_path)) == ["fleet", "wares"]
