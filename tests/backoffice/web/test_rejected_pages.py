from __future__ import annotations

import re


def test_rejected_documents_are_shown_and_may_be_judged_again(browser, sold):
    page = browser.get("/rejected")
    assert f'<th scope="row" data-name="Kasa">{sold}</th>' in page.text
    assert "suma pozycji różni się od kwoty paragonu: 10,00" in page.text
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)[1]
    form = {"terminal": sold, "epoch": "1", "seq": "2"}
    assert browser.post("/rejected", data=form).status_code == 403
    answer = browser.post("/rejected", data={**form, "_csrf_token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/rejected")
    gone = browser.post("/rejected", data={**form, "seq": "99", "_csrf_token": token})
    assert gone.status_code == 404
