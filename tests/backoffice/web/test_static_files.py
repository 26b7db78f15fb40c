from __future__ import annotations

import re

import pytest

from backoffice.web import static_files


@pytest.mark.parametrize("name", ["office.css", "icon.svg", "htmx.min.js"])
def test_what_bears_its_hash_is_kept_for_ever(http, name):
    path = static_files.address(name)
    assert re.fullmatch(r"/static/.+\.[0-9a-f]{12}\.\w+", path)
    answer = http.get(path)
    assert "immutable" in answer.headers["cache-control"]
    plain = http.get(f"/static/{name}")
    assert plain.headers["cache-control"] == "no-cache"
    assert plain.content == answer.content


@pytest.mark.parametrize("name", ["office.000000000000.css", "..%2fpage.py", "nothing.css", "%00"])
def test_other_names_are_nothing(http, name):
    assert http.get(f"/static/{name}").status_code == 404


def test_the_script_of_others_lies_beside_its_licence():
    licence = static_files.files()["htmx.LICENSE.txt"].content.decode()
    assert "Zero-Clause BSD" in licence
