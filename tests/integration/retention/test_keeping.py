"""J13: how long a closed case is kept when its class changes, and what holds a case or a document back from destruction."""

from datetime import date, timedelta
from typing import Any

import pytest
from kit.cases import days_later, rows
from kit.dossiers import (
    ADMIN,
    ARCHIVIST,
    KEEPER,
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

from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.holds import EndHold, HoldTerms, LengthenHold, PlaceHold
from processes.actions.removing import ProposeRemoval
from processes.actions.retention import ApproveDestruction, ExceptCase, ListDue, ProposeDestruction
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotNow
from processes.dated.typed_settings import TypedSetting
from processes.execution.holding import why_held
from processes.jobs.hold_sweep import sweep_holds
from processes.jobs.retention_sweep import compute_begun, sweep_retention
from processes.jobs.workers import drain
from processes.law.retention_classes import RetentionRule, ends_on
from processes.reads.holds import read_holds
from processes.reads.retention import destruction_list
from processes.storage.services import Services
from processes.storage.tables import Case, CaseRelation, Decision, DestructionHold, DestructionRow, DocumentRow, MailRow

TERMS = HoldTerms("De rechtbank vraagt erom.", (TODAY + timedelta(days=30)).isoformat(), KEEPER.subject)
VALUES = {
    "result": "Geschil behandeld", "counts_from": "closed", "at_least_weeks": "13", "reach": "all",
    "source": "Een verzonnen selectielijst", "checked_on": "2020-01-01", "certainty": "sure",
}  # fmt: skip


def set_class(services: Services, years: str, since: date = YESTERDAY, **more: str) -> None:
    values = {**VALUES, "years": years, **more}
    typed = TypedSetting("retention", "13.1", since.isoformat(), values, "Een nieuwe selectielijst.")
    act(services, ADMIN, SaveSetting(typed))


def case_of(services: Services, made: Made) -> Case:
    with services.sessions() as session:
        return session.get_one(Case, made.case_id)


def on_list(services: Services) -> list[str]:
    return [line.case_number for line in destruction_list(services, ARCHIVIST)]


CHANGES = {  # years of the new version, for which cases -> on the list afterwards
    "longer, for all cases": ({"years": "7"}, False),
    "longer, for cases closed since": ({"years": "7", "reach": "closed_since"}, True),
    "from the next year on": ({"years": "5", "counts_from": "next_year"}, False),
    "for ever": ({"years": "", "forever": "ja"}, False),
    "shorter": ({"years": "1"}, True),
}


@pytest.mark.parametrize(("change", "stays"), CHANGES.values(), ids=CHANGES.keys())
def test_j13_a_class_that_changed_since_the_closing_counts_for_what_is_on_the_list(
    archive: Services, change: dict[str, str], stays: bool
) -> None:
    made = make_case(archive, "klasse", bsn="111222333")
    sweep_retention(archive)
    set_class(archive, **change)
    drain(archive)
    sweep_retention(archive)
    assert on_list(archive) == ([made.number] if stays else [])


def test_j13_the_list_says_by_which_version_and_what_held_at_the_closing(archive: Services) -> None:
    make_case(archive, "uitleg", bsn="111222333", destroy_from=YESTERDAY - timedelta(days=400))
    set_class(archive, "6")
    sweep_retention(archive)
    (line,) = destruction_list(archive, ARCHIVIST)
    assert "13.1 Geschil behandeld (6 jaar), Een verzonnen selectielijst. Zo geldt het vanaf" in line.ground
    assert line.ground.endswith("bij het afsluiten gold: 5 jaar.")


def test_j13_the_term_is_computed_again_when_the_files_are_about_to_go(archive: Services) -> None:
    made = make_case(archive, "toch", bsn="111222333")
    sweep_retention(archive)
    row_id = listed(archive, made.case_id).id
    act(archive, SECOND, ProposeDestruction((row_id,)))
    set_class(archive, "7")
    with pytest.raises(NotNow, match="bewaartermijn"):  # before any case was computed again
        act(archive, ARCHIVIST, ApproveDestruction((row_id,)))
    set_class(archive, "5", YESTERDAY + timedelta(days=1))
    act(archive, ARCHIVIST, ApproveDestruction((row_id,)))
    set_class(archive, "9", YESTERDAY + timedelta(days=1))
    drain(archive)
    assert case_of(archive, made).destroy_from.year == YESTERDAY.year + 4
    assert all(archive.files.exists(blob) for blob in made.blobs)
    set_class(archive, "5", YESTERDAY + timedelta(days=1))
    drain(archive)
    sweep_retention(archive)
    approve(archive, listed(archive, made.case_id).id)
    drain(archive)
    assert rows(archive, Case) == []


def test_j13_a_version_that_was_saved_ahead_is_computed_on_its_first_day(archive: Services) -> None:
    made = make_case(archive, "straks", bsn="111222333", destroy_from=TODAY + timedelta(days=40))
    set_class(archive, "1", TODAY + timedelta(days=10))
    drain(archive)
    assert (case_of(archive, made).destroy_from, compute_begun(archive)) == (TODAY + timedelta(days=40), 0)
    days_later(archive, 10)
    assert [compute_begun(archive), compute_begun(archive)] == [1, 0]
    drain(archive)
    assert case_of(archive, made).destroy_from < TODAY


REFUSED_WOO = RetentionRule("6.2", "Verzoek afgewezen", 0, months=1)


@pytest.mark.parametrize(
    ("rule", "closed_on", "first"),
    [
        (REFUSED_WOO, date(2026, 3, 2), date(2026, 6, 1)),  # 13 weeks: six to object, and a margin
        (RetentionRule("6.2", "Verzoek afgewezen", 1), date(2026, 3, 2), date(2027, 3, 2)),
        (RetentionRule("a", "b", 0, months=6, at_least_weeks=0), date(2026, 8, 31), date(2027, 3, 1)),
        (RetentionRule("a", "b", 1, counts_from="next_year"), date(2026, 3, 2), date(2028, 1, 1)),
        (RetentionRule("a", "b", 0, months=11, at_least_weeks=0), date(2026, 12, 31), date(2027, 12, 1)),
    ],
)
def test_j13_nothing_goes_while_an_objection_may_still_come(rule: RetentionRule, closed_on: date, first: date) -> None:
    assert ends_on(rule, closed_on) == first


def _relate(services: Services, made: Made, other: Made) -> None:
    with services.sessions.begin() as session:
        session.query(CaseRelation).delete()
        for one, two in ((made, other), (other, made)):
            session.add(CaseRelation(case_id=one.case_id, other_id=two.case_id, kind="onderwerp", made_at=NOW))


def _contest(services: Services, made: Made, other: Made) -> None:
    with services.sessions.begin() as session:
        session.add(Decision(case_id=other.case_id, number=made.number, subject="Een geweigerd verzoek"))


OTHERS: dict[str, tuple[Any, dict[str, Any], str | None]] = {
    "related and closed a month ago": (_relate, {"closed_at": NOW - timedelta(days=30)}, "kort geleden"),
    "related and closed long ago": (_relate, {"closed_at": NOW - timedelta(days=500)}, None),
    "contested in a case that runs": (_contest, {"state": "running", "closed_at": None}, "gaat over de beslissing"),
    "contested in a case closed long ago": (_contest, {"closed_at": NOW - timedelta(days=500)}, None),
}


@pytest.mark.parametrize(("tie", "columns", "why"), OTHERS.values(), ids=OTHERS.keys())
def test_j13_a_refused_request_stays_while_a_case_about_it_runs_or_may_still_come(
    archive: Services, tie: Any, columns: dict[str, Any], why: str | None
) -> None:
    refused = make_case(archive, "woo", bsn="111222333")
    sweep_retention(archive)
    other = make_case(archive, "bezwaar", bsn="999993653", destroy_from=TODAY + timedelta(days=300), **columns)
    tie(archive, refused, other)
    row_id = listed(archive, refused.case_id).id
    with archive.sessions() as session:
        held = why_held(session, refused.case_id, TODAY)
    assert (held is None) == (why is None)
    if why is None:
        act(archive, SECOND, ProposeDestruction((row_id,)))
    else:
        with pytest.raises(NotNow, match=why):
            act(archive, SECOND, ProposeDestruction((row_id,)))


@pytest.mark.parametrize("which", ["case", "document"])
def test_j13_what_is_held_is_not_destroyed_until_somebody_judges_it(archive: Services, which: str) -> None:
    made = make_case(archive, "vast", bsn="111222333")
    with archive.sessions() as session:
        document = session.query(DocumentRow).filter_by(case_id=made.case_id).order_by(DocumentRow.id).first()
    reference = document.reference if which == "document" else ""
    assert act(archive, ARCHIVIST, PlaceHold(made.number.lower(), TERMS, reference)) == made.number
    assert (act(archive, SYSTEM, ListDue()), on_list(archive)) == ("0", [])
    (line,) = read_holds(archive, KEEPER)
    assert (line.case_number, line.document, line.due, line.mine) == (made.number, reference or None, False, True)
    assert sweep_holds(archive) == 0
    days_later(archive, 30)
    assert [sweep_holds(archive), sweep_holds(archive)] == [1, 0]
    mail = rows(archive, MailRow)[-1]
    assert (mail.recipient, made.number in mail.subject) == ("keurder@stad.example", True)
    assert (act(archive, SYSTEM, ListDue()), read_holds(archive, ARCHIVIST)[0].due) == ("0", True)
    longer = HoldTerms("Nog niet klaar.", (TODAY + timedelta(days=60)).isoformat(), KEEPER.subject)
    act(archive, KEEPER, LengthenHold(line.id, longer))
    (line,) = read_holds(archive, KEEPER)
    assert (line.reason, line.document, line.due) == ("Nog niet klaar.", reference or None, False)
    with pytest.raises(Invalid):
        act(archive, KEEPER, EndHold(line.id, " "))
    act(archive, KEEPER, EndHold(line.id, "De rechtbank is klaar."))
    with pytest.raises(AlreadyDone):
        act(archive, KEEPER, EndHold(line.id, "Nog eens."))
    assert (act(archive, SYSTEM, ListDue()), on_list(archive)) == ("1", [made.number])
    ended = [row.ended_reason for row in rows(archive, DestructionHold) if row.reviewer == KEEPER.subject]
    assert ended[0].startswith("Verlengd tot ")
    assert ended[1] == "De rechtbank is klaar."


def test_j13_one_case_is_taken_off_the_list_and_the_rest_goes_on(archive: Services) -> None:
    made = [make_case(archive, mark, bsn="111222333") for mark in ("een", "twee", "drie")]
    sweep_retention(archive)
    ids = [listed(archive, one.case_id).id for one in made]
    act(archive, SECOND, ProposeDestruction(tuple(ids)))
    act(archive, ARCHIVIST, ExceptCase(ids[1], "Er loopt nog een zaak bij de rechtbank.", *KEPT))
    act(archive, ARCHIVIST, ApproveDestruction((ids[0], ids[2])))
    drain(archive)
    with archive.sessions() as session:
        assert [case.number for case in session.query(Case)] == [made[1].number]
    (line,) = read_holds(archive, ARCHIVIST)
    act(archive, KEEPER, EndHold(line.id, "Die zaak is klaar."))
    assert listed(archive, made[1].case_id).state == "listed"


def test_j13_a_held_document_is_not_erased_or_moved(archive: Services) -> None:
    made = make_case(archive, "stuk", bsn="111222333")
    with archive.sessions() as session:
        held, free = session.query(DocumentRow).filter_by(case_id=made.case_id).order_by(DocumentRow.id)
    act(archive, ARCHIVIST, PlaceHold(made.number, TERMS, held.reference))
    with pytest.raises(NotNow, match="vastgehouden"):
        act(archive, WORKER, ProposeRemoval(held.id, "Hoort hier niet."))
    act(archive, WORKER, ProposeRemoval(free.id, "Hoort hier niet."))


WRONG = {
    "no reason": ({"reason": " "}, "reason"),
    "no day": ({"until": ""}, "until"),
    "a day that has passed": ({"until": TODAY.isoformat()}, "until"),
    "nobody who judges it": ({"reviewer": WORKER.subject}, "reviewer"),
}


@pytest.mark.parametrize(("typed", "field"), WRONG.values(), ids=WRONG.keys())
def test_j13_holding_asks_for_a_reason_an_end_and_a_reviewer(archive: Services, typed: dict, field: str) -> None:
    made = make_case(archive, "fout", bsn="111222333")
    terms = HoldTerms(**{"reason": TERMS.reason, "until": TERMS.until, "reviewer": TERMS.reviewer, **typed})
    for action in (PlaceHold(made.number, terms), PlaceHold("BZW-1999-000001", terms, "D1")):
        with pytest.raises(Invalid) as caught:
            act(archive, ARCHIVIST, action)
        assert field in caught.value.fields
    with pytest.raises(NotAllowed):
        act(archive, WORKER, PlaceHold(made.number, TERMS))


def test_j13_an_approved_destruction_can_no_longer_be_held(archive: Services) -> None:
    made = make_case(archive, "laat", bsn="111222333")
    sweep_retention(archive)
    approve(archive, listed(archive, made.case_id).id)
    with pytest.raises(AlreadyDone, match="al goedgekeurd"):
        act(archive, ARCHIVIST, PlaceHold(made.number, TERMS))
    assert [row.state for row in rows(archive, DestructionRow)] == ["approved"]
