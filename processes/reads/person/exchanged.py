"""Everything that was exchanged in a case: documents, letters, mails, messages, notes, and what departments were asked and gave."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from processes.base.actor import SYSTEM
from processes.base.checklist import said_from
from processes.reads.person.beside import INTERNAL, beside
from processes.reads.person.case_of_person import CaseOfPerson, MailGoesTo
from processes.reads.person.records import Record
from processes.reads.workbench.documents import STATES
from processes.reads.workbench.words import PARTY_CHANNELS
from processes.storage.tables import (
    Delivery,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    LinkOpening,
    MailAnswer,
    MailRow,
    NoteRow,
    NoticeRow,
    RequestReply,
)
from processes.storage.words import DocumentOrigin, DocumentState, NoteKind

OLD_ADDRESS: Final = (
    "Dit adres is nu van niemand in deze zaak. Misschien had deze persoon het vroeger: beoordeel of dit meegaat."
)
TAKEN_OFF: Final = "Uit de zaak gehaald; het bestand wordt nog bewaard. Beoordeel of dit meegaat."
OF_OTHERS: Final = "Niet van of aan deze persoon: beoordeel of dit meegaat."
FIELDS: Final = {"name": "naam", "address": "adres", "email": "e-mailadres", "phone": "telefoon"}


def documents(about: CaseOfPerson) -> Iterator[Record]:
    """Documents from the person, to the person, or given to the person to read; and the words of what the person filed."""
    yield from _documents(about, own=True)
    mine = select(FiledRow).where(FiledRow.case_id == about.case.id, FiledRow.party_id.in_(about.near))
    for row in about.rows(mine.order_by(FiledRow.filed_at, FiledRow.id)):
        entered = about.employee(row.entered_by)
        yield Record(
            f"Ingestuurd: {row.title}",
            {
                "ontvangen_op": row.received_on, "vastgelegd_op": row.filed_at, "ingevoerd_door": entered,
                "tekst": row.body, "vingerafdruk_sha256": row.sha256,
            },
        )  # fmt: skip


def other_documents(about: CaseOfPerson) -> Iterator[Record]:
    """All other documents of the case."""
    return _documents(about, own=False)


def _documents(about: CaseOfPerson, *, own: bool) -> Iterator[Record]:
    wanted = select(DocumentRow).where(DocumentRow.case_id == about.case.id)
    for row in about.rows(wanted.order_by(DocumentRow.added_at, DocumentRow.id)):
        if _concerns(about, row) == own:
            yield Record(
                row.title,
                {
                    "kenmerk": row.reference, "bestandsnaam": row.file_name, "grootte_in_bytes": row.size,
                    "controlegetal_sha256": row.sha256, "toegevoegd_op": row.added_at, "van": _from_whom(about, row), "door": about.by_mandate(row.added_by),
                    "stand": STATES.get(row.state, row.state), "reden_van_weigering": row.refusal,
                    "opmerking_bij_de_beoordeling": (row.assessment or {}).get("note"), "waarom_niet_ter_inzage": (row.inspection or {}).get("why"),
                    "waarom_deze_versie": row.version_why, "waarom_ongezien_mee": (row.hidden_found or {}).get("why"),
                    "vertrouwelijkheid": row.confidentiality, "op_het_portaal": row.is_shown, "gegeven_aan": _given(about, row),
                },
                document=row.id if row.is_made and row.state != DocumentState.ERASED else "", mark=_doubt(row, own=own),
            )  # fmt: skip


def _doubt(row: DocumentRow, *, own: bool) -> str:
    if row.state == DocumentState.REMOVED:
        return TAKEN_OFF
    return "" if own else OF_OTHERS


def _concerns(about: CaseOfPerson, row: DocumentRow) -> bool:
    letter = any(document == row.id for _, document in about.letters)
    version = row.redacts in about.filed  # the same words without contact details
    return (
        letter
        or version
        or row.party_id in about.near
        or any(about.is_own(item.get("party")) for item in row.to_departments)
    )


def _from_whom(about: CaseOfPerson, row: DocumentRow) -> str:
    if row.origin == DocumentOrigin.SYSTEM:
        return SYSTEM.name
    if row.origin == DocumentOrigin.DEPARTMENT:
        return "een afdeling"
    if row.origin == DocumentOrigin.WORKER:
        return about.employee_named(row.added_by)
    return about.named(row.party_id) or "een betrokkene"


def _given(about: CaseOfPerson, row: DocumentRow) -> list[str]:
    departments = [f"afdeling {item['department']}" for item in row.to_departments if item.get("department")]
    departments += [
        f"afdeling {item['department']} (teruggenomen op {item['at'][:10]})" for item in row.taken_back or ()
    ]
    return departments + [
        about.named(item["party"]) or "een betrokkene" for item in row.to_departments if item.get("party")
    ]


def letters(about: CaseOfPerson) -> Iterator[Record]:
    """Formal notices to the person, or to who acts for the person."""
    wanted = select(NoticeRow).where(NoticeRow.case_id == about.case.id, NoticeRow.party_id.in_(about.near))
    for row in about.rows(wanted.order_by(NoticeRow.created_at, NoticeRow.id)):
        yield Record(
            row.subject,
            {
                "aan": about.named(row.party_id), "via": PARTY_CHANNELS.get(row.channel, row.channel),
                "gemaakt_op": row.created_at, "verzonden_op": row.sent_on, "tekst": row.body, "tegengehouden_omdat": row.stopped,
                "vertaling": row.translation["body"] if row.translation else None,
            },
        )  # fmt: skip


def mails(about: CaseOfPerson) -> Iterator[Record]:
    """Mails to an address of the person, those that tell of a letter to the person, and those to an address of nobody that is
    known now: the person may have had it before.
    """
    return _mails(about, own=True)


def other_mails(about: CaseOfPerson) -> Iterator[Record]:
    """All other mails of the case."""
    return _mails(about, own=False)


def _mails(about: CaseOfPerson, *, own: bool) -> Iterator[Record]:
    notices = {notice for notice, _ in about.letters}
    answers: dict[int | None, list[MailAnswer]] = {}
    for answer in about.rows(select(MailAnswer).where(MailAnswer.case_id == about.case.id).order_by(MailAnswer.id)):
        answers.setdefault(answer.mail_id, []).append(answer)
    wanted = select(MailRow).where(MailRow.case_id == about.case.id).order_by(MailRow.created_at, MailRow.id)
    for row in about.rows(wanted):
        whose, of_letter = about.goes_to(row.recipient), row.notice_id in notices
        if (of_letter or whose != MailGoesTo.OTHERS) == own:
            yield _mail(about, row, whose, doubt=not of_letter and whose == MailGoesTo.UNKNOWN)
            yield from (_answer(about, answer, whose) for answer in answers.get(row.id, ()))


def _mail(about: CaseOfPerson, row: MailRow, whose: MailGoesTo, *, doubt: bool) -> Record:
    shown = whose != MailGoesTo.OTHERS or about.chosen.others_named
    return Record(
        row.subject,
        {
            "aan": row.recipient if shown else "een ander adres", "gemaakt_op": row.created_at, "verstuurd_op": row.sent_at,
            "niet_bezorgd": bool(row.error) or None, "tekst": row.body,
        },
        mark=OLD_ADDRESS if doubt else OF_OTHERS if whose == MailGoesTo.OTHERS else "",
    )  # fmt: skip


def _answer(about: CaseOfPerson, row: MailAnswer, whose: MailGoesTo) -> Record:
    shown = whose != MailGoesTo.OTHERS or about.chosen.others_named
    return Record(
        f"Antwoord op een e-mail: {row.subject}",
        {"van": row.sender if shown else "een ander adres", "ontvangen_op": row.received_at, "tekst": row.text},
        mark=OF_OTHERS if whose == MailGoesTo.OTHERS else "",
    )


def messages(about: CaseOfPerson) -> Iterator[Record]:
    """Messages of the person or of who acts for the person, and the answers to them."""
    kinds = (NoteKind.MESSAGE, NoteKind.UPLOAD, NoteKind.REPLY)
    wanted = select(NoteRow).where(NoteRow.case_id == about.case.id, NoteRow.kind.in_(kinds))
    for row in about.rows(wanted.where(NoteRow.party_id.in_(about.near)).order_by(NoteRow.at, NoteRow.id)):
        answer = row.kind == NoteKind.REPLY
        who = about.employee_named(row.author) if answer else about.named(row.party_id)
        door = about.by_mandate(row.author)
        yield Record("Antwoord" if answer else "Bericht", {"van": who, "door": door, "op": row.at, "tekst": row.text})


def notes(about: CaseOfPerson) -> Iterator[Record]:
    """Notes that staff and the program wrote down for themselves: each is marked."""
    wanted = select(NoteRow).where(NoteRow.case_id == about.case.id, NoteRow.kind.in_((NoteKind.NOTE, NoteKind.PHONE)))
    for row in about.rows(wanted.order_by(NoteRow.at, NoteRow.id)):
        who = row.author if row.author == SYSTEM.name else about.employee_named(row.author)
        title = "Telefoonnotitie" if row.kind == NoteKind.PHONE else "Interne notitie"
        with_whom = {"gesprek_met": about.named(row.party_id)} if row.party_id else {}
        yield Record(title, {"van": who, "op": row.at, **with_whom, "tekst": row.text}, mark=INTERNAL)
    yield from beside(about)


def _openings(about: CaseOfPerson, link: Dossier) -> Iterator[Record]:
    """Every opening of the own link of the person: when, from where, with what."""
    mine = select(LinkOpening).where(LinkOpening.dossier_id == link.id)
    for one in about.rows(mine.order_by(LinkOpening.at, LinkOpening.id)):
        where = {"op": one.at, "vanaf_adres": one.address, "apparaat": one.device, "automatisch": one.unattended}
        yield Record("Opening van de eigen link", where)


def requests(about: CaseOfPerson) -> Iterator[Record]:
    """To whom data went: links, what was asked with which data of the parties, and what came back."""
    for link in about.rows(select(Dossier).where(Dossier.case_id == about.case.id).order_by(Dossier.id)):
        whose = about.dossiers.get(link.id)
        yield Record(
            "Link naar de zaak", {"voor": whose, "gegeven_op": link.opened_at, "ingetrokken_op": link.revoked_at}
        )
        if link.party_id in about.near:
            yield from _openings(about, link)
    asked = select(DocumentRequestRow).where(DocumentRequestRow.case_id == about.case.id)
    for request in about.rows(asked.order_by(DocumentRequestRow.id)):
        yield Record(
            "Verzoek om stukken",
            {
                "aan": about.dossiers.get(request.dossier_id), "gevraagd_op": request.asked_at, "graag_voor": request.due,
                "afgesloten_op": request.closed_at or request.stopped_at, "waarom_gestopt": request.stop_reason, "gevraagd": [str(one.get("description", "")) for one in request.wanted],
                "gegevens_van_de_indiener_die_zichtbaar_waren": [FIELDS.get(one, one) for one in request.party_fields],
            },
        )  # fmt: skip
    given = select(Delivery).where(Delivery.case_id == about.case.id).order_by(Delivery.id)
    for delivery in about.rows(given):
        yield Record(
            "Aanlevering",
            {
                "van": about.dossiers.get(delivery.dossier_id), "op": delivery.sent_at, "toelichting": delivery.remark,
                "door": delivery.delivered_by, "per_gevraagd_stuk": [f"{one.description}: {one.in_words}" for one in said_from(delivery.said)],
                "beoordeeld_op": delivery.judged_at, "niet_genoeg": delivery.refusal, "ontvangstbewijs": delivery.receipt,
            },
        )  # fmt: skip
    replies = select(RequestReply).where(RequestReply.case_id == about.case.id).order_by(RequestReply.id)
    for reply in about.rows(replies):
        yield Record(
            "Ander antwoord op een verzoek",
            {
                "van": about.dossiers.get(reply.dossier_id), "op": reply.sent_at, "door": reply.replied_by, "uitleg": reply.remark,
                "besloten_op": reply.decided_at, "toegestaan": reply.granted, "bericht": reply.note,
            },
        )  # fmt: skip
