from __future__ import annotations

from tests.backoffice.web.signed import token_of


def test_a_language_is_chosen_at_the_door_and_kept(http):
    assert '<html lang="pl">' in http.get("/sign-in").text
    assert '<html lang="fr">' in http.get("/sign-in", headers={"Accept-Language": "fr"}).text
    form = {"language": "es", "_csrf_token": token_of(http.get("/sign-in"))}
    answer = http.post("/language", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = http.get("/sign-in", headers={"Accept-Language": "fr"}).text
    assert '<html lang="es">' in page
    assert "Gestión de la tienda" in page
    assert "Esta página no existe" in http.get("/nothing").text


def test_an_unknown_language_is_refused(http):
    form = {"language": "xx", "_csrf_token": token_of(http.get("/sign-in"))}
    assert http.post("/language", data=form).status_code == 400
    assert http.post("/language", data={"language": "es"}).status_code == 403
    http.cookies.set("language", "<xx>")
    assert '<html lang="pl">' in http.get("/sign-in").text
