"""O37: what comes on the destruction list, who may keep a case off it, and who may approve."""

from datetime import timedelta

import pytest
from kit.dossiers import (
    ADMIN,
    ARCHIVIST,
    CITIZEN,
    HANDLER,
    KEPT,
    NOW,
    SECOND,
    SYSTEM,
    TODAY,
    WORKER,
    YESTERDAY,
    Made,
    approve,
    listed,
    make_case,
)
from sqlalchemy import select

from processes.actions import act
from processes.actions.retention import ApproveDestruction, ExceptCase, ListDue, ProposeDestruction, RelistCase
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.jobs.retention_sweep import sweep_retention
from processes.reads.retention import destruction_list
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, CaseRelation, DestructionRow, OutboxRow

KINDS = {
    "past its term": ({}, True),
    "on its last day": ({"destroy_from": TODAY}, True),
    "a day too early": ({"destroy_from": TODAY + timedelta(days=1)}, False),
    "kept for ever": ({"destroy_from": None}, False),
    "still running": ({"state": "running", "closed_at": None}, False),
}


@pytest.mark.parametrize(("columns", "expected"), KINDS.values(), ids=KINDS.keys())
def test_o37_only_cases_past_their_term_are_listed(archive: Services, columns: dict, expected: bool) -> None:
    made = make_case(archive, "lijst", bsn="111222333", **columns)
    sweep_retention(archive)
    with archive.sessions() as session:
        rows = session.scalars(select(DestructionRow)).all()
    assert [row.case_number for row in rows] == ([made.number] if expected else [])


def test_o37_the_sweep_lists_each_case_once_and_in_batches(archive: Services) -> None:
    made = [
        make_case(archive, f"rij{n}", bsn="111222333", destroy_from=YESTERDAY - timedelta(days=n)) for n in range(5)
    ]
    assert [act(archive, SYSTEM, ListDue(limit=2)) for _ in range(4)] == ["2", "2", "1", "0"]
    assert sweep_retention(archive) == 0
    with archive.sessions() as session:
        order = session.scalars(select(DestructionRow.case_id).order_by(DestructionRow.id)).all()
    assert order == [one.case_id for one in reversed(made)]  # the one that waits longest comes first


def test_what_stands_on_the_list_says_what_and_why(archive: Services) -> None:
    made = make_case(archive, "wat", bsn="111222333")
    sweep_retention(archive)
    row = listed(archive, made.case_id)
    assert (row.case_type, row.result, row.retention_class, row.due_on, row.state) == (
        "bezwaar", "gegrond", "13.1", YESTERDAY, "listed",
    )  # fmt: skip


WHO = {  # actor -> keeps and proposes, approves what another proposed
    "citizen": (CITIZEN, False, False),
    "worker": (WORKER, False, False),
    "administrator": (ADMIN, True, False),
    "archivist": (ARCHIVIST, True, True),
    "system": (SYSTEM, False, False),
    "archivist who handled the case": (HANDLER, True, False),
}


@pytest.mark.parametrize(("actor", "proposes", "approves"), WHO.values(), ids=WHO.keys())
def test_o37_who_may_keep_propose_and_approve(archive: Services, actor: Actor, proposes: bool, approves: bool) -> None:
    row_id = _listed_case(archive)
    for action in (
        ExceptCase(row_id, "rechter", *KEPT),
        RelistCase(row_id),
        ProposeDestruction((row_id,)),
        RelistCase(row_id),
    ):
        _try(archive, actor, action, proposes)
    assert _state(archive, row_id) == "listed"
    act(archive, SECOND, ProposeDestruction((row_id,)))
    _try(archive, actor, ApproveDestruction((row_id,)), approves)
    assert _state(archive, row_id) == ("approved" if approves else "proposed")


