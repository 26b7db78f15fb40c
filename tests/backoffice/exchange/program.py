"""Another program as a test would have it: it keeps what it is given, and has faults when told."""

from __future__ import annotations

from backoffice.erp.connector import Answer, Reply
from backoffice.jobs.work import NotNowError


class Program:
    """Keeps one record an id; a key that was taken before changes nothing."""

    name = "erp"

    def __init__(self):
        self.kept = {}
        self.theirs = {}
        self.keys = {}
        self.contents = {}
        self.calls = []
        self.asked = []
        self.nips = {}
        self.changes = 0
        self.refuses = {}
        self.warns = {}
        self.faults = []

    def write(self, object_name, records, *, confirm):
        self.calls.append((object_name, [it.id for it in records]))
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "down":
            raise NotNowError(fault)
        answers = [self._take(object_name, it, confirm) for it in records]
        match fault:
            case "lost":
                raise NotNowError(fault)
            case "twice":
                answers = [*answers, *answers]
            case "forgets":
                answers = answers[::2]
            case "strange":
                answers = [Answer("nobody", Reply.TAKEN), *answers[1:]]
            case "differs":
                answers = [*answers, Answer(records[0].id, Reply.REFUSED, "after all")]
        return answers

    def partners_with(self, nip):
        self.asked.append(nip)
        return self.nips.get(nip, []) + [
            self.theirs["partners", row_id]
            for (object_name, row_id), body in self.kept.items()
            if object_name == "partners" and body["nip"] == nip
        ]

    def put_content(self, sha256, name, parts):
        self.contents[sha256] = name, b"".join(parts)

    def _take(self, object_name, it, confirm):
        assert it.object == object_name
        assert it.body["id"] == it.id
        if it.key in self.keys:
            return self.keys[it.key]
        if reason := self.refuses.get(it.id):
            return Answer(it.id, Reply.REFUSED, reason)
        if not confirm and (reason := self.warns.get(it.id)):
            return Answer(it.id, Reply.WARNED, reason)
        key = object_name, it.id
        if it.body["their_id"]:
            assert it.body["their_id"] == self.theirs[key]
        self.theirs.setdefault(key, f"{object_name[0].upper()}-{len(self.theirs) + 1}")
        self.kept[key] = dict(it.body)
        self.changes += 1
        self.keys[it.key] = Answer(it.id, Reply.TAKEN, "", self.theirs[key])
        return self.keys[it.key]
