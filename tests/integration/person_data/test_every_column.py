"""T10: every column that can hold words about a person is in the package, or is left out for a reason that stands here."""

import json
from datetime import UTC, date, datetime
from typing import Any, Final

from kit.cases import rows
from kit.people import TESS, citizen
from person_kit import Filled, made, searched, texts
from sqlalchemy import JSON, LargeBinary, String, select, update
from sqlalchemy.orm import Session

from processes.storage import tables as t
from processes.storage.base import Base

CODE: Final = "a code, a word of the program, a digest or a place of a file"
STAFF: Final = "the number or name of a member of staff: named by their record where that was chosen"
SAID: Final = "said in words by its record"
OF_STAFF: Final = "about members of staff and how they work, not about who filed or is in a case"
OF_INSTALLATION: Final = "settings, case types and law of the installation: nothing of a case stands in them"
OF_PROGRAM: Final = "work of the program: ids, digests, sealed states; no words of people"

# tables of which no record is made
TABLES: Final = {
    "audit": "told by the records of what this person did; it holds codes and digests alone",
    "case_move": OF_PROGRAM,
    "case_type_change": OF_INSTALLATION,
    "department": "mailboxes of departments",
    "department_network": OF_PROGRAM,
    "desk_mail": OF_STAFF,
    "document_text": "the words of a document again: the document goes along itself",
    "draft": "sealed: opened by `account_records` for the person's own, and nobody else's",
    "draft_comment": OF_INSTALLATION,
    "draft_share": OF_INSTALLATION,
    "file_scan": OF_PROGRAM,
    "form_key": OF_PROGRAM,
    "case_bundle": OF_PROGRAM,
    "hearing_note": "sealed private notes of who sits in a session: working notes that nobody else reads",
    "hearing_seat": OF_STAFF,
    "hearing_session": "a day of a committee: room, chamber and why it moved; its cases are records of their own",
    "letter_code": OF_PROGRAM,
    "letter_edit": OF_STAFF,
    "print_batch": OF_STAFF,
    "house_style": OF_INSTALLATION,
    "house_style_file": OF_INSTALLATION,
    "instance": OF_PROGRAM,
    "large_upload": "files that were not sent yet; swept within days",
    "law_rule": OF_INSTALLATION,
    "mailbox": OF_INSTALLATION,
    "mailbox_change": "mailboxes of departments",
    "mailbox_code": OF_PROGRAM,
    "model_draft": OF_INSTALLATION,
    "model_draft_file": OF_INSTALLATION,
    "model_draft_revision": OF_INSTALLATION,
    "model_move": OF_INSTALLATION,
    "model_version": OF_INSTALLATION,
    "news": "ids of notes, which go along themselves",
    "out_of_use": OF_INSTALLATION,
    "outbox": OF_PROGRAM,
    "rate": OF_PROGRAM,
    "rehearsal_kept": OF_INSTALLATION,
    "reopening": "codes of the result and status of before; the reason is a note on the timeline",
    "saved_view": "filters of a list, without what was searched for",
    "search": "the words of other rows again, which go along themselves",
    "setting": OF_INSTALLATION,
    "setting_change": OF_INSTALLATION,
    "staff": OF_STAFF,
    "staff_identity": OF_STAFF,
    "substitution": OF_STAFF,
    "taken_mail": OF_PROGRAM,
    "upload": OF_PROGRAM,
    "upload_part": OF_PROGRAM,
    "version_proposal": OF_INSTALLATION,
    "sign_in": "sealed; told by `account_records`: when and how the person signed in",
    "web_session": "sealed, short and changed at each page; its sign-in is told",
}
# columns of the other tables that are not words of their own
COLUMNS: Final = {
    CODE: (
        "case_group.case_type case_group_step.task case_group_step.first_task case_group_step.outcome case_group_step.state "
        "co_filer.state co_filer.salt co_filer.code "
        "case.handler_sort letter.asks letter.state letter.made_by letter.asked_by letter.along letter_approval.staff letter_approval.team "
        "letter_approval.state letter_approval.decided_by "
        "case.case_type case.confidentiality case.state case.channel case.status case.result case.retention_class "
        "case_relation.kind colleague_task.team colleague_task.state correction.kind deadline.code deadline.kind deadline.suspensions "
        "deadline.extensions deadline.follows decision.department decision.outcomes default_notice.deadline default_notice.excluded "
        "delivery.receipt destruction.case_type destruction.result destruction.retention_class destruction.state destruction.case_number "
        "destruction_hold.document_id document.id document.reference document.type document.media_type document.sha256 document.blob "
        "document.file_key document.origin document.state document.scan document.hidden document.confidentiality document.audience document.to_departments "
        "document.taken_back document.redacts document.version_of document_request.party_fields document_request.department dossier.department dossier.salt "
        "dossier.token_hash dossier.sealed_token filed.id filed.document_id filed.task_id filed.sha256 link_opening.address link_opening.device "
        "look.who_kind look.who look.for_whom look.for_branch look.kind look.part look.document_id look.address look.correlation mail.template mail.message_id mail.held "
        "mail_answer.kind note.kind notice.template notice.element notice.channel notice.document_id notice.document_type notice.frame "
        "notice.enclosures notice.held post_item.channel post_item.handled_as post_file.media_type post_file.sha256 post_file.blob post_file.file_key "
        "own_address.identity_index own_address.code part_decision.outcome part_decision.letters party.role "
        "party.kind party.identity party.identity_index party.visit party.channel party.electronic_how person_package.id person_package.identity_index "
        "person_package.identity_kind person_package.state person_package.chosen person_package.blob person_package.file_key "
        "person_profile.identity_index person_profile.identity person_profile.channel person_profile.news_kinds publication.id publication.body publication.documents "
        "removal.document_id removal.kind removal.target removal.target_type removal.moved_to request_reply.kind request_reply.department "
        "status.code status.element task.id task.element task.side task.role task.party_role task.state task.case_type task.confidentiality case_value.code "
        "party.language mail.language person_profile.language"
    ),
    STAFF: (
        "case_group.made_by case_group_member.joined_by case_group_member.left_by case_group_step.begun_by "
        "co_filer.settled_by bar.staff bar.made_by bar.lifted_by "
        "case.handler case_access.staff case_access.decided_by case_access.ended_by checklist_item.added_by checklist_item.done_by "
        "checklist_item.struck_by colleague_task.staff colleague_task.made_by colleague_task.ended_by correction.made_by decision.taken_by "
        "default_notice.recorded_by destruction.proposed_by destruction.approved_by destruction_hold.reviewer destruction_hold.placed_by "
        "destruction_hold.ended_by document.added_by document_request.handler filed.entered_by note.author part_decision.taken_by "
        "person_package.asked_by post_item.taken_by post_item.handled_by publication.withdrawn_by removal.proposed_by removal.approved_by request_reply.decided_by task.done_by "
        "task.assignee task.handler"
    ),
    "of a release before `bar`, which took it over": "party.barred_as",
    "why the case waits for an administrator; comes and goes with its cause": "case.alarm",
    "what a mail server said; the record says that it was not delivered": "mail.error mail_answer.said",
    "the certificate of a destroyed case, which is there no more": "destruction.certificate",
    "to whom a document went that was taken away: others than this person": "removal.seen",
    "the frozen words of a form: `body` is the same text, and answers of others are theirs": "filed.words filed.others filed.answers",
    "shown by name, as another test of this folder has it": (
        "task.name task.done_as look.part mail.recipient mail_answer.sender bar.address own_address.email person_profile.email "
        "person_profile.phone person_package.reference case_value.value case.number case.title request_reply.replied_by delivery.delivered_by"
    ),
}
LEFT_OUT: Final = {one: reason for reason, names in COLUMNS.items() for one in names.split()}
# columns whose words lie in a structure
INSIDE: Final[dict[str, Any]] = {
    "correction.was": lambda word: {"subject": word},
    "correction.became": lambda word: {"subject": word},
    "delivery.said": lambda word: [
        {"type": "x", "description": word, "answer": "absent", "reason": "zo", "expected": None}
    ],
    "document.assessment": lambda word: {"note": word},
    "document.hidden_found": lambda word: {"things": [], "why": word},
    "document.inspection": lambda word: {"why": word},
    "notice.translation": lambda word: {"language": "en", "subject": "x", "body": word},
    "document_request.wanted": lambda word: [{"type": "x", "description": word, "required": True}],
}
DAY, MOMENT = date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC)