def test_o37_it_takes_a_second_person_whatever_the_first_one_is(archive: Services) -> None:
    row_id = _listed_case(archive)
    with pytest.raises(NotNow, match="nog niet voorgesteld"):
        act(archive, ARCHIVIST, ApproveDestruction((row_id,)))
    act(archive, ARCHIVIST, ProposeDestruction((row_id,)))
    with pytest.raises(NotAllowed, match="zelf voor"):
        act(archive, ARCHIVIST, ApproveDestruction((row_id,)))
    with pytest.raises(AlreadyDone, match="al voorgesteld"):
        act(archive, SECOND, ProposeDestruction((row_id,)))
    act(archive, SECOND, ApproveDestruction((row_id,)))
    with archive.sessions() as session:
        row = session.get_one(DestructionRow, row_id)
        assert (row.proposed_by, row.approved_by) == (ARCHIVIST.subject, SECOND.subject)
        assert row.proposed_at <= row.approved_at


def test_o37_approval_by_the_handler_names_the_case_and_approves_nothing_else(archive: Services) -> None:
    own = make_case(archive, "eigen", bsn="111222333")
    other = make_case(archive, "ander", bsn="111222333", handler=WORKER.subject)
    sweep_retention(archive)
    ids = (listed(archive, other.case_id).id, listed(archive, own.case_id).id)
    act(archive, ADMIN, ProposeDestruction(ids))
    with pytest.raises(NotAllowed, match=own.number):
        act(archive, HANDLER, ApproveDestruction(ids))
    assert [_state(archive, one) for one in ids] == ["proposed", "proposed"]
    assert act(archive, HANDLER, ApproveDestruction(ids[:1])) == other.number


def test_excepting_needs_a_reason_and_can_be_undone(archive: Services) -> None:
    row_id = _listed_case(archive)
    with pytest.raises(Invalid) as caught:
        act(archive, ARCHIVIST, ExceptCase(row_id, "  ", *KEPT))
    assert list(caught.value.fields) == ["reason"]
    act(archive, SECOND, ProposeDestruction((row_id,)))
    act(archive, ARCHIVIST, ExceptCase(row_id, " De rechtbank heeft het dossier nog nodig. ", *KEPT))
    with archive.sessions() as session:
        row = session.get_one(DestructionRow, row_id)
        assert (row.exception, row.proposed_by) == ("De rechtbank heeft het dossier nog nodig.", None)
    for action in (ProposeDestruction((row_id,)), ApproveDestruction((row_id,))):
        with pytest.raises(NotNow, match="uitgezonderd"):
            act(archive, ARCHIVIST, action)
    act(archive, ARCHIVIST, RelistCase(row_id))
    with archive.sessions() as session:
        assert session.get_one(DestructionRow, row_id).exception is None
    approve(archive, row_id)


def test_approval_orders_the_destruction_once(archive: Services) -> None:
    row_id = _listed_case(archive)
    act(archive, SECOND, ProposeDestruction((row_id,)))
    act(archive, ARCHIVIST, ApproveDestruction((row_id, row_id)))
    for action in (ApproveDestruction((row_id,)), ProposeDestruction((row_id,))):
        with pytest.raises(AlreadyDone):
            act(archive, ARCHIVIST, action)
    with archive.sessions() as session:
        orders = session.scalars(select(OutboxRow).where(OutboxRow.kind == "destroy")).all()
        assert [(row.key, row.payload, row.case_id) for row in orders] == [
            (f"destroy:{row_id}", {"destruction": row_id}, None)
        ]
        row = session.get_one(DestructionRow, row_id)
        assert (row.state, row.approved_by) == ("approved", ARCHIVIST.subject)
        trail = session.scalars(select(AuditRow.action).where(AuditRow.chain == row.case_id).order_by(AuditRow.seq))
        assert list(trail) == ["register", "destruction_listed", "destruction_proposed", "destruction_approved"]


