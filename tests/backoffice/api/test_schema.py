"""Whatever the OpenAPI document allows, and much that it does not, is answered as it says."""

from __future__ import annotations

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from requests.auth import AuthBase
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from backoffice import personal_tokens
from backoffice.personal_tokens import GRANTABLE
from backoffice.rights import RIGHTS, Right, Role
from backoffice.running import start_office
from backoffice.store.engine import writing
from tests.backoffice.devices import enrol_device
from tests.backoffice.web.signed import new_account

EXAMPLES = 15


class Device(AuthBase):
    """A till's signature for the library that asks here."""

    def __init__(self, signing):
        self._signing = signing

    def __call__(self, request):
        request.content = request.body.encode() if isinstance(request.body, str) else request.body
        self._signing.sign(request)
        return request


@pytest.fixture
def office(db_url):
    """One of its own: made-up codes shut the door for everybody at this address."""
    started = start_office(db_url, sample=True)
    yield started
    started.stop()


def callers(office):
    """The administrator, and programs of persons: with every right, with few, of one shop."""
    persons = (
        (Role.OWNER, None, GRANTABLE),
        (Role.OWNER, None, [Right.SEE]),
        (Role.MANAGER, ["lipa"], RIGHTS[Role.MANAGER] & {*GRANTABLE}),
        (Role.ACCOUNTANT, ["elsewhere"], [Right.SEE, Right.FIGURES]),
    )
    tokens = [office.admin_token]
    moment = office.office.clock()
    for role, shops, rights in persons:
        made = new_account(office.office, role, shops)
        with writing(office.office.engine) as database:
            tokens.append(personal_tokens.make(database, made, "test", rights, 1, moment))
    return [{"Authorization": f"Bearer {token}"} for token in tokens]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_keeps_its_word(office, mode):
    load_all_checks()
    document = schemathesis.openapi.from_url(f"{office.url}/openapi/openapi.json")
    operations = [result.ok() for result in document.get_all_operations()]
    assert len(operations) > 15
    signing = enrol_device(httpx2, office.enrol_code("K1"), office.url)
    people = st.sampled_from(callers(office))
    for operation in operations:
        # A row is judged by its set and its neighbours, of which no schema knows.
        is_row = operation.path.startswith("/v1/admin/{name}")
        # A piece of a file is judged by its length and by the pieces before it.
        is_piece = operation.path.endswith("/attachments/{sha256}")
        # Unknown fields are ignored, so that an older till lives with a newer office.
        left_out = [
            negative_data_rejection,
            *([positive_data_acceptance] if is_row or is_piece else []),
        ]

        @given(case=operation.as_strategy(generation_mode=mode), caller=people)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case, caller):
            if "terminal" in case.path_parameters:
                case.path_parameters["terminal"] = "K1"
                case.call_and_validate(auth=Device(signing), excluded_checks=left_out)  # noqa: B023
            else:
                case.call_and_validate(headers=caller, excluded_checks=left_out)  # noqa: B023

        ask()
