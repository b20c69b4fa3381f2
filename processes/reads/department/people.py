"""The people who object, and the decisions that they object to, as far as the department may know (O15, O16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import PartyField
from processes.base.written import TypedLines, TypedText
from processes.storage.departments import shown_decisions
from processes.storage.tables import Case, Decision, DocumentRequestRow, Dossier, Party

# a request names fields of a party; what is not in this table (an identity above all) no drawing can show
FIELDS = {
    PartyField.NAME: "Naam",
    PartyField.ADDRESS: "Adres",
    PartyField.EMAIL: "E-mailadres",
    PartyField.PHONE: "Telefoon",
}


@dataclass(frozen=True, slots=True)
class PartyShown:
    """Label and text of every field that the request shows of one party."""

    rows: TypedLines


@dataclass(frozen=True, slots=True)
class DossierDecision:
    subject: TypedText
    number: TypedText
    taken_on: date | None
    announced_on: date | None
    missing: bool


def people_of(session: Session, dossier: Dossier) -> tuple[PartyShown, ...]:
    """The parties who took up the case and did not withdraw, with the fields of the newest request; none without a request."""
    newest = select(DocumentRequestRow.party_fields).where(DocumentRequestRow.dossier_id == dossier.id)
    fields = session.scalar(newest.order_by(DocumentRequestRow.id.desc()).limit(1)) or []
    here = (Party.case_id == dossier.case_id, Party.filing, Party.withdrawn_on.is_(None))
    parties = select(Party).where(*here).order_by(Party.id)
    shown = (PartyShown(tuple(_rows(party, fields))) for party in session.scalars(parties))
    return tuple(one for one in shown if one.rows)


def _rows(party: Party, fields: list[str]) -> list[tuple[str, str]]:
    found = []
    for field, label in FIELDS.items():
        text = getattr(party, field) if field in fields else None
        if text and not (field == PartyField.ADDRESS and party.secret_address):
            found.append((label, text))
    return found


def decisions_of(session: Session, dossier: Dossier) -> tuple[DossierDecision, ...]:
    """The decisions of this department, or about which it is asked; all of the case when none says which department took it. None for
    one person.
    """
    if dossier.party_id is not None:
        return ()
    rows = session.scalars(select(Decision).where(Decision.case_id == dossier.case_id).order_by(Decision.id)).all()
    shown = shown_decisions(session, rows, dossier)
    return tuple(DossierDecision(d.subject, d.number, d.taken_on, d.announced_on, d.missing) for d in shown)


def subject_for(session: Session, case: Case, own: tuple[DossierDecision, ...]) -> str:
    """The subject of a case as a department may read it, with the decisions that it may read."""
    named = session.scalars(select(Decision.subject).where(Decision.case_id == case.id)).all()
    return subject_among(case.subject, named, [one.subject for one in own])


def subject_among(subject: str, every: Sequence[str], own: Sequence[str]) -> str:
    """The subject, or that of the first of the `own` decisions when it is of a decision (one of `every`) of another department."""
    return own[0] if own and subject in every and subject not in own else subject
