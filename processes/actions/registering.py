"""A case is registered: by a worker for a letter or a visit, or by a citizen through the form of the start event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine import Model
from processes.actions.filing import NewDocument, file_document
from processes.actions.profile import EMAIL
from processes.actions.rules import only_staff
from processes.corridor.advance import Run
from processes.corridor.dates import date_without_term, decision_wrong, receipt_wrong
from processes.corridor.values import store_values
from processes.corridor.work import Work
from processes.database.base import new_id
from processes.database.tables import Case, Decision, Party
from processes.deadlines import DeadlineError
from processes.errors import Invalid, NotAllowed
from processes.model_shelf import Deployed

LONGEST = {"name": 200, "email": 320, "phone": 40, "subject": 300, "number": 80}  # what the columns hold
CHANNELS = ("portal", "letter", "counter", "email", "forwarded")


@dataclass(frozen=True, slots=True)
class NewParty:
    """`identity` is `bsn:...`, `kvk:...` or `eidas:...`, or None. A representative represents all objectors."""

    role: str
    name: str
    kind: str = "person"
    identity: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    channel: str = "post"
    secret_address: bool = False
    deceased: bool = False


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A contested decision, or with `missing` a failure to decide, which has no dates."""

    subject: str
    number: str = ""
    taken_on: date | None = None
    announced_on: date | None = None
    department: str | None = None
    missing: bool = False
    taken_by: str | None = None
    woo: bool = False