HOLDS = {  # the other case -> the words that say why this one waits; None: it does not
    "runs": ({"state": "running", "closed_at": None, "destroy_from": None}, "die nog loopt"),
    "is kept for ever": ({"destroy_from": None}, "die blijvend wordt bewaard"),
    "goes later": ({"destroy_from": TODAY + timedelta(days=400)}, None),
}


@pytest.mark.parametrize(("columns", "words"), HOLDS.values(), ids=HOLDS.keys())
def test_o37_a_related_case_holds_the_destruction_back(archive: Services, columns: dict, words: str | None) -> None:
    other = make_case(archive, "ander", bsn="111222333", **{"destroy_from": YESTERDAY, **columns})
    _unrelate(archive)
    made = make_case(archive, "een", bsn="111222333")  # related to the other one
    sweep_retention(archive)
    with archive.sessions() as session:
        numbers = set(session.scalars(select(DestructionRow.case_number)))
    assert (made.number in numbers) == (words is None)
    _unrelate(archive)
    sweep_retention(archive)
    row_id = listed(archive, made.case_id).id
    _relate(archive, made, other)
    if words is None:
        approve(archive, row_id)
        return
    with pytest.raises(NotNow, match=f"{made.number} hoort bij zaak {other.number}, {words}"):
        act(archive, SECOND, ProposeDestruction((row_id,)))
    (line,) = destruction_list(archive, ARCHIVIST)
    assert words in line.held
    assert not line.may_propose
    _unrelate(archive)
    act(archive, SECOND, ProposeDestruction((row_id,)))
    _relate(archive, made, other)
    with pytest.raises(NotNow, match=words):
        act(archive, ARCHIVIST, ApproveDestruction((row_id,)))
    assert not destruction_list(archive, ARCHIVIST)[0].may_approve


def _unrelate(services: Services) -> None:
    with services.sessions.begin() as session:
        session.query(CaseRelation).delete()


def _relate(services: Services, made: Made, other: Made) -> None:
    with services.sessions.begin() as session:
        for one, two in ((made, other), (other, made)):
            session.add(CaseRelation(case_id=one.case_id, other_id=two.case_id, kind="onderwerp", made_at=NOW))


REFUSED = {
    "nothing chosen": (ApproveDestruction(()), Invalid),
    "too many": (ApproveDestruction(tuple(range(501))), Invalid),
    "unknown": (ApproveDestruction((987,)), NotFound),
    "nothing proposed": (ProposeDestruction(()), Invalid),
    "unknown to propose": (ProposeDestruction((1, 987)), NotFound),
    "unknown to except": (ExceptCase(987, "reden", *KEPT), NotFound),
    "not excepted": (RelistCase(1), NotNow),
    "a reason without end": (ExceptCase(1, "x" * 2001, *KEPT), Invalid),
}


@pytest.mark.parametrize(("action", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_nonsense_is_refused_in_words(archive: Services, action: object, error: type[Exception]) -> None:
    assert _listed_case(archive) == 1
    with pytest.raises(error):
        act(archive, ARCHIVIST, action)


def test_a_case_whose_term_became_longer_is_not_approved(archive: Services) -> None:
    row_id = _listed_case(archive)
    act(archive, SECOND, ProposeDestruction((row_id,)))
    with archive.sessions.begin() as session:
        session.get_one(Case, session.get_one(DestructionRow, row_id).case_id).destroy_from = TODAY + timedelta(days=1)
    with pytest.raises(NotNow, match="bewaartermijn"):
        act(archive, ARCHIVIST, ApproveDestruction((row_id,)))


def _listed_case(services: Services) -> int:
    made = make_case(services, "zaak", bsn="111222333")
    sweep_retention(services)
    return listed(services, made.case_id).id


def _state(services: Services, row_id: int) -> str:
    with services.sessions() as session:
        return session.get_one(DestructionRow, row_id).state


def _try(services: Services, actor: Actor, action: object, allowed: bool) -> None:
    if allowed:
        act(services, actor, action)
    else:
        with pytest.raises(NotAllowed):
            act(services, actor, action)
