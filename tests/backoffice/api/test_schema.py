"""Whatever the OpenAPI document allows, and much that it does not, is answered as it says."""

from __future__ import annotations

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from backoffice.running import start_office

EXAMPLES = 15


@pytest.fixture
def office(db_url):
    """One of its own: made-up codes shut the door for everybody at this address."""
    started = start_office(db_url, sample=True)
    yield started
    started.stop()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_keeps_its_word(office, mode):
    load_all_checks()
    document = schemathesis.openapi.from_url(f"{office.url}/openapi/openapi.json")
    operations = [result.ok() for result in document.get_all_operations()]
    assert len(operations) > 15
    asked = {"code": office.enrol_code("K1"), "version": "1"}
    token = httpx2.post(f"{office.url}/v1/enrol", json=asked).raise_for_status().json()["token"]
    admin = {"Authorization": f"Bearer {office.admin_token}"}
    device = {"Authorization": f"Bearer {token}"}
    for operation in operations:
        # A row is judged by its set and its neighbours, of which no schema knows.
        is_row = operation.path.startswith("/v1/admin/{name}")
        # Unknown fields are ignored, so that an older till lives with a newer office.
        left_out = [negative_data_rejection, *([positive_data_acceptance] if is_row else [])]

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case):
            if "terminal" in case.path_parameters:
                case.path_parameters["terminal"] = "K1"
                case.call_and_validate(headers=device, excluded_checks=left_out)  # noqa: B023
            else:
                case.call_and_validate(headers=admin, excluded_checks=left_out)  # noqa: B023

        ask()