def words_of_people() -> list[str]:
    """Every column that can hold words, of every table, which is not left out."""
    return [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name not in TABLES
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary) and f"{table.name}.{column.name}" not in LEFT_OUT
    ]


def test_t10_what_is_left_out_is_there_and_once() -> None:
    there = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name not in TABLES
        for column in table.columns
    }
    assert set(TABLES) <= set(Base.metadata.tables)
    assert set(LEFT_OUT) <= there


def test_t10_every_column_with_words_about_a_person_is_in_the_package(filled: Filled) -> None:
    services = filled.services
    (case,) = rows(services, t.Case, number=filled.first)
    wanted = words_of_people()
    with services.sessions.begin() as session:
        _rows_that_are_missing(session, case.id, citizen(services, TESS).subject)
        session.flush()
        words = {one: _write(session, case.id, one) for one in wanted}
    archive = made(services, searched(services), filled.first, others_named=True, staff_named=True)
    told = json.dumps(texts(archive)[1], ensure_ascii=False)
    assert [one for one, word in words.items() if word not in told] == []


def _write(session: Session, case: int, name: str) -> str:
    """Write a word of its own into this column of the rows of the case; the answer is that word."""
    table_name, _, column = name.partition(".")
    table, word = Base.metadata.tables[table_name], f"woord-{table_name}-{column}".replace("_", "-")
    if table_name == "case":
        mine = table.c.id == case
    elif table_name == "case_group":
        mine = table.c.id.in_(select(t.CaseGroupMember.group_id).where(t.CaseGroupMember.case_id == case))
    else:
        mine = table.c.case_id == case
    value = INSIDE.get(name, lambda one: one)(word)
    done = session.execute(update(table).where(mine).values({column: value}))
    assert done.rowcount, f"no row of {table_name} in the case"  # type: ignore[attr-defined]
    return word


