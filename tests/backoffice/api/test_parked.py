from __future__ import annotations

import uuid

import msgspec

from terminal.sync import wire

HEAD = wire.SharedHead(
    str(uuid.uuid4()), "K1", "Jan", "2026-03-01T12:00:00+01:00", "u1", "Anna", 349, 1, "Mleko"
)


def test_two_tills_of_a_shop_and_one_receipt(http, new_till):
    (home, own), (other, device), (far, stranger) = new_till(), new_till(), new_till("daleko")
    share, request = str(uuid.uuid4()), str(uuid.uuid4())
    held = f"/v1/terminals/{home}/parked/{share}"
    content = msgspec.json.encode(wire.SharedReceipt(HEAD, '{"lines":[]}'))
    for _ in range(2):
        answer = http.put(held, auth=own, content=content)
        assert (answer.status_code, answer.json()["taken_by"]) == (200, "")

    def listed(name, auth):
        answer = http.get(f"/v1/terminals/{name}/parked", auth=auth)
        return msgspec.json.decode(answer.content, type=wire.SharedList)

    def take(name, auth, asked):
        path = f"/v1/terminals/{name}/parked/{share}/take"
        return http.post(path, auth=auth, json={"request": asked})

    assert share in [head.share for head in listed(other, device).offered]
    assert share not in [head.share for head in listed(far, stranger).offered]
    assert take(far, stranger, request).status_code == 404
    for _ in range(2):
        taken = msgspec.json.decode(take(other, device, request).content, type=wire.TakeAnswer)
        assert taken.is_yours
        assert taken.receipt.body == '{"lines":[]}'
        assert taken.receipt.head.terminal == home
    late = take(home, own, str(uuid.uuid4())).json()
    assert (late["is_yours"], late["taken_by"], late["receipt"]) == (False, other, None)
    assert listed(home, own).taken == [wire.ShareState(share, other)]


def test_what_is_no_receipt_and_no_request_is_refused(http, new_till):
    name, device = new_till()
    path = f"/v1/terminals/{name}/parked"
    share = uuid.uuid4()
    assert http.put(f"{path}/{share}", auth=device, json={"head": 1}).status_code == 400
    assert http.post(f"{path}/{share}/take", auth=device, json={"request": "1"}).status_code == 400
    request = {"request": str(uuid.uuid4())}
    assert http.post(f"{path}/x/take", auth=device, json=request).status_code == 404
    assert http.get(path).status_code == 401
