"""The municipality is put in default, and what that costs (Awb 4:17, 4:18, 6:12). Also after the case was closed: an
amount is laid down after the decision. Whether a penalty is due, and how much, is a decision of its own (4:18): only with mandate.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.words import DecidedHow, Recipient
from processes.access.assignments import only_with_mandate
from processes.access.guards import only_staff, reason_wrong
from processes.base.dutch import date_in_words, euros_in_words
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import body_of
from processes.execution.penalties import Reckoned, reckon
from processes.execution.unit_of_work import UnitOfWork
from processes.law import EXCLUSIONS
from processes.law.penalty import PenaltyState
from processes.post.notices import send_standard
from processes.post.saying import signature_of
from processes.post.standard.citizens import PENALTY_SET
from processes.post.wording import Words
from processes.storage.tables import Case, DefaultNotice, Party


@dataclass(frozen=True, slots=True)
class RegisterDefaultNotice:
    """A written notice of default. `party` is who sent it, None when that is not known."""

    case: str
    deadline: str
    received_on: date
    party: int | None = None


def register_default_notice(work: UnitOfWork, action: RegisterDefaultNotice) -> str:
    """A notice that came too early is kept as well: it starts nothing, and the explanation says so. Raises Invalid."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    _check(work, case, action)
    row = DefaultNotice(
        case_id=case.id, deadline=action.deadline, received_on=action.received_on, party_id=action.party,
        recorded_at=work.now, recorded_by=work.actor.subject,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    found = _reckoned(work, case, action.deadline)
    steps = " ".join(step.sentence for step in found.penalty.steps)
    work.own_note(case.id, f"Ingebrekestelling van {date_in_words(action.received_on)} vastgelegd. {steps}")
    work.audit(case.id, "default_notice", notice=row.id, deadline=action.deadline, on=action.received_on.isoformat())
    return case.number


def _check(work: UnitOfWork, case: Case, action: RegisterDefaultNotice) -> None:
    model = work.deployed(case.model_version_id).model
    run = CaseExecution.of(work, case)
    setting = model.deadlines.get(action.deadline)
    if setting is None or setting.rule is None or action.deadline not in run.data.deadlines():
        raise NotFound("Dit is geen wettelijke termijn van deze zaak.")
    if action.received_on > work.today:
        raise Invalid({"received_on": "Deze datum ligt in de toekomst. Vul een datum tot en met vandaag in."})
    if action.received_on < case.received_on:
        raise Invalid({"received_on": "Deze datum ligt voor de ontvangst van de zaak."})
    party = work.session.get(Party, action.party) if action.party else None
    if action.party and (party is None or party.case_id != case.id):
        raise Invalid({"party": "Kies iemand uit de lijst."})
    for row in work.session.scalars(select(DefaultNotice).where(DefaultNotice.case_id == case.id)):
        if (row.deadline, row.received_on, row.party_id) == (action.deadline, action.received_on, action.party):
            raise AlreadyDone("Deze ingebrekestelling is al vastgelegd.")


@dataclass(frozen=True, slots=True)
class ExcludePenalty:
    """No penalty is due for this notice, on a ground of EXCLUSIONS; with None the ground no longer holds."""

    case: str
    notice: int
    ground: str | None
    reason: str


def exclude_penalty(work: UnitOfWork, action: ExcludePenalty) -> str:
    """Raises NotAllowed without mandate, Invalid without a ground or reason, NotNow once the amount was laid down."""
    only_with_mandate(work.actor)
    case = work.lock_case(action.case)
    row = work.session.get(DefaultNotice, action.notice)
    if row is None or row.case_id != case.id:
        raise NotFound("Deze ingebrekestelling hoort niet bij de zaak.")
    wrong = reason_wrong(action.reason)
    if action.ground is not None and action.ground not in EXCLUSIONS:
        wrong["ground"] = "Kies een grond uit de lijst."
    if wrong:
        raise Invalid(wrong)
    if _is_set(_reckoned(work, case, row.deadline)):
        raise NotNow("Het bedrag van deze dwangsom is al vastgesteld.")
    row.excluded, row.reason = action.ground, action.reason.strip()
    words = f"geen dwangsom: {EXCLUSIONS[action.ground][0]}" if action.ground else "de uitsluiting vervalt"
    work.own_note(case.id, f"Ingebrekestelling van {date_in_words(row.received_on)}: {words}.\nReden: {row.reason}")
    work.audit(
        case.id, "exclude_penalty", notice=row.id, ground=action.ground, **_decided(CaseExecution.of(work, case))
    )
    return case.number


@dataclass(frozen=True, slots=True)
class SetPenalty:
    """The amount is laid down in a decision (Awb 4:18), which goes to everybody who filed."""

    case: str
    deadline: str


def set_penalty(work: UnitOfWork, action: SetPenalty) -> str:
    """Signed by who does it. Raises NotAllowed without mandate, NotNow while it still runs or when nothing is due, AlreadyDone when somebody
    was first.
    """
    only_with_mandate(work.actor)
    case = work.lock_case(action.case)
    found = _reckoned(work, case, action.deadline)
    notice = found.counting
    if _is_set(found):
        raise AlreadyDone("Het bedrag van deze dwangsom is al vastgesteld.")
    if notice is None or not (found.penalty.days or found.penalty.state == PenaltyState.RUNNING):
        raise NotNow("Er is geen dwangsom verschuldigd.")
    if found.penalty.state != PenaltyState.ENDED:
        raise NotNow("De dwangsom loopt nog. Het bedrag staat pas vast na de laatste dag.")
    notice.set_on, notice.amount_cents = work.today, found.penalty.cents
    amount = euros_in_words(found.penalty.cents)
    lines = "\n".join(f"- {step.sentence}" for step in found.penalty.steps)
    run = CaseExecution.of(work, case)
    words: Words = {"amount": amount, "explanation": lines, "decided.signature": signature_of(run, work.actor.subject)}
    send_standard(run, "penalty-set", PENALTY_SET, words, to=Recipient.INITIATOR, withdrawn=True)
    work.own_note(case.id, f"Dwangsom vastgesteld op {amount}.")
    work.audit(case.id, "set_penalty", notice=notice.id, cents=found.penalty.cents, **_decided(run))
    return case.number


def _decided(run: CaseExecution) -> dict[str, str]:
    """The detail of a decision for the audit trail, as a task that takes one writes it; the line itself says by whom."""
    return {"by": DecidedHow.MANDATE, "body": body_of(run), "day": run.work.today.isoformat()}


def _reckoned(work: UnitOfWork, case: Case, code: str) -> Reckoned:
    model = work.deployed(case.model_version_id).model
    found = next(
        (
            one
            for one in reckon(work.session, case, model, work.today, work.services.law.book(work.session))
            if one.row.code == code
        ),
        None,
    )
    if found is None:
        raise NotFound("Voor deze termijn is geen ingebrekestelling vastgelegd.")
    return found


def _is_set(found: Reckoned) -> bool:
    return any(one.set_on is not None for one in found.notices)
