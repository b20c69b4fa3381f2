"""Formal notices (Awb 2:14, 3:41): to each party by its own channel, whatever that party chose about news by mail.

A notice that would say what is not so is stored and held, with the reasons (`processes.post.truth`), until somebody mends it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import SENT
from processes.execution.following_facts import follow
from processes.execution.letterhead import letterhead_of
from processes.post.channels import channel_for, leave
from processes.post.enclosing import chosen_for, enclosures_for, recorded, shown_along
from processes.post.frames import frame_of
from processes.post.letter_rows import LookedAt, begin_letter, documents_along, keep_as_made
from processes.post.recipients import correspondents
from processes.post.saying import handler_of
from processes.post.telling import AskedNotice, Told, told_again, told_of, translated_for, words_now, written_for
from processes.post.templates import render
from processes.post.wording import Words, words_of
from processes.storage.tables import DocumentRow, Instance, LetterRow, NoticeRow, Party
from processes.storage.words import OutboxKind

HELD_NOTE = (
    "De brief '{subject}' is niet verstuurd, want hij klopt nog niet. Bij Brieven leest u waarom, en wat u kunt doen."
)


def send_notices(
    run: CaseExecution,
    instance: Instance,
    asked: AskedNotice,
    only: int | None = None,
    among: Collection[int] | None = None,
) -> list[NoticeRow]:
    """One notice for each correspondent, or for `only` this party, or who speaks for one of `among`; its letter is made after the
    commit, with the documents that go along and that its reader may have.

    A deceased party gets none. What would say what is not so is held for the handler.
    """
    told = told_of(run, instance, asked)
    readers = correspondents(run.work, run.case, asked.to, only, among=among)
    if asked.looked_at and readers:
        told = replace(told, letter=begin_letter(run.work, run.case, asked.looked_at))
    made = [_send(run, party, told) for party in readers]
    return [notice for notice in made if notice is not None]


def begin_by_hand(
    run: CaseExecution, asked: AskedNotice, looked_at: LookedAt, readers: Sequence[Party]
) -> LetterRow:  # fmt: skip
    """A letter that somebody begins: a copy for each of these readers, which waits. `looked_at` holds its template."""
    letter = begin_letter(run.work, run.case, looked_at)
    told = told_of(run, run.root_instance(), asked, looked_at.source)
    told = replace(told, letter=letter, along=documents_along(run.work.session, letter))
    for party in readers:
        _notice(run, party, told)
    return letter


def send_standard(
    run: CaseExecution,
    template: str,
    source: bytes,
    words: Words,
    to: str = "parties",
    only: int | None = None,
    *,
    withdrawn: bool = False,
    along: Sequence[DocumentRow] = (),
) -> None:
    """Send a notice with a text of the product itself, as `send_notices` does, stored under the name `template`; `withdrawn`: also to
    those who withdrew; `along`: documents that go with it.
    """
    known = {**words_of(run, run.root_instance(), source), **words}
    head = letterhead_of(run.work, run.root.model.process)
    asked = AskedNotice(template, template, "correspondence", to)
    told = Told(asked, source, known, head, handler_of(run, head), along=tuple(along), given=words)
    for party in correspondents(run.work, run.case, to, only, withdrawn=withdrawn):
        _send(run, party, told)


def _send(run: CaseExecution, party: Party, told: Told) -> NoticeRow | None:
    if party.deceased:
        _ask_for_heirs(run, party)
        return None
    return _notice(run, party, told)


def _notice(run: CaseExecution, party: Party, told: Told) -> NoticeRow:
    work, case, asked = run.work, run.case, told.asked
    channel = channel_for(case, run.root.model, party)
    written = written_for(run, party, told, channel)
    notice = NoticeRow(
        case_id=case.id, party_id=party.id, template=asked.template, element=asked.element, channel=channel,
        subject=written.made.subject, body=written.made.body, document_type=asked.document_type, created_at=work.now,
    )  # fmt: skip
    work.session.add(notice)
    if told.instance and (written.untrue or told.letter):
        notice.held = {
            "reasons": written.untrue, "instance": told.instance.id, "to": asked.to, "enclose": list(asked.enclose),
        }  # fmt: skip
        if told.letter:
            keep_as_made(work, notice, told.letter)
            return notice
        work.session.flush()
        work.system_note(case.id, HELD_NOTE.format(subject=notice.subject))
        work.audit(case.id, "held", notice=notice.id)
    else:
        _on_its_way(run, notice, party, told)
    return notice


def write_again(run: CaseExecution, notice: NoticeRow, party: Party) -> None:
    """Fill a held notice with what is known now: it is sent when it is right, and else held with what is wrong by now."""
    told = told_again(run, notice)
    notice.channel = channel_for(run.case, run.root.model, party)
    written = written_for(run, party, told, notice.channel)
    notice.subject, notice.body = written.made.subject, written.made.body
    if written.untrue:
        notice.held = {**(notice.held or {}), "reasons": written.untrue}
    else:
        _on_its_way(run, notice, party, told)
        follow(run, SENT, notice.id)  # terms that waited for this letter


def let_go(run: CaseExecution, notice: NoticeRow, party: Party, approved: tuple[str, ...] = ()) -> None:
    """Send a held notice with the words that it has, and with who agreed to it."""
    send_off(run, notice, party, approved)
    follow(run, SENT, notice.id)


def send_off(run: CaseExecution, notice: NoticeRow, party: Party, approved: tuple[str, ...] = ()) -> None:
    """Do as `let_go` does, without the terms that follow: enough to see beforehand how the letter will be."""
    notice.channel = channel_for(run.case, run.root.model, party)
    _on_its_way(run, notice, party, replace(told_again(run, notice), approved=approved))


def _on_its_way(run: CaseExecution, notice: NoticeRow, party: Party, told: Told) -> None:
    """From now on sent, or waiting to be posted: with its frame, what goes along, its PDF and the mail that says so."""
    work, case = run.work, run.case
    notice.translation = _translation(run, notice, party, told)
    notice.held, notice.created_at = None, work.now
    frame = frame_of(run, told.head, told.handler, told.instance)
    notice.frame = replace(frame, approved=told.approved).as_record()
    by_type = enclosures_for(run, told.asked.enclose, told.asked.to, party, told.instance)
    chosen = shown_along(chosen_for(run, told.along, party)) if told.letter else told.along
    notice.enclosures = [*by_type, *recorded(chosen, run.root.model)] or None
    work.session.flush()
    work.enqueue(OutboxKind.LETTER, f"letter:{notice.id}", {"notice": notice.id}, case.id)
    leave(work, case, party, notice)


def _translation(run: CaseExecution, notice: NoticeRow, party: Party, told: Told) -> dict[str, str] | None:
    """The notice in the language of its reader. None for words that somebody wrote or changed: it would be one of another text."""
    translated = translated_for(run, party, told, notice.channel, party.language)
    if translated is None or render(told.source, words_now(run, party, told, notice.channel)).body != notice.body:
        return None
    return {"language": translated.language, "subject": translated.subject, "body": translated.body}


def _ask_for_heirs(run: CaseExecution, party: Party) -> None:
    who = "een betrokkene" if party.confidential else party.name
    text = f"Geen brief aan {who}: deze persoon is overleden. Vraag wie de erfgenamen zijn."
    run.work.system_note(run.case.id, text, party.id)
