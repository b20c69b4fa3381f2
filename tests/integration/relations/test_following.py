"""A result that starts the next case: exactly once, with who takes part and what is known, or not at all."""

from dataclasses import replace

import pytest
from kit.cases import rows
from kit.people import NOOR, TOGA, YASMINA
from kit.small_types import FIRST, SECOND, TESS, case_of, deploy, end, register
from sqlalchemy import select

from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.tasks import CompleteTask
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone
from processes.execution import unit_of_work
from processes.execution.case_execution import Poisoned
from processes.jobs.workers import carry_out
from processes.storage import audit
from processes.storage.tables import (
    AuditRow,
    Case,
    CaseRelation,
    CaseValue,
    Decision,
    NoteRow,
    OutboxRow,
    Party,
    TaskRow,
)

KEPT = {
    "only the base": ({"amount": -1}, "13.2", 1),
    "a rule that holds": ({}, "13.1", 5),
    "the longest of two": ({"amount": 12}, "13.1.1", 7),
    "for ever is longer than any": ({"amount": 12, "kept": True}, "13.1.3", None),
}


@pytest.mark.parametrize(("values", "number", "years"), KEPT.values(), ids=KEPT.keys())
def test_of_all_retention_rules_that_hold_the_longest_counts(ready, values, number, years):
    case = register(ready)
    end(ready, case, dictum="klaar", **values)
    ended = case_of(ready, case)
    assert ended.retention_class == number
    assert (ended.destroy_from and ended.destroy_from.year - local_date(ended.closed_at).year) == years


def test_the_next_case_begins_with_the_parties_decisions_and_values_of_the_first(ready):
    neighbour = NewParty("neighbour", "Bram van Proefhuizen", address="Weg 1")
    first = register(ready, parties=(TESS, TOGA, YASMINA, neighbour))
    end(ready, first, dictum="verder", amount=6)
    before, after = rows(ready, Case)
    assert (after.case_type, after.number[:4], after.state) == ("tweede", "TWE-", "running")
    assert (after.received_on, after.channel, after.subject, after.handler) == (
        local_date(before.closed_at), "letter", "Kapvergunning", None,
    )  # fmt: skip
    parties = rows(ready, Party, case_id=after.id)
    assert [(party.role, party.name, party.filing) for party in parties] == [
        ("appellant", "Tess Testeling", True),
        ("representative", "mr. P. Toga", False),
        ("third_party", "Yasmina el Voorbeeld", False),
    ]
    tess, toga, yasmina = parties
    assert (tess.represented_by, yasmina.represented_by) == (toga.id, None)
    assert (tess.identity_index, tess.phone) == (ready.secrets.index("bsn:999993653"), "0612345678")
    was, decision = rows(ready, Decision)
    assert [
        getattr(decision, name) for name in ("number", "subject", "taken_on", "announced_on", "department", "woo")
    ] == [getattr(was, name) for name in ("number", "subject", "taken_on", "announced_on", "department", "woo")]
    values = {row.code: row.value for row in rows(ready, CaseValue, case_id=after.id)}
    assert values == {"earlier": "De boom is oud", "sum": 7, "since": before.received_on.isoformat()}
    assert {(row.case_id, row.kind, row.other_id) for row in rows(ready, CaseRelation)} == {
        (before.id, "vervolg", after.id), (after.id, "voorganger", before.id),
    }  # fmt: skip
    assert [(note.case_id, note.text) for note in rows(ready, NoteRow)] == [
        (before.id, f"Op deze zaak volgt zaak {after.number} (Tweede zaak). Niet overgenomen: label."),
        (after.id, f"Deze zaak volgt op zaak {before.number} (Eerste zaak). Niet overgenomen: label."),
    ]
    with ready.sessions() as session:
        assert audit.check(session) == []
        assert (
            session.scalars(select(AuditRow.detail).where(AuditRow.action == "register")).all()[1]["follows"]
            == before.id
        )


def test_it_begins_once_however_often_the_last_step_is_tried(ready):
    end(ready, register(ready), dictum="verder")
    with ready.sessions() as session:
        done = session.scalars(select(TaskRow.id).where(TaskRow.element == "Work")).one()
    with pytest.raises(AlreadyDone):
        act(ready, NOOR, CompleteTask(done, {"dictum": "verder"}))
    assert [case.case_type for case in rows(ready, Case)] == ["eerste", "tweede"]


class Killed(BaseException):
    """The process dies here."""


def test_who_dies_before_the_commit_leaves_neither_the_end_nor_the_next_case(ready, monkeypatch):
    first = register(ready)

    def die(point):
        if point == "before-commit":
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(unit_of_work, "crash_point", die)
        with pytest.raises(Killed):
            end(ready, first, dictum="verder")
    assert [(case.case_type, case.state) for case in rows(ready, Case)] == [("eerste", "running")]
    end(ready, first, dictum="verder")
    assert [case.case_type for case in rows(ready, Case)] == ["eerste", "tweede"]


def test_a_next_case_that_cannot_begin_keeps_the_first_open_with_an_alarm(ready):
    broken = SECOND.changed(
        "settings",
        '<case:value code="earlier"',
        '<case:deadline code="d" title="T" duration="P1D" from="case.received_on"/><case:value code="earlier"',
    )
    broken = broken.changed(
        "body",
        "userTask Look ::",
        'userTask Look :: <case:deadlineAction deadline="d" action="start"/><case:deadlineAction deadline="d" action="extend" until="case.received_on"/>',
    )
    deploy(ready, broken, "tweede")
    first = register(ready)
    with pytest.raises(Poisoned):
        end(ready, first, dictum="verder")
    (case,) = rows(ready, Case)
    assert case.state == "running"
    assert case.alarm.startswith("De zaak 'tweede' die hierop volgt, kan niet beginnen.")
    deploy(ready, SECOND.changed("body", "Look", "Read"), "tweede")
    for row in rows(ready, OutboxRow, kind="retry", done_at=None):
        assert carry_out(ready, row.id)
    assert [case.alarm for case in rows(ready, Case)] == [None]
    end(ready, first, dictum="verder")
    assert len(rows(ready, Case)) == 2


def test_cases_that_follow_each_other_without_waiting_are_stopped(ready):
    body = 'startEvent Begin\nendEvent Done :: <case:result type="weg"/>\nBegin > Done'
    rounds = replace(SECOND, body=body).changed("settings", 'retention="26.1"', 'retention="26.1" follow="tweede"')
    deploy(ready, rounds, "tweede")
    first = register(ready)
    with pytest.raises(Poisoned):
        end(ready, first, dictum="verder")
    assert len(rows(ready, Case)) == 1


def test_two_case_types_may_follow_each_other(ready):
    back = SECOND.changed("settings", 'retention="26.1"', 'retention="26.1" follow="eerste"')
    deploy(ready, back, "tweede")
    deploy(ready, FIRST.changed("settings", "Eerste zaak", "Eerste zaak opnieuw"), "eerste")
    end(ready, register(ready), dictum="verder")
    end(ready, rows(ready, Case)[-1].number)
    assert [case.case_type for case in rows(ready, Case)] == ["eerste", "tweede", "eerste"]
    assert [party.role for party in rows(ready, Party)] == ["objector", "appellant", "objector"]
