"""A case is registered: by a worker for a letter or a visit, or by a citizen through the form of the start event."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from engine import CaseType, Model
from engine.words import FixedRole
from processes.access.clearance import TYPE_ABOVE, may_see_level
from processes.access.guards import only_staff
from processes.access.sign_in_level import demanded_level, is_enough
from processes.actions.co_filers import name_co_filers
from processes.actions.filed import file_start
from processes.actions.filing import NewDocument, file_document
from processes.actions.main_case import main_case_of
from processes.base.actor import ActorKind
from processes.base.email_address import typed_address
from processes.base.errors import Invalid, NotAllowed, StrongerSignInNeeded, mistakes_into
from processes.base.uploads import why_refused
from processes.execution.begun_forms import finished_under, for_visitors
from processes.execution.case_execution import CaseExecution
from processes.execution.co_filers import NamedPerson, named_wrong
from processes.execution.dates import date_without_term, decision_wrong, receipt_wrong
from processes.execution.identity import read_identity, seal_identity
from processes.execution.new_case import new_case
from processes.execution.out_of_use import LASTS, LastDays, NotFiledAnyMore, refuse_received
from processes.execution.party_data import electronic, electronic_wrong
from processes.execution.reading_language import chosen_language
from processes.execution.registered import branch_wrong, compares_here, flags_of, names_under, number_wrong
from processes.execution.relations import relate
from processes.execution.standing_aside import shut_out
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import store_values
from processes.law import DeadlineError
from processes.post.own_addresses import ask_once
from processes.post.receipts import mail_filing_receipt
from processes.storage.citizens import index_of
from processes.storage.fast import PreparedQuery, add_rows, fetch_together, id_queries, keep_ids
from processes.storage.model_cache import Deployed, newest_version
from processes.storage.tables import (
    Case,
    DeadlineRow,
    Decision,
    DepartmentRow,
    Instance,
    Party,
    PersonProfile,
)
from processes.storage.words import CaseChannel, ElectronicWay, PartyKind, PostChannel, ReadingLanguage, Relation

LONGEST = {"name": 200, "phone": 40, "subject": 300, "number": 80, "needs": 300}  # what the columns hold, and a letter
NO_CALL = "De indiener wil niet gebeld worden. Neem op een andere manier contact op."
NOT_SIGNED_IN = "Ingediend zonder inloggen. Niemand heeft nagegaan wie dit is, en er is geen handtekening. Vraag daarom als dat nodig is."
SUBJECT = "subject"  # what a start form asks under this code is the subject of a case without a contested decision
DEADLINES_AT_FIRST = 2  # most case types start one or two at once; the id of a third is asked when it comes
DEPARTMENTS = PreparedQuery(select(DepartmentRow.code))
CHOSEN = PreparedQuery(
    select(PersonProfile.news_by_mail, PersonProfile.language).where(
        PersonProfile.identity_index == bindparam("identity")
    )
)
CHANNELS = tuple(CaseChannel)
NAMES = PreparedQuery(names_under())


@dataclass(frozen=True, slots=True)
class NewParty:
    """`identity` is `bsn:...`, `kvk:...` or `eidas:...`, or None. A representative represents all objectors.

    `same_as` is the id of a party of the main case instead: this is that person, whose number no page shows.
    `channel` is post or portal; the drawing makes it `link` for who gets a link of their own. `to_confirm`: a citizen typed
    the mail address at the portal, so that it gets a code and no other mail until the code comes back. `electronic_since` and
    `electronic_how` (ElectronicWay): when and how the party said to be reachable electronically (Awb 2:8); without them today.
    `sure`: staff looked again and say that number and name are right, although the register has another name.
    `needs`: at a hearing, in words. `no_call`: does not want to be called, which the handler reads in a note. `branch`: the only branch of a
    company that it is about. `by_mandate`: a representative whom sign-in named, with the mandate of who is represented.
    `language` (ReadingLanguage): in which this person reads; empty: as chosen at Mijn gegevens.
    """

    role: str
    name: str
    kind: str = PartyKind.PERSON
    identity: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    channel: str = PostChannel.POST
    secret_address: bool = False
    deceased: bool = False
    same_as: int | None = None
    to_confirm: bool = False
    electronic_since: date | None = None
    electronic_how: str | None = None
    sure: bool = False
    needs: str = ""
    no_call: bool = False
    language: str = ""
    branch: str = ""
    by_mandate: bool = False


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


class FormRenewed(Invalid):
    """Dit formulier is vernieuwd. Open het opnieuw: wat u invulde, staat er nog."""

    def __init__(self) -> None:
        super().__init__({"": str(self.__doc__)})


@dataclass(frozen=True, slots=True)
class RegisterCase:
    """`version`: the id of the version under which a citizen began with the form, which the case then follows; `begun_on`: the day.

    `wrong`: what the page could not read, by field; it is told together with every other mistake. `co_filers`: who a citizen files it with, each
    of whom still has to confirm that.
    """

    case_type: str
    channel: str
    received_on: date
    parties: tuple[NewParty, ...]
    decisions: tuple[NewDecision, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[NewDocument, ...] = ()
    postmark_on: date | None = None
    handler: str | None = None
    main_case: str | None = None  # the number of the case that this one belongs to
    version: int | None = None
    begun_on: date | None = None
    co_filers: tuple[NamedPerson, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)


def register_case(work: UnitOfWork, action: RegisterCase) -> str:
    """Store the case and let its process take the first steps. The answer is the case number.

    Raises Invalid with the field in the form `party-0-name`, `decision-0-announced_on`, `received_on`, `main_case`, and FormRenewed.
    Raises NotFiledAnyMore for a case type that is out of use.
    """
    newest, departments, chosen, ended, names = _look(work, action)
    news = any(wants for wants, _ in chosen.values()) or any(party.same_as for party in action.parties)
    _refuse_out_of_use(work, action, ended)
    deployed = _begun_under(work, newest, action.version)
    kind, wrong = _may_register(work, deployed, newest), dict[str, str]()
    main = None
    with mistakes_into(wrong):
        main = main_case_of(work, kind, action.main_case)
    there = _in_main_case(work, main, action.parties)
    known = _known(work, there, action.parties, wrong)
    represented = _under_mandate(there, action.parties)
    action = replace(action, parties=tuple(as_registered(work, as_drawn(one, deployed.model)) for one in known))
    action = replace(action, parties=tuple(_reading(one, chosen) for one in action.parties))
    _check(work, action, deployed.model, departments, wrong, names)
    case = _new_case(work, deployed, action)
    if main is not None:
        relate(work, case, main, Relation.HOOFDZAAK)
    parties = _add_parties(work, case, action.parties, represented)
    shut_out(work, case, *parties)
    run = CaseExecution.of(work, case, fresh=True)
    run.data.begin_with(_add_decisions(work, case, action.decisions), news=news)
    instance = run.begin(deployed, is_root=True)
    store_values(run, instance, action.values)
    owner = parties[0].id if work.actor.kind == ActorKind.CITIZEN and parties else None
    rows = [file_document(work, case, document, party_id=owner) for document in action.documents]
    named = [one.name for one in action.co_filers]
    file_start(work, case, deployed, action.values, action.documents, rows, parties, action.decisions, named)
    work.audit(case.id, "register", case_type=case.case_type, version=deployed.version)
    try:
        run.launch(instance)
    except DeadlineError as cause:
        raise Invalid(date_without_term(action.decisions)) from cause
    run.settle()
    if owner is not None:
        sender = next((row for row in parties if row.identity_index == work.actor.party_subject), parties[0])
        mail_filing_receipt(work, case, sender)
    if action.co_filers:
        name_co_filers(work, case, parties[0], action.co_filers)
    return case.number


def _look(
    work: UnitOfWork, action: RegisterCase
) -> tuple[Deployed, Container[str], Mapping[str, tuple[bool, str | None]], LastDays | None, Mapping[str, list[str]]]:
    """The model, the codes of all departments, by number of a party what it chose about news by mail and its language, when the case type
    goes out of use, and by number the names under which we know it, where these are compared; ids are asked along.
    """
    wanted = {Party: len(action.parties), Decision: len(action.decisions), DeadlineRow: DEADLINES_AT_FIRST}
    ids = id_queries(work.session, {Case: 1, Instance: 1, **wanted})
    numbers = [party.identity for party in action.parties if party.identity]
    known = [index_of(work.session, work.services.secrets, number) for number in numbers]
    compared = known if compares_here(work) else []
    newest, departments, ended, *rest = fetch_together(
        work.session,
        [
            (newest_version(), {"process": action.case_type}),
            (DEPARTMENTS, {}),
            (LASTS, {"process": action.case_type}),
            *ids,
            *((CHOSEN, {"identity": identity}) for identity in known),
            *((NAMES, {"identity": identity, "but": 0}) for identity in compared),
        ],
    )
    if ids:
        keep_ids(work.session, rest.pop(0))
    deployed = work.services.models.newest(work.session, action.case_type, newest)
    profiles, told = rest[: len(known)], rest[len(known) :]
    chosen = {number: rows[0] if rows else (False, None) for number, rows in zip(numbers, profiles, strict=True)}
    names = {number: [name for (name,) in rows] for number, rows in zip(numbers, told, strict=False)}
    return deployed, {code for (code,) in departments}, chosen, LastDays(*ended[0]) if ended else None, names


def _reading(party: NewParty, chosen: Mapping[str, tuple[bool, str | None]]) -> NewParty:
    """The party with its language: what was typed, else what the person chose."""
    if party.language or party.identity is None or party.identity not in chosen:
        return party
    return replace(party, language=chosen[party.identity][1] or ReadingLanguage.DUTCH)


def _refuse_out_of_use(work: UnitOfWork, action: RegisterCase, ended: LastDays | None) -> None:
    """A citizen finishes what was begun in time, a worker registers what came in before that day."""
    if ended is None:
        return
    if work.actor.kind != ActorKind.CITIZEN:
        refuse_received(ended, action.received_on)
    elif not ended.may_file(action.begun_on, work.today):
        raise NotFiledAnyMore


def _begun_under(work: UnitOfWork, newest: Deployed, version: int | None) -> Deployed:
    found = finished_under(work.session, work.services, newest, version, work.today)
    if version is not None and found.id != version:
        raise FormRenewed
    return found


def _may_register(work: UnitOfWork, deployed: Deployed, newest: Deployed) -> CaseType:
    kind = deployed.model.case_type
    if kind is None:
        raise Invalid({"case_type": "Dit is geen zaaktype maar een proces dat andere zaaktypen aanroepen."})
    if work.actor.kind == ActorKind.CITIZEN and not kind.portal:
        raise NotAllowed
    if work.actor.is_visitor:
        if not for_visitors(deployed, newest):
            raise NotAllowed
    elif work.actor.kind == ActorKind.CITIZEN:
        demanded = demanded_level(deployed, newest)
        if not is_enough(work.actor.level, demanded):
            raise StrongerSignInNeeded(kind.title, demanded)
    else:
        only_staff(work.actor)
    if not may_see_level(work.actor, kind.confidentiality):
        raise NotAllowed(TYPE_ABOVE)
    return kind


def _in_main_case(work: UnitOfWork, main: Case | None, parties: tuple[NewParty, ...]) -> Mapping[int, Party]:
    """The parties of the main case by id, when some of these are to be the same people."""
    if not any(party.same_as for party in parties):
        return {}
    found = work.session.scalars(select(Party).where(Party.case_id == (main.id if main else None)))
    return {row.id: row for row in found}


def _under_mandate(there: Mapping[int, Party], parties: tuple[NewParty, ...]) -> frozenset[int] | None:
    """The places of the parties for whom the representative may act who is taken over with a mandate: who gave it in the main case. None when the
    representative acts for everybody who files.
    """
    representative = next((party for party in parties if party.role == FixedRole.REPRESENTATIVE), None)
    row = there.get(representative.same_as or 0) if representative else None
    if row is None or not row.by_mandate:
        return None
    gave = {one.id for one in there.values() if one.represented_by == row.id}
    return frozenset(at for at, party in enumerate(parties) if party.same_as in gave)


def _known(
    work: UnitOfWork, there: Mapping[int, Party], parties: tuple[NewParty, ...], wrong: dict[str, str]
) -> tuple[NewParty, ...]:
    """Give parties that also stand in the main case the identity stored there. `wrong` gets a sentence when the name differs."""
    found_now = []
    for at, party in enumerate(parties):
        row = there.get(party.same_as) if party.same_as else None
        if party.same_as and (row is None or row.name != party.name.strip()):
            wrong[f"party-{at}-name"] = (
                "Deze betrokkene staat niet zo in de andere zaak. Zet de naam terug, of haal het vinkje weg."
            )
        found_now.append(_identified(work, party, row) if row is not None else party)
    return tuple(found_now)


def _identified(work: UnitOfWork, party: NewParty, row: Party) -> NewParty:
    # as far as that person may see the other case; in a case of their own no mandate counts
    known = replace(party, by_mandate=row.by_mandate and party.role == FixedRole.REPRESENTATIVE)
    return replace(known, identity=read_identity(work, row), same_as=None)


def _check(
    work: UnitOfWork, action: RegisterCase, model: Model, departments: Container[str], wrong: Mapping[str, str],
    names: Mapping[str, list[str]],
) -> None:  # fmt: skip
    """Raises Invalid with every mistake; one that was found before stays as it was told."""
    found = {
        **_dates_wrong(work, action),
        **_parties_wrong(work, action, names, wrong),
        **_decisions_wrong(work, action, departments),
        **_documents_wrong(model, action.documents),
        **_co_filers_wrong(work, action, model),
        **wrong,
        **action.wrong,
    }
    if found:
        raise Invalid(found)


def _co_filers_wrong(work: UnitOfWork, action: RegisterCase, model: Model) -> dict[str, str]:
    """Raises NotAllowed where nobody may name others: by staff, a visitor or a mandate, for somebody else, or in such a case type."""
    if not action.co_filers:
        return {}
    actor, kind = work.actor, model.case_type
    by_mandate = actor.for_whom is not None and not actor.for_whom.own
    alone = len(action.parties) == 1 and action.parties[0].role in model.initiators()
    if (
        actor.kind != ActorKind.CITIZEN
        or actor.is_visitor
        or by_mandate
        or not alone
        or not (kind and kind.filed_together)
    ):
        raise NotAllowed
    return named_wrong(action.co_filers, action.parties[0].name)


def _documents_wrong(model: Model, documents: tuple[NewDocument, ...]) -> dict[str, str]:
    typed = [one for one in documents if one.type]
    refused = ((one.field, why_refused(model.document_types.get(one.type), one.upload)) for one in typed)
    return {field: sentence for field, sentence in refused if sentence}


def _dates_wrong(work: UnitOfWork, action: RegisterCase) -> dict[str, str]:
    wrong = {}
    if action.channel not in CHANNELS:
        wrong["channel"] = "Kies hoe het stuk is binnengekomen."
    return {**wrong, **receipt_wrong(action.received_on, action.postmark_on, work.today)}


def _parties_wrong(
    work: UnitOfWork, action: RegisterCase, names: Mapping[str, list[str]], told: Mapping[str, str]
) -> dict[str, str]:
    """`told`: found before; of a party that is not the one of the main case nothing else is worth saying yet."""
    wrong = {}
    if not any(party.role != FixedRole.REPRESENTATIVE for party in action.parties):
        wrong["party-0-name"] = "Vul in wie de zaak indient."
    for at, party in enumerate(action.parties):
        if f"party-{at}-name" not in told:
            wrong.update(new_party_wrong(work, party, f"party-{at}", names.get(party.identity or "")))
    return wrong


def as_drawn(party: NewParty, model: Model) -> NewParty:
    """The party with the channel of its role in the drawing: `link` (no letters) for a role with an own link."""
    return replace(party, channel=PostChannel.LINK) if party.role in model.personal_roles() else party


def as_registered(work: UnitOfWork, party: NewParty) -> NewParty:
    """The party with a secret address, or deceased, when the register says so."""
    flags = flags_of(work, party.identity)
    return replace(
        party, secret_address=party.secret_address or flags.secret_address, deceased=party.deceased or flags.deceased
    )


def new_party_wrong(
    work: UnitOfWork, party: NewParty, place: str, names: Sequence[str] | None = None
) -> dict[str, str]:
    """The same as `party_wrong`, and whether the number is that of somebody else, or the branch of no such company; `names` as for
    `number_wrong`.
    """
    return {
        **party_wrong(party, place, work.today),
        **branch_wrong(work, party, place),
        **number_wrong(work, party, place, names=names),
    }


def party_wrong(party: NewParty, place: str, today: date) -> dict[str, str]:
    """One sentence for each field of a party that is not right, as `party-0-name` for the place `party-0`."""
    wrong = electronic_wrong(place, party.electronic_since, party.electronic_how, today)
    email = typed_address(party.email, f"{place}-email", wrong)
    if not party.name.strip():
        wrong[f"{place}-name"] = "Vul een naam in."
    if party.channel == PostChannel.POST and not (party.address or party.deceased):
        wrong[f"{place}-address"] = "Vul het adres in: deze partij krijgt brieven per post."
    if party.channel == PostChannel.PORTAL and not party.identity:
        wrong[f"{place}-channel"] = "Zonder BSN of KvK-nummer kan deze partij niet inloggen. Kies post."
    if party.channel == PostChannel.LINK and not (email or party.address):
        wrong.setdefault(
            f"{place}-email",
            "Vul het e-mailadres in: daar gaat de eigen link heen. Is er geen e-mailadres? Vul dan het postadres in.",
        )
    if party.channel == PostChannel.LINK and party.identity:
        wrong[f"{place}-number"] = "Deze betrokkene krijgt een eigen link en logt niet in. Laat het nummer leeg."
    wrong.update(_too_long(party, place, ("name", "phone", "needs")))
    return wrong


def _decisions_wrong(work: UnitOfWork, action: RegisterCase, departments: Container[str]) -> dict[str, str]:
    wrong = {}
    for at, decision in enumerate(action.decisions):
        wrong.update(new_decision_wrong(at, decision, work.today, departments))
    return wrong


def new_decision_wrong(at: int, decision: NewDecision, today: date, departments: Container[str]) -> dict[str, str]:
    """One sentence for each field that is not right, as `decision-0-subject` for the number 0."""
    wrong = {}
    if not decision.subject.strip():
        wrong[f"decision-{at}-subject"] = "Vul in waar het besluit over gaat."
    wrong.update(decision_wrong(at, decision, today, departments))
    wrong.update(_too_long(decision, f"decision-{at}", ("subject", "number")))
    return wrong


def _too_long(row: NewParty | NewDecision, place: str, names: tuple[str, ...]) -> dict[str, str]:
    return {
        f"{place}-{name}": f"Maak dit korter: hoogstens {LONGEST[name]} tekens."
        for name in names
        if len(getattr(row, name) or "") > LONGEST[name]
    }


def _new_case(work: UnitOfWork, deployed: Deployed, action: RegisterCase) -> Case:
    asked = str(action.values.get(SUBJECT) or "")
    subject = next((decision.subject for decision in action.decisions), asked.strip()[: LONGEST["subject"]])
    return new_case(
        work, deployed, channel=action.channel, received_on=action.received_on, subject=subject,
        postmark_on=action.postmark_on, handler=action.handler,
    )  # fmt: skip


def _add_parties(
    work: UnitOfWork, case: Case, parties: tuple[NewParty, ...], represented: frozenset[int] | None
) -> list[Party]:
    """`represented`: the places of those for whom the representative acts; None: everybody who files."""
    model = work.deployed(case.model_version_id).model
    rows = [party_row(work, case, party, model) for party in parties]
    add_rows(work.session, rows, first=lambda row: row.role == FixedRole.REPRESENTATIVE)
    for row, party in zip(rows, parties, strict=True):
        settle_identity(work, case, row, party)
        if party.no_call:
            work.system_note(case.id, NO_CALL, row.id)
        if row.visit:
            work.system_note(case.id, NOT_SIGNED_IN, row.id)
    representative = next((row for row in rows if row.role == FixedRole.REPRESENTATIVE), None)
    for at, row in enumerate(rows):
        if representative and row.filing and (represented is None or at in represented):
            row.represented_by = representative.id
    return rows


def settle_identity(work: UnitOfWork, case: Case, row: Party, party: NewParty) -> None:
    """The number of a party whose row was stored; what staff confirmed about it, and a death that nobody typed, are written down."""
    seal_identity(work, row, party.identity)
    if party.sure and party.identity:
        work.audit(case.id, "confirm_number", party=row.id)
    if party.deceased and flags_of(work, party.identity).deceased:
        who = "Een betrokkene" if row.confidential else row.name
        text = f"Volgens het register is deze betrokkene overleden: {who}. Vraag wie de erfgenamen zijn, en voeg hen toe bij Partijen."
        work.system_note(case.id, text, row.id)


def party_row(work: UnitOfWork, case: Case, party: NewParty, model: Model) -> Party:
    """The row of a party, not stored yet; with its id it gets the number of its person, by `seal_identity`."""
    declared = model.parties.get(party.role)
    email = typed_address(party.email, "email", {}) or None
    index = index_of(work.session, work.services.secrets, party.identity) if party.identity else None
    channel = PostChannel.POST if party.channel == PostChannel.LINK and not email else party.channel
    unseen = work.actor.is_visitor and party.to_confirm  # who files, without signing in
    language = party.language or chosen_language(work, index)
    otherwise = ElectronicWay.FILING if work.actor.kind == ActorKind.CITIZEN else ElectronicWay.REGISTERED
    return Party(
        case_id=case.id, role=party.role, kind=party.kind, name=party.name.strip(),
        identity_index=index, email=email,
        email_unconfirmed=bool(email and (unseen or (party.to_confirm and index and ask_once(work, index, email, language)))),
        visit=work.services.secrets.digest(work.actor.subject) if unseen else None, phone=party.phone or None, address=party.address or None,
        channel=channel, **electronic(channel, party.electronic_since, party.electronic_how, work.today, otherwise),
        secret_address=party.secret_address, deceased=party.deceased, needs=party.needs.strip(), branch=party.branch, by_mandate=party.by_mandate,
        language=language,
        filing=party.role in model.initiators(), confidential=declared is not None and declared.confidential,
    )  # fmt: skip


def _add_decisions(work: UnitOfWork, case: Case, decisions: tuple[NewDecision, ...]) -> list[Decision]:
    rows = [decision_row(case, decision) for decision in decisions]
    if rows:
        add_rows(work.session, rows, first=lambda _: True)
    return rows


def decision_row(case: Case, decision: NewDecision) -> Decision:
    """The row of a contested decision, not stored yet; a failure to decide has no dates."""
    taken, announced = (None, None) if decision.missing else (decision.taken_on, decision.announced_on)
    return Decision(
        case_id=case.id, number=decision.number, subject=decision.subject.strip(), taken_on=taken,
        announced_on=announced, department=decision.department, missing=decision.missing,
        taken_by=decision.taken_by, woo=decision.woo,
    )  # fmt: skip