@dataclass(frozen=True, slots=True)
class RegisterCase:
    case_type: str
    channel: str
    received_on: date
    parties: tuple[NewParty, ...]
    decisions: tuple[NewDecision, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[NewDocument, ...] = ()
    postmark_on: date | None = None
    handler: str | None = None


def register_case(work: Work, action: RegisterCase) -> str:
    """Store the case and let its process take the first steps. The answer is the case number.

    Raises Invalid with the field in the form `party-0-name`, `decision-0-announced_on`, `received_on`.
    """
    deployed = work.house.models.current(work.session, action.case_type)
    _check(work, deployed, action)
    case = _new_case(work, deployed, action)
    parties = _add_parties(work, case, action.parties)
    _add_decisions(work, case, action.decisions)
    run = Run.of(work, case, fresh=True)
    instance = run.begin(deployed, is_root=True)
    store_values(run, instance, action.values)
    owner = parties[0].id if work.actor.kind == "citizen" and parties else None
    for document in action.documents:
        file_document(work, case, document, party_id=owner)
    work.audit(case.id, "register", case_type=case.case_type, version=deployed.version)
    try:
        run.launch(instance)
    except DeadlineError as cause:
        raise Invalid(date_without_term(action.decisions)) from cause
    run.settle()
    return case.number


def _check(work: Work, deployed: Deployed, action: RegisterCase) -> None:
    if deployed.model.case_type is None:
        raise Invalid({"case_type": "Dit is geen zaaktype maar een proces dat andere zaaktypen aanroepen."})
    if work.actor.kind == "citizen" and not deployed.model.case_type.portal:
        raise NotAllowed
    if work.actor.kind != "citizen":
        only_staff(work.actor)
    wrong = {**_dates_wrong(work, action), **_parties_wrong(action), **_decisions_wrong(work, action)}
    if wrong:
        raise Invalid(wrong)


def _dates_wrong(work: Work, action: RegisterCase) -> dict[str, str]:
    wrong = {}
    if action.channel not in CHANNELS:
        wrong["channel"] = "Kies hoe het stuk is binnengekomen."
    return {**wrong, **receipt_wrong(action.received_on, action.postmark_on, work.today)}


def _parties_wrong(action: RegisterCase) -> dict[str, str]:
    wrong = {}
    if not any(party.role != "representative" for party in action.parties):
        wrong["party-0-name"] = "Vul in wie de zaak indient."
    for at, party in enumerate(action.parties):
        if not party.name.strip():
            wrong[f"party-{at}-name"] = "Vul een naam in."
        if party.channel == "post" and not (party.address or party.deceased):
            wrong[f"party-{at}-address"] = "Vul het adres in: deze partij krijgt brieven per post."
        if party.channel == "portal" and not party.identity:
            wrong[f"party-{at}-channel"] = "Zonder BSN of KvK-nummer kan deze partij niet inloggen. Kies post."
        if party.email and not EMAIL.fullmatch(party.email):
            wrong[f"party-{at}-email"] = "Dit is geen e-mailadres. Een voorbeeld is naam@voorbeeld.nl."
        wrong.update(_too_long(party, f"party-{at}", ("name", "email", "phone")))
    return wrong


def _decisions_wrong(work: Work, action: RegisterCase) -> dict[str, str]:
    wrong = {}
    for at, decision in enumerate(action.decisions):
        if not decision.subject.strip():
            wrong[f"decision-{at}-subject"] = "Vul in waar het besluit over gaat."
        wrong.update(decision_wrong(work.session, at, decision, work.today))
        wrong.update(_too_long(decision, f"decision-{at}", ("subject", "number")))
    return wrong


def _too_long(row: NewParty | NewDecision, place: str, names: tuple[str, ...]) -> dict[str, str]:
    return {
        f"{place}-{name}": f"Maak dit korter: hoogstens {LONGEST[name]} tekens."
        for name in names
        if len(getattr(row, name) or "") > LONGEST[name]
    }


def _new_case(work: Work, deployed: Deployed, action: RegisterCase) -> Case:
    kind = deployed.model.case_type
    if kind is None:
        raise Invalid({"case_type": "Dit is geen zaaktype."})
    subject = next((d.subject for d in action.decisions), "")
    case = Case(
        number=new_id(), model_version_id=deployed.id, case_type=kind.identification, title=kind.title,
        subject=subject, confidentiality=kind.confidentiality, channel=action.channel,
        received_on=action.received_on, postmark_on=action.postmark_on, registered_at=work.now,
        handler=action.handler,
    )  # fmt: skip
    work.session.add(case)
    work.session.flush()
    case.number = f"{kind.prefix}-{work.today.year}-{case.id:06d}"  # the row id: no case waits on a shared counter
    return case


def _add_parties(work: Work, case: Case, parties: tuple[NewParty, ...]) -> list[Party]:
    model = work.deployed(case.model_version_id).model
    rows = [_party(work, case, party, model) for party in parties]
    work.session.add_all(rows)
    work.session.flush()
    representative = next((row for row in rows if row.role == "representative"), None)
    for row in rows:
        if representative and row.filing:
            row.represented_by = representative.id
    return rows


def _party(work: Work, case: Case, party: NewParty, model: Model) -> Party:
    secrets = work.house.secrets
    declared = model.parties.get(party.role)
    return Party(
        case_id=case.id, role=party.role, kind=party.kind, name=party.name.strip(),
        identity=secrets.seal(party.identity.encode(), "party.identity") if party.identity else None,
        identity_index=secrets.index(party.identity) if party.identity else None,
        email=party.email or None, phone=party.phone or None, address=party.address or None,
        channel=party.channel, secret_address=party.secret_address, deceased=party.deceased,
        filing=party.role in model.initiators(), confidential=declared is not None and declared.confidential,
    )  # fmt: skip


def _add_decisions(work: Work, case: Case, decisions: tuple[NewDecision, ...]) -> None:
    for decision in decisions:
        dates = (None, None) if decision.missing else (decision.taken_on, decision.announced_on)
        work.session.add(
            Decision(
                case_id=case.id,
                number=decision.number,
                subject=decision.subject.strip(),
                taken_on=dates[0],
                announced_on=dates[1],
                department=decision.department,
                missing=decision.missing,
                taken_by=decision.taken_by,
                woo=decision.woo,
            )
        )
