from __future__ import annotations

import msgspec

from terminal.sync import wire
from terminal.sync.signing import Signing, new_key
from tests.backoffice.devices import request_of


def test_every_operation_says_what_else_it_may_answer(http):
    document = http.get("/openapi/openapi.json").raise_for_status().json()
    operations = {
        (path, verb): operation
        for path, verbs in document["paths"].items()
        for verb, operation in verbs.items()
    }
    assert len(operations) > 15
    assert all(path.startswith(("/v1/", "/releases/")) for path, _ in operations)
    for operation in operations.values():
        assert {"400", "401", "403", "404", "413", "429", "503"} <= operation["responses"].keys()
        assert operation["description"].strip()
    secured = {path for (path, _), it in operations.items() if it.get("security")}
    # What lies below /releases is signed itself, and no secret.
    unsecured = {path for path, _ in operations} - secured
    assert unsecured == {
        "/v1/enrol", "/releases/metadata/{name}", "/releases/targets/kasoterminal/{channel}/{name}",
    }  # fmt: skip


def test_problems_are_told_as_they_come(http):
    document = http.get("/openapi/openapi.json").json()
    told = document["paths"]["/v1/enrol"]["post"]["responses"]["403"]["content"]
    assert list(told) == ["application/problem+json"]
    key = new_key()
    answer = http.post("/v1/enrol", json=request_of("x", key), auth=Signing(key))
    assert answer.headers["content-type"] == "application/problem+json"
    assert msgspec.json.decode(answer.content, type=wire.Problem).status == 403
