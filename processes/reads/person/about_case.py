"""A case as it is about one person: the person's rows as a party, and the case itself."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import or_, select

from engine.words import Side
from processes.access.visibility import task_is_for
from processes.base.dutch import euros_in_words
from processes.execution.reopened import statuses_of
from processes.reads.person.case_of_person import CaseOfPerson
from processes.reads.person.records import Record
from processes.reads.workbench.corrections import CORRECTIONS, in_words
from processes.reads.workbench.parties import identity_in_words
from processes.reads.workbench.words import CASE_CHANNELS, ELECTRONIC_WAYS, LANGUAGES, PARTY_CHANNELS, role_in_words
from processes.storage.tables import (
    Bar,
    Case,
    CaseRelation,
    CoFiler,
    CorrectionRow,
    DeadlineRow,
    Decision,
    DefaultNotice,
    PartDecision,
    StatusRow,
    TaskRow,
)
from processes.storage.words import CaseState, PartyKind

STATES: Final = {CaseState.RUNNING: "loopt", CaseState.CLOSED: "afgerond"}
KEEP_PRIVATE: Final = "Geheim adres: stuur dit pakket niet naar een ander adres dan dat van deze persoon zelf."


def party(about: CaseOfPerson) -> Iterator[Record]:
    """The person as a party of the case, once for each role."""
    bars = about.rows(select(Bar).where(Bar.case_id == about.case.id).order_by(Bar.id))
    for row in about.own:
        acts_for = [about.named(one.id) for one in about.parties if one.represented_by == row.id]
        yield Record(
            f"Als {role_in_words(row.role, about.model).lower()}",
            {
                "rol": role_in_words(row.role, about.model),
                "soort": "bedrijf of organisatie" if row.kind == PartyKind.COMPANY else "persoon",
                "naam": row.name, "nummer": identity_in_words(about.services, row), "e-mailadres": row.email,
                "e-mailadres_nog_niet_bevestigd": row.email_unconfirmed or None,
                "telefoon": row.phone, "adres": row.address, "adres_waarvan_een_brief_terugkwam": row.returned_address, "geheim_adres": row.secret_address or None,
                "overleden": row.deceased or None, "diende_de_zaak_in": row.filing, "naam_afgeschermd": row.confidential or None,
                "brieven_via": PARTY_CHANNELS.get(row.channel, row.channel), "gemachtigde": about.named(row.represented_by),
                "diende_in_zonder_inloggen": bool(row.visit) or None, "gekoppeld_met_code_op": row.linked_at,
                "digitaal_bereikbaar_sinds": row.electronic_since,
                "hoe_gezegd": ELECTRONIC_WAYS.get(row.electronic_how or ""), "niet_meer_bij_de_zaak_sinds": row.left_on,
                "nodig_bij_een_hoorzitting": row.needs or None, "leest": LANGUAGES.get(row.language),
                "vestiging": row.branch or None,
                "ingelogd_met_machtiging": row.by_mandate or None,
                "treedt_op_voor": acts_for, "mag_als_medewerker_niet_in_deze_zaak": sorted({one.address for one in bars if one.party_id == row.id and one.address}) or None,
            },
            mark=KEEP_PRIVATE if row.secret_address else "",
        )  # fmt: skip
    yield from _named(about)
    yield from _corrections(about)


def _named(about: CaseOfPerson) -> Iterator[Record]:
    """That the person was named as filing along, and whom the person named: others by name only where that was chosen."""
    own = [row.id for row in about.own]
    mine = or_(CoFiler.party_id.in_(own), CoFiler.named_by.in_(own))
    for row in about.rows(select(CoFiler).where(CoFiler.case_id == about.case.id, mine).order_by(CoFiler.id)):
        whole = about.is_own(row.party_id) or about.chosen.others_named
        yield Record(
            "Genoemd om samen in te dienen",
            {
                "naam": row.name if whole else "een ander", "e-mailadres": row.email if whole else None,
                "genoemd_door": about.named(row.named_by), "op": row.named_at, "bevestigen_kon_tot_en_met": row.valid_until,
                "doet_mee": row.party_id is not None, "sinds": row.settled_at, "reden": row.reason if whole else None,
            },
        )  # fmt: skip


def _corrections(about: CaseOfPerson) -> Iterator[Record]:
    """Corrections of the data of the person."""
    own = [row.id for row in about.own]
    wanted = select(CorrectionRow).where(CorrectionRow.case_id == about.case.id, CorrectionRow.party_id.in_(own))
    for row in about.rows(wanted.order_by(CorrectionRow.id)):
        yield Record(
            "Verbetering",
            {
                "wat": CORRECTIONS.get(row.kind, row.kind), "op": row.made_at, "was": in_words(row.was),
                "is_geworden": in_words(row.became), "reden": row.reason,
            },
        )  # fmt: skip


def case(about: CaseOfPerson) -> Iterator[Record]:
    """The case, and what happened in it."""
    yield _case(about, about.case)
    yield from _decisions(about)
    yield from _statuses(about)
    yield from _deadlines(about)
    yield from _default_notices(about)
    yield from _parts(about)
    yield from _related(about)
    yield from _tasks(about)


def _case(about: CaseOfPerson, row: Case) -> Record:
    statuses = {one.code: one.name for one in statuses_of(about.model)} if about.model else {}
    result = about.model.result_types.get(row.result or "") if about.model else None
    others = [about.named(party.id) for party in about.parties if not about.is_own(party.id)]
    return Record(
        "De zaak",
        {
            "zaaknummer": row.number, "zaaktype": row.title, "onderwerp": row.subject,
            "vertrouwelijkheid": row.confidentiality, "stand": STATES.get(CaseState(row.state), row.state),
            "binnengekomen_via": CASE_CHANNELS.get(row.channel, row.channel), "ontvangen_op": row.received_on,
            "poststempel": row.postmark_on, "geregistreerd_op": row.registered_at, "behandelaar": about.employee(row.handler),
            "status": statuses.get(row.status or "", row.status), "uitkomst": result.description if result else row.result,
            "toelichting_op_de_uitkomst": row.result_explanation, "opmerking_voor_afdelingen": row.department_remark,
            "afgerond_op": row.closed_at, "selectielijst": row.retention_class, "te_vernietigen_vanaf": row.destroy_from,
            "andere_betrokkenen": others,
        },
    )  # fmt: skip


def _decisions(about: CaseOfPerson) -> Iterator[Record]:
    for row in about.rows(select(Decision).where(Decision.case_id == about.case.id).order_by(Decision.id)):
        yield Record(
            "Bestreden besluit",
            {
                "kenmerk": row.number, "onderwerp": row.subject, "genomen_op": row.taken_on, "afdeling": row.department,
                "bekendgemaakt_op": row.announced_on, "niet_op_tijd_besloten": row.missing or None,
                "genomen_door": about.employee_named(row.taken_by) if row.taken_by else None,
            },
        )  # fmt: skip


def _statuses(about: CaseOfPerson) -> Iterator[Record]:
    names = {one.code: one.name for one in statuses_of(about.model)} if about.model else {}
    for row in about.rows(select(StatusRow).where(StatusRow.case_id == about.case.id).order_by(StatusRow.id)):
        yield Record("Status", {"status": names.get(row.code, row.code), "bereikt_op": row.reached_at})


def _deadlines(about: CaseOfPerson) -> Iterator[Record]:
    drawn = about.model.deadlines if about.model else {}
    for row in about.rows(select(DeadlineRow).where(DeadlineRow.case_id == about.case.id).order_by(DeadlineRow.id)):
        title = drawn[row.code].title if row.code in drawn else row.code
        yield Record(
            "Termijn",
            {
                "termijn": title, "begonnen_op": row.started_on, "uiterlijk": row.due, "gehaald_of_beeindigd_op": row.met_on,
                "keren_opgeschort": len(row.suspensions) or None, "keren_verlengd": len(row.extensions) or None,
            },
        )  # fmt: skip


def _default_notices(about: CaseOfPerson) -> Iterator[Record]:
    mine = or_(DefaultNotice.party_id.is_(None), DefaultNotice.party_id.in_(about.near))
    wanted = select(DefaultNotice).where(DefaultNotice.case_id == about.case.id, mine).order_by(DefaultNotice.id)
    for row in about.rows(wanted):
        yield Record(
            "Ingebrekestelling",
            {
                "ontvangen_op": row.received_on, "van": about.named(row.party_id), "geen_dwangsom_omdat": row.excluded,
                "reden": row.reason, "vastgesteld_op": row.set_on, "vastgelegd_op": row.recorded_at,
                "dwangsom": euros_in_words(row.amount_cents) if row.amount_cents is not None else None,
            },
        )  # fmt: skip


def _parts(about: CaseOfPerson) -> Iterator[Record]:
    """Decisions on a part of a request."""
    for row in about.rows(select(PartDecision).where(PartDecision.case_id == about.case.id).order_by(PartDecision.id)):
        told = {"nummer": row.number, "titel": row.title, "uitkomst": row.outcome}
        yield Record("Deelbesluit", {**told, "genomen_op": row.taken_on, "bekendgemaakt_op": row.announced_on})


def _related(about: CaseOfPerson) -> Iterator[Record]:
    other = select(CaseRelation, Case.number).join(Case, Case.id == CaseRelation.other_id)
    for row, number in about.session.execute(other.where(CaseRelation.case_id == about.case.id)):
        yield Record("Verband met een andere zaak", {"zaak": number, "soort": row.kind, "gelegd_op": row.made_at})


def _tasks(about: CaseOfPerson) -> Iterator[Record]:
    """Tasks that the person was asked to do."""
    roles, own = {row.role for row in about.own}, {row.id for row in about.own}
    wanted = select(TaskRow).where(TaskRow.case_id == about.case.id, TaskRow.side == Side.CITIZEN)
    for row in about.rows(wanted.order_by(TaskRow.opened_at, TaskRow.id)):
        if task_is_for(row, roles, own):
            other = about.by_mandate(row.done_as) or "een ander"
            done = about.name if row.done_by == about.person else other if row.done_by else None
            yield Record(
                "Taak voor deze persoon",
                {
                    "taak": row.name, "gevraagd_op": row.opened_at, "graag_voor": row.due, "gedaan_op": row.done_at,
                    "gedaan_door": done,
                },
            )  # fmt: skip
