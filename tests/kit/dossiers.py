"""A case with a row in every table that can hold something of a case, each text a word to search for afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kit.business_time import beginning
from processes.actions import act
from processes.actions.retention import ApproveDestruction, ProposeDestruction
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import local_date
from processes.storage import audit, outbox, staff
from processes.storage.services import Services
from processes.storage.tables import (
    Bar,
    Case,
    CaseAccess,
    CaseBundle,
    CaseGroupMember,
    CaseGroupRow,
    CaseGroupStep,
    CaseMove,
    CaseRelation,
    CaseValue,
    ChecklistItem,
    CoFiler,
    ColleagueTask,
    CorrectionRow,
    DeadlineRow,
    Decision,
    DefaultNotice,
    Delivery,
    DepartmentRow,
    DestructionHold,
    DestructionRow,
    DocumentRequestRow,
    DocumentRow,
    DocumentText,
    Dossier,
    DraftRow,
    FiledRow,
    FileScan,
    FormKey,
    HearingItem,
    HearingNote,
    HearingSession,
    Instance,
    LargeUpload,
    LetterApproval,
    LetterCode,
    LetterEdit,
    LetterRow,
    LinkOpening,
    LookRow,
    MailAnswer,
    MailRow,
    ModelMove,
    ModelVersion,
    NewsRow,
    NoteRow,
    NoticeRow,
    PartDecision,
    Party,
    PersonPackage,
    PersonProfile,
    PostFile,
    PostItem,
    PublicationRow,
    RemovalRow,
    ReopeningRow,
    RequestReply,
    StatusRow,
    TaskRow,
    UploadPart,
    UploadRow,
)

NOW = beginning()
TODAY = local_date(NOW)
YESTERDAY = TODAY - timedelta(days=1)

ARCHIVIST = Actor("staff", "a.archivaris", "Arie Archivaris", frozenset({"archivist"}))
SECOND = Actor("staff", "b.bewaarder", "Bo Bewaarder", frozenset({"archivist"}))
ADMIN = Actor("staff", "b.beheer", "Bea Beheer", frozenset({"admin"}))
WORKER = Actor("staff", "w.werk", "Wim Werk", frozenset({"worker", "decider"}))
HANDLER = Actor("staff", "h.beide", "Hanna Beide", frozenset({"worker", "archivist"}))
KEEPER = Actor("staff", "k.keurder", "Kee Keurder", frozenset({"archivist"}))  # the one who signed in before
CITIZEN = Actor("citizen", "index-van-een-burger", "Cas Citroen")
# until when something is held back from destruction, and who judges it then
KEPT = ((TODAY + timedelta(days=400)).isoformat(), KEEPER.subject)


@dataclass(frozen=True)
class Made:
    """What was stored: ids to ask for, `words` to search for, and what stands in the file store."""

    case_id: int
    number: str
    words: tuple[str, ...]
    blobs: tuple[str, ...]
    hashes: tuple[str, ...]


def prepare(services: Services) -> None:
    """What all cases share: a model version and a department."""
    with services.sessions.begin() as session:
        session.add(
            ModelVersion(
                process="bezwaar",
                version=1,
                title="Bezwaar",
                is_case_type=True,
                folder=b"",
                sha256="0" * 64,
                deployed_at=NOW,
                deployed_by="beheer",
            )
        )
        session.add(
            DepartmentRow(code="groen", name="Groen", email="groen@stad.example", manager_email="chef@stad.example")
        )
        staff.remember(session, KEEPER, "keurder@stad.example")


def make_case(
    services: Services, mark: str, *, bsn: str, destroy_from: date | None = YESTERDAY, **columns: Any
) -> Made:
    """A closed case of which every text holds `mark`, with two documents and a form that was not sent; `columns` change
    the case row.
    """
    files = [_store(services, f"inhoud van {mark} {number}".encode()) for number in (1, 2)]
    with services.sessions.begin() as session:
        version = session.query(ModelVersion).one().id
        case = Case(
            number=f"tijdelijk-{mark}", model_version_id=version, case_type="bezwaar", title="Bezwaar",
            subject=f"onderwerp-{mark}", confidentiality="zaakvertrouwelijk", channel="letter", received_on=TODAY,
            registered_at=NOW, result="gegrond", result_explanation=f"uitleg-{mark}",
            department_remark=f"opmerking-{mark}", alarm=f"alarm-{mark}",
            destroy_from=destroy_from,
            **{"state": "closed", "handler": HANDLER.subject, **_kept_until(destroy_from), **columns},
        )  # fmt: skip
        session.add(case)
        session.flush()
        case.number = f"BZW-2026-{case.id:06d}"
        _people(session, services, case, mark, bsn)
        _running(session, case, mark)
        _moved(session, case, mark)
        _exchange(session, services, case, mark, files)
        _filed(session, case, mark)
        _sent(session, case, mark)
        unsent = _unsent(session, services, case, mark)
        _looked_at(session, services, case, mark, bsn)
        _proposed_to_go(session, case, mark)
        audit.record(session, case.id, CITIZEN, "register", {"case_type": "bezwaar"}, NOW, services.secrets)
        return Made(
            case.id,
            case.number,
            _words(services, mark, bsn, case.id),
            (*(f[0] for f in files), *unsent),
            tuple(f[1] for f in files),
        )


def _kept_until(destroy_from: date | None) -> dict[str, Any]:
    """The class of the case and the moment of its closing that make this the day from which it may go."""
    if destroy_from is None:
        return {"retention_class": "13.1.3", "closed_at": NOW}
    return {"retention_class": "13.1", "closed_at": NOW + (years_before(destroy_from, 5) - TODAY)}


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February for a leap day."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def _words(services: Services, mark: str, bsn: str, case_id: int) -> tuple[str, ...]:
    return (mark, bsn, services.secrets.index(f"bsn:{bsn}"), f"zout{case_id:04d}", f"token{case_id}", f"ONT-{case_id}")


def _store(services: Services, content: bytes) -> tuple[str, str, int]:
    with services.files.open_incoming() as incoming:
        incoming.write(content)
        return incoming.finish()


def _people(session: Session, services: Services, case: Case, mark: str, bsn: str) -> None:
    identity = f"bsn:{bsn}"
    party = Party(
        case_id=case.id, role="objector", kind="person", name=f"naam-{mark}",
        identity_index=services.secrets.index(identity),
        email=f"post-{mark}@burger.example", phone=f"06-{mark}", needs=f"tolk-{mark}", address=f"straat-{mark} 1", channel="portal",
    )  # fmt: skip
    helper = Party(case_id=case.id, role="representative", kind="company", name=f"gemachtigde-{mark}")
    session.add_all([party, helper])
    session.flush()
    party.represented_by = helper.id
    party.identity = services.secrets.seal(identity.encode(), "party.identity", party.id)
    session.merge(
        PersonProfile(identity_index=services.secrets.index(identity), email=f"profiel-{mark}@burger.example")
    )
    session.add(
        PersonPackage(identity_index=services.secrets.index(identity), identity_kind="bsn", reference=f"verzoek-{mark}",
                      asked_by="v.vertrouwen", asked_at=NOW, chosen={}, delete_from=NOW + timedelta(days=14))
    )  # fmt: skip
    session.add(
        CaseBundle(case_id=case.id, form="pdf", reader="party", party_id=party.id, asked_by=HANDLER.subject, asked_at=NOW,
                   chosen=[{"document": "x", "title": f"stuk-{mark}", "blob": "", "withheld": ""}], state="refused",
                   why=f"niet-{mark}", delete_from=NOW + timedelta(days=1))
    )  # fmt: skip
    session.add(
        Decision(case_id=case.id, number=f"besluit-{mark}", subject=f"besluit over {mark}", taken_by=f"mr-{mark}")
    )
    session.add(
        CorrectionRow(case_id=case.id, kind="party", party_id=party.id, was={"name": f"oud-{mark}"},
                      became={"name": f"naam-{mark}"}, reason=f"verbeterd-{mark}", made_at=NOW, made_by=HANDLER.subject)
    )  # fmt: skip
    default = DefaultNotice(
        case_id=case.id, deadline="beslissen", received_on=TODAY, party_id=party.id, reason=f"gebrek-{mark}",
        recorded_at=NOW, recorded_by=HANDLER.subject,
    )  # fmt: skip
    session.add(default)
    earlier = session.scalar(select(Case.id).where(Case.id != case.id).limit(1)) or case.id
    session.add(CaseRelation(case_id=case.id, other_id=earlier, kind="onderwerp", made_at=NOW))
    note = NoteRow(
        case_id=case.id, kind="message", party_id=party.id, author=f"naam-{mark}", text=f"tekst-{mark}", at=NOW
    )  # fmt: skip
    session.add(note)
    session.flush()
    session.add(
        ColleagueTask(case_id=case.id, what=f"vraag-{mark}", staff=HANDLER.subject, due=TODAY, made_by=HANDLER.subject, made_at=NOW,
                      remark=f"gedaan-{mark}")
    )  # fmt: skip
    sitting = HearingSession(
        committee="commissie", begins_at=NOW, ends_at=NOW + timedelta(hours=2), quorum=2, minutes=30, set_by=HANDLER.subject, set_at=NOW
    )  # fmt: skip
    session.add(sitting)
    session.flush()
    session.add(
        HearingItem(case_id=case.id, session_id=sitting.id, position=1, minutes=30, begins_at=NOW, told_where=f"zaal-{mark}", present=f"komt-{mark}")
    )  # fmt: skip
    note = HearingNote(case_id=case.id, staff=HANDLER.subject, text=b"", saved_at=NOW)
    session.add(note)
    session.flush()
    note.text = services.secrets.seal(f"eigen-{mark}".encode(), "hearing_note.text", note.id)
    group = CaseGroupRow(
        case_type=case.case_type, name=f"groep-{mark}", reason=f"samen-{mark}", made_at=NOW, made_by=HANDLER.subject
    )
    session.add(group)
    session.flush()
    of_group = {"group_id": group.id, "case_id": case.id}
    session.add(
        CaseGroupMember(
            **of_group, reason=f"erbij-{mark}", left_reason=f"eruit-{mark}", joined_at=NOW, joined_by=HANDLER.subject
        )
    )
    session.add(
        CaseGroupStep(**of_group, task=f"taak-{mark}", name="Bel", why=f"waarom-{mark}", typed={"x": f"typte-{mark}"}, begun_at=NOW, begun_by=HANDLER.subject)
    )  # fmt: skip
    letter = LetterRow(
        case_id=case.id,
        subject=f"concept-{mark}",
        source=f"sjabloon-{mark}",
        state="agreed",
        version=2,
        made_at=NOW,
        made_by=HANDLER.subject,
    )
    session.add(letter)
    session.flush()
    session.add(LetterEdit(case_id=case.id, letter_id=letter.id, staff=HANDLER.subject, at=NOW))
    session.add(
        LetterApproval(
            case_id=case.id,
            letter_id=letter.id,
            place=1,
            staff="piet",
            due=TODAY,
            state="returned",
            reason=f"terug-{mark}",
            said="",
        )
    )
    session.add(ChecklistItem(case_id=case.id, text=f"punt-{mark}", added_by=HANDLER.subject, added_at=NOW))
    session.add(ReopeningRow(case_id=case.id, result="gegrond", reopened_at=NOW, reopened_by=HANDLER.subject))
    session.add(NewsRow(case_id=case.id, staff=HANDLER.subject, kind="note", note_id=note.id, at=NOW))
    session.add(
        Bar(case_id=case.id, staff="piet", address=f"werk-{mark}@stad.example", made_at=NOW, reason=f"buiten-{mark}")
    )
    session.add(CaseAccess(case_id=case.id, staff="piet", reason=f"toegang-{mark}", asked_at=NOW))


def _running(session: Session, case: Case, mark: str) -> None:
    root = _instance(session, case, is_root=True)
    child = _instance(session, case, parent_id=root.id)
    session.add(CaseValue(case_id=case.id, instance_id=root.id, code="reden", value=f"reden-{mark}"))
    session.add(CaseValue(case_id=case.id, instance_id=child.id, code="reden", value={"diep": [f"waarde-{mark}"]}))
    session.add(StatusRow(case_id=case.id, code="ontvangen", element="start", reached_at=NOW))
    session.add(
        DeadlineRow(case_id=case.id, code="beslissen", started_on=TODAY, suspensions=[{"ground": f"grond-{mark}"}])
    )
    session.add(
        TaskRow(id=f"taak-{mark}", case_id=case.id, instance_id=root.id, element="beslis", name=f"taak-{mark}",
                side="worker", state="done", opened_at=NOW)
    )  # fmt: skip


def _moved(session: Session, case: Case, mark: str) -> None:
    version = case.model_version_id
    move = session.scalar(select(ModelMove).limit(1)) or ModelMove(
        process="bezwaar", from_version=version, to_version=version, names={}, state="done", cases=1, started_at=NOW,
        started_by=ADMIN.subject, ended_at=NOW,
    )  # fmt: skip
    session.add(move)
    session.flush()
    before = {"instances": {}, "tasks": {f"taak-{mark}": ["beslis", f"taak-{mark}", None]}}
    session.add(
        CaseMove(move_id=move.id, case_id=case.id, state="stayed", reason=f"bleef-{mark}", at=NOW, before=before)
    )


def _instance(session: Session, case: Case, **columns: Any) -> Instance:
    row = Instance(
        case_id=case.id, model_version_id=case.model_version_id, process="bezwaar", state=b"", phase="finished",
        started_at=NOW, **columns,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _exchange(session: Session, services: Services, case: Case, mark: str, files: list[tuple[str, str, int]]) -> None:
    dossier = Dossier(
        case_id=case.id, department="groen", salt=f"zout{case.id:04d}".encode(), token_hash=f"token{case.id}",
        opened_at=NOW,
    )  # fmt: skip
    session.add(dossier)
    session.flush()
    instance = _instance(session, case)
    request = DocumentRequestRow(
        case_id=case.id, instance_id=instance.id, dossier_id=dossier.id, due=TODAY, asked_at=NOW,
        wanted=[{"type": "stuk", "description": f"gevraagd-{mark}", "required": True}],
    )  # fmt: skip
    session.add(request)
    session.flush()
    delivery = Delivery(
        case_id=case.id, dossier_id=dossier.id, request_id=request.id, receipt=f"ONT-{case.id}", sent_at=NOW,
        remark=f"toelichting-{mark}", delivered_by=f"aanleveraar-{mark}",
        said=[{"type": "stuk", "description": f"gevraagd-{mark}", "answer": "absent", "reason": f"omdat-{mark}", "expected": None}],
    )  # fmt: skip
    reply = RequestReply(
        case_id=case.id, request_id=request.id, dossier_id=dossier.id, kind="more_time", remark=f"meer-tijd-{mark}",
        replied_by=f"vrager-{mark}", until=TODAY, sent_at=NOW,
    )  # fmt: skip
    session.add(reply)
    session.add(delivery)
    session.flush()
    session.add(FormKey(key=f"sleutel-1-{case.id}", used_at=NOW, answer=f"ONT-{case.id}"))
    session.add(FormKey(key=f"sleutel-2-{case.id}", used_at=NOW, answer=case.number))
    session.add(FormKey(key=f"sleutel-3-{case.id}", used_at=NOW, answer=f"{case.number}-D1\n{case.number}-D2"))
    for at, (blob, sha256, size) in enumerate(files):
        session.add(
            DocumentRow(
                case_id=case.id,
                reference=f"{case.number}-D{at + 1}",
                type="stuk",
                title=f"titel-{mark}",
                file_name=f"bestand-{mark}.pdf",
                media_type="application/pdf",
                size=size,
                sha256=sha256,
                blob=blob,
                origin="department",
                delivery_id=delivery.id,
                confidentiality="intern",
                added_at=NOW,
                added_by=f"naam-{mark}",
                refusal=f"weigering-{mark}",
            )
        )


def _filed(session: Session, case: Case, mark: str) -> None:
    document = session.scalars(
        select(DocumentRow.id).where(DocumentRow.case_id == case.id).order_by(DocumentRow.reference)
    ).first()
    words = {
        "title": f"ingestuurd-{mark}",
        "facts": [],
        "contact": [],
        "answers": [["Waarom?", f"antwoord-{mark}", False]],
        "files": [],
    }
    session.add(DocumentText(id=document, case_id=case.id, words=f"inhoud {mark.lower()}"))
    session.add(
        FiledRow(case_id=case.id, document_id=document, received_on=TODAY, filed_at=NOW, title=f"ingestuurd-{mark}", words=words,
                 others=words, body=f"woorden-{mark}", sha256="0" * 64, answers=f"antwoord-{mark}")
    )  # fmt: skip


def _sent(session: Session, case: Case, mark: str) -> None:
    mail = MailRow(
        case_id=case.id, template="brief", recipient=f"post-{mark}@burger.example", subject=f"mail-{mark}",
        body=f"Beste {mark}", message_id=f"<{mark}@stad.example>", created_at=NOW, sent_at=NOW,
    )  # fmt: skip
    party = session.query(Party).filter_by(case_id=case.id, role="objector").one()
    document = session.query(DocumentRow).filter_by(case_id=case.id).order_by(DocumentRow.reference).first()
    notice = NoticeRow(
        case_id=case.id, party_id=party.id, template="besluit", element="eind", channel="post", subject=f"brief-{mark}",
        body=f"Geachte {mark}", translation={"language": "en", "subject": f"letter-{mark}", "body": f"Dear {mark}"}, document_id=document.id if document else None, document_type="brief", created_at=NOW,
    )  # fmt: skip
    session.add_all([mail, notice])
    session.flush()
    session.add(LetterCode(case_id=case.id, party_id=party.id, notice_id=notice.id))
    session.add(
        CoFiler(case_id=case.id, named_by=party.id, name=f"mede-{mark}", email=f"mede-{mark}@burger.example", named_at=NOW, valid_until=TODAY,
                party_id=party.id, reason=f"weg-{mark}")
    )  # fmt: skip
    session.add(
        MailAnswer(case_id=case.id, mail_id=mail.id, kind="answer", to_read=True, sender=f"post-{mark}@burger.example",
                   subject=f"re-{mark}", text=f"antwoord-{mark}", said="", attachments=0, received_at=NOW)
    )  # fmt: skip
    row = outbox.enqueue(
        session, "mail", f"mail:{mail.id}:{mark}", {"mail": mail.id, "to": f"post-{mark}"}, case.id, NOW
    )
    outbox.close(session, row)


def _unsent(session: Session, services: Services, case: Case, mark: str) -> tuple[str, str, str]:
    """A draft with a file that waits in it, a large file of which a part came in, and post with a file beside the dossier; the blobs."""
    blob, _, size = _store(services, f"niet verstuurd {mark}".encode())
    draft = DraftRow(
        owner=f"citizen:{mark}", form=f"/mijn/taken/taak-{mark}", case_id=case.id, data=f"concept-{mark}".encode(),
        saved_at=NOW,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    session.add(UploadRow(blob=blob, owner=draft.owner, size=size, at=NOW, draft_id=draft.id))
    session.add(FileScan(blob=blob, state="clean", at=NOW, sha256=f"scan-{mark}", size=size))
    part, sha256, size = _store(services, f"deel {mark}".encode())
    coming = LargeUpload(
        owner=draft.owner, form=draft.form, case_id=case.id, data=f"groot-{mark}".encode(), size=9000, received=size,
        state="receiving", at=NOW,
    )  # fmt: skip
    session.add(coming)
    session.flush()
    session.add(UploadPart(upload_id=coming.id, first_byte=0, case_id=case.id, size=size, sha256=sha256, blob=part))
    item = PostItem(
        case_id=case.id, channel="post", received_on=TODAY, sender=f"afzender-{mark}", subject=f"post-{mark}", words=f"mail-{mark}",
        taken_at=NOW, handled_as="attached", handled_at=NOW, handled_by=HANDLER.subject, reason=f"waarom-{mark}",
    )  # fmt: skip
    session.add(item)
    session.flush()
    left, sha256, size = _store(services, f"envelop {mark}".encode())
    session.add(
        PostFile(item_id=item.id, case_id=case.id, name=f"envelop-{mark}.pdf", media_type="application/pdf", size=size, sha256=sha256, blob=left)
    )  # fmt: skip
    return blob, part, left


def _looked_at(session: Session, services: Services, case: Case, mark: str, bsn: str) -> None:
    for kind, who in (("staff", HANDLER.subject), ("citizen", services.secrets.index(f"bsn:{bsn}"))):
        session.add(
            LookRow(at=NOW, who_kind=kind, who=who, case_id=case.id, kind="task", part=f"taak-{mark}",
                    address=f"adres-{mark}"[:45])
        )  # fmt: skip
    dossier = session.scalars(select(Dossier.id).where(Dossier.case_id == case.id)).first()
    session.add(
        LinkOpening(at=NOW, case_id=case.id, dossier_id=dossier or 0, address=f"plek-{mark}"[:45],
                    device=f"apparaat-{mark}"[:60], unattended=False)
    )  # fmt: skip


def _proposed_to_go(session: Session, case: Case, mark: str) -> None:
    document = session.scalars(
        select(DocumentRow.id).where(DocumentRow.case_id == case.id).order_by(DocumentRow.id)
    ).first()
    session.add(
        RemovalRow(case_id=case.id, document_id=document, kind="erase", reason=f"weg-{mark}", proposed_by=HANDLER.subject,
                   proposed_at=NOW, seen=[{"at": str(NOW), "how": "brought", "name": f"bracht-{mark}"}])
    )  # fmt: skip
    root = session.scalars(select(Instance.id).where(Instance.case_id == case.id).order_by(Instance.id)).first()
    session.add(
        PartDecision(case_id=case.id, instance_id=root, number=1, title=f"deel-{mark}", outcome="openbaar", taken_on=TODAY,
                     taken_by=HANDLER.subject, letters={"sent": []}, announced_on=TODAY)
    )  # fmt: skip
    session.add(
        PublicationRow(
            case_id=case.id, title=f"openbaar-{mark}", body="college", documents=[{"id": document, "kind": "decision"}],
            received_on=TODAY, decided_on=TODAY, published_on=TODAY, published_at=NOW, withdrawn_at=NOW,
            withdrawn_by=HANDLER.subject, withdrawn_reason=f"niet-{mark}",
        )
    )  # fmt: skip
    session.add(
        DestructionHold(case_id=case.id, document_id=document, reason=f"vast-{mark}", until=YESTERDAY, reviewer=HANDLER.subject,
                        placed_by=HANDLER.subject, placed_at=NOW, ended_by=HANDLER.subject, ended_at=NOW, ended_reason=f"los-{mark}")
    )  # fmt: skip


def listed(services: Services, case_id: int) -> DestructionRow:
    """The row of a case on the destruction list."""
    with services.sessions() as session:
        return session.query(DestructionRow).filter_by(case_id=case_id).one()


def approve(services: Services, *ids: int) -> None:
    """One person proposes what stands on the list, and the archivist approves."""
    act(services, SECOND, ProposeDestruction(ids))
    act(services, ARCHIVIST, ApproveDestruction(ids))


__all__ = ["SYSTEM", "Made", "approve", "listed", "make_case", "prepare"]
