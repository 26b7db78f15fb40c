from __future__ import annotations

import pytest

from backoffice import personal_tokens
from backoffice.exchange import acts
from backoffice.jobs.work import Count, NeverError, NotNowError, Way
from backoffice.rights import RIGHTS, Right, Role
from backoffice.store.engine import writing
from backoffice.store.tables import job, job_record
from tests.backoffice.held import hold_jobs
from tests.backoffice.web.signed import new_account

WHERE = "/v1/admin/exchange"
DOWN = "no program is set up"
ARTICLES = {"what": ["availability", "articles"], "is_whole": True}


@pytest.fixture(autouse=True)
def _held(running):
    """Jobs stay as a test leaves them."""
    hold_jobs(running.office)


@pytest.fixture
def as_role(running):
    """The header of a personal token that has all rights of a role, in some shops."""

    def header(role, shops=None):
        account = new_account(running.office, role, shops)
        rights = RIGHTS[role] & {*personal_tokens.GRANTABLE}
        with writing(running.office.engine) as database:
            moment = running.office.clock()
            token = personal_tokens.make(database, account, "test", rights, 1, moment)
        return {"Authorization": f"Bearer {token}"}

    return header


@pytest.fixture
def begun(http, admin):
    return http.post(f"{WHERE}/exports", headers=admin, json=ARTICLES).raise_for_status().json()


def test_a_job_is_begun_listed_and_told_of(http, admin, begun):
    assert begun["what"] == ["articles", "availability"]
    assert (begun["way"], begun["state"], begun["is_whole"]) == ("export", "waiting", True)
    listed = http.get(f"{WHERE}/jobs?way=export&limit=1", headers=admin).json()
    assert [it["id"] for it in listed["rows"]] == [begun["id"]]
    told = http.get(f"{WHERE}/jobs/{begun['id']}", headers=admin).json()
    assert (told["job"]["counts"]["done"], told["objects"]) == (0, {})


def test_pages_of_jobs_meet_at_the_cursor(http, admin, begun):
    later = http.post(f"{WHERE}/imports", headers=admin, json={"what": ["partners"]}).json()
    assert later["options"] == {"confirm": False, "duplicates": "warn"}
    first = http.get(f"{WHERE}/jobs?limit=1", headers=admin).json()
    assert first["next"] == later["id"]
    second = http.get(f"{WHERE}/jobs?limit=1&before={first['next']}", headers=admin).json()
    assert [it["id"] for it in second["rows"]] == [begun["id"]]


def test_records_come_page_by_page_and_by_fate(http, admin, running, begun):
    with writing(running.office.engine) as database:
        database.execute(job.update().where(job.c.id == begun["id"]).values(done=2, refused=1))
        for no, fate in enumerate(("done", "refused", "done"), 1):
            row = {"job": begun["id"], "no": no, "object": "articles", "id": f"a{no}"}
            text = {"reason": "no such unit", "where": "a.csv, line 2"}
            database.execute(job_record.insert().values(**row, fate=fate, **text))
    path = f"{WHERE}/jobs/{begun['id']}/records"
    page = http.get(f"{path}?limit=2", headers=admin).json()
    assert ([it["id"] for it in page["rows"]], page["next"]) == (["a1", "a2"], 2)
    rest = http.get(f"{path}?after=2", headers=admin).json()
    assert ([it["no"] for it in rest["rows"]], rest["next"]) == ([3], 0)
    refused = http.get(f"{path}?fate=refused", headers=admin).json()["rows"]
    assert [(it["id"], it["reason"]) for it in refused] == [("a2", "no such unit")]
    told = http.get(f"{WHERE}/jobs/{begun['id']}", headers=admin).json()
    assert told["objects"] == {"articles": {"done": 2, "refused": 1}}


def test_cancel_send_on_and_what_has_ended_conflicts(http, admin, begun):
    path = f"{WHERE}/jobs/{begun['id']}"
    assert http.post(f"{path}/on", headers=admin).status_code == 409
    assert http.post(f"{path}/cancel", headers=admin).json()["state"] == "cancelled"
    assert http.post(f"{path}/cancel", headers=admin).status_code == 409
    assert http.post(f"{path}/on", headers=admin).json()["state"] == "waiting"


@pytest.mark.parametrize(
    ("path", "told", "status"),
    [
        ("exports", {"what": []}, 400),
        ("exports", {"what": ["activities"]}, 400),
        ("imports", {"what": ["articles"]}, 400),
        ("exports", {**ARTICLES, "channel": "nowhere"}, 404),
        ("exports", {**ARTICLES, "queue": "nowhere"}, 404),
        ("imports", {"what": ["partners"], "duplicates": "eat"}, 400),
    ],
)
def test_what_cannot_be_is_refused(http, admin, path, told, status):
    answer = http.post(f"{WHERE}/{path}", headers=admin, json=told)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(("fault", "status"), [(NeverError, 409), (NotNowError, 503)])
def test_preview_counts_and_says_why_it_cannot(fault, status, http, admin, monkeypatch):
    class Stand:
        def preview(self, office, asked):
            if "partners" in asked.what:
                raise fault(DOWN)
            return [Count("articles", new=4)]

    monkeypatch.setattr(acts, "works", lambda: dict.fromkeys(Way, Stand()))
    counts = http.post(f"{WHERE}/exports/preview", headers=admin, json=ARTICLES).json()
    assert (counts[0]["object"], counts[0]["new"]) == ("articles", 4)
    answer = http.post(f"{WHERE}/imports/preview", headers=admin, json={"what": ["partners"]})
    assert (answer.status_code, answer.json()["detail"]) == (status, DOWN)


def test_the_channel_of_other_shops_does_not_exist(http, admin, as_role, begun):
    theirs = as_role(Role.MANAGER, {"elsewhere"})
    assert http.get(f"{WHERE}/jobs/{begun['id']}", headers=theirs).status_code == 404
    assert http.get(f"{WHERE}/jobs", headers=theirs).json()["rows"] == []
    assert http.get(f"{WHERE}/channels", headers=theirs).json() == []
    for way in ("exports", "exports/preview"):
        answer = http.post(f"{WHERE}/{way}", headers=theirs, json=ARTICLES)
        assert answer.status_code == 404
    one = http.put(f"{WHERE}/channels/mine", headers=theirs, json={"name": "Mine"})
    assert one.status_code == 403


def test_documents_need_the_right_to_figures(http, as_role):
    clerk = as_role(Role.CLERK)
    answer = http.post(f"{WHERE}/imports", headers=clerk, json={"what": ["documents"]})
    assert answer.status_code == 403
    assert Right.FIGURES not in RIGHTS[Role.CLERK]