def _rows_that_are_missing(session: Session, case: int, person: str) -> None:
    of_case: dict[str, Any] = {"case_id": case}
    party = next(one for one in session.query(t.Party).filter_by(case_id=case) if one.identity_index == person)
    dossier = session.query(t.Dossier).filter_by(case_id=case).first()
    words = select(t.FiledRow.document_id)  # a document of words is that of one filing
    papers = session.query(t.DocumentRow).filter_by(case_id=case, party_id=party.id)
    document = papers.filter(t.DocumentRow.id.not_in(words)).first()
    mail = session.query(t.MailRow).filter_by(case_id=case).first()
    instance = session.query(t.Instance).filter_by(case_id=case).first()
    decision = session.query(t.Decision).filter_by(case_id=case).first()
    assert dossier is not None
    assert document is not None
    assert mail is not None
    assert instance is not None
    assert decision is not None
    request = t.DocumentRequestRow(
        **of_case, dossier_id=dossier.id, instance_id=instance.id, wanted=[], party_fields=[], asked_at=MOMENT, stop_reason="x",
        department="parkeren", due=DAY,
    )  # fmt: skip
    letter = t.LetterRow(**of_case, subject="x", source="x", made_at=MOMENT)
    group = t.CaseGroupRow(case_type="bezwaar", name="x", reason="x", made_at=MOMENT, made_by="noor")
    session.add(group)
    session.flush()
    of_group = {**of_case, "group_id": group.id}
    sitting = t.HearingSession(
        committee="c", begins_at=MOMENT, ends_at=MOMENT, quorum=1, minutes=30, set_by="noor", set_at=MOMENT
    )
    item = t.PostItem(**of_case, channel="post", received_on=DAY, taken_at=MOMENT)
    session.add_all([request, letter, sitting, item])
    session.flush()
    session.add_all(
        [
            t.Bar(**of_case, staff="piet", party_id=party.id, address="x", made_at=MOMENT, made_by="noor", reason="x", lifted_reason="x"),
            t.CaseAccess(**of_case, staff="noor", reason="x", asked_at=MOMENT, answer="x"),
            t.ChecklistItem(**of_case, text="x", added_at=MOMENT, struck_at=MOMENT, struck_by="noor", reason="x"),
            t.CoFiler(
                **of_case, named_by=party.id, party_id=party.id, name="x", email="x", named_at=MOMENT, valid_until=DAY, state="declined", reason="x"
            ),
            t.ColleagueTask(**of_case, what="x", staff="noor", due=DAY, made_by="noor", made_at=MOMENT),
            t.CorrectionRow(
                **of_case, kind="decision", decision_id=decision.id, was={}, became={}, reason="x", made_at=MOMENT, made_by="noor"
            ),
            t.DefaultNotice(
                **of_case, deadline="bezwaar", received_on=DAY, recorded_at=MOMENT, recorded_by="noor", reason="x", party_id=party.id
            ),
            t.CaseGroupMember(**of_group, reason="x", joined_at=MOMENT, joined_by="noor", left_at=MOMENT, left_by="noor", left_reason="x"),
            t.CaseGroupStep(**of_group, task="t1", name="x", why="x", typed={"x": "x"}, begun_at=MOMENT, begun_by="noor"),
            t.PostFile(**of_case, item_id=item.id, name="x", media_type="x", size=1, sha256="x", blob="00/x"),
            t.HearingItem(**of_case, session_id=sitting.id, position=0, minutes=30, begins_at=MOMENT),
            t.Delivery(**of_case, dossier_id=dossier.id, request_id=request.id, sent_at=MOMENT, said=[], receipt="R1", remark="x", refusal="x"),
            t.DestructionHold(
                **of_case, reason="x", until=DAY, reviewer="arie", placed_by="arie", placed_at=MOMENT, ended_at=MOMENT, ended_reason="x"
            ),
            t.DestructionRow(
                **of_case, case_number="B-1", case_type="bezwaar", result="", retention_class="13.1", due_on=DAY, listed_at=MOMENT,
                state="excepted", exception="x",
            ),
            t.MailAnswer(
                **of_case, mail_id=mail.id, kind="answer", to_read=True, sender="x@post.example", subject="x", text="x", said="",
                attachments=0, received_at=MOMENT,
            ),
            t.NoticeRow(
                **of_case, template="brief", element="X", document_type="letter", party_id=party.id, channel="post", subject="x", body="x", created_at=MOMENT,
                stopped="x",
            ),
            t.LetterApproval(**of_case, letter_id=letter.id, place=1, due=DAY, reason="x", said="x"),
            t.HearingItem(**of_case, session_id=sitting.id, position=1, minutes=30, begins_at=MOMENT),
            t.PartDecision(**of_case, instance_id=instance.id, number=1, title="x"),
            t.PublicationRow(
                **of_case, title="x", body="college", documents=[], received_on=DAY, decided_on=DAY, published_on=DAY,
                published_at=MOMENT, withdrawn_reason="x",
            ),
            t.RemovalRow(**of_case, document_id=document.id, kind="erase", reason="x", proposed_by="noor", proposed_at=MOMENT, withdrawn_at=MOMENT),
            t.RequestReply(
                **of_case, request_id=request.id, dossier_id=dossier.id, kind="not_ours", remark="x", replied_by="Wil", sent_at=MOMENT,
                note="x",
            ),
        ]
    )  # fmt: skip
