"""Formal notices (Awb 2:14, 3:41): to each party by its own channel, whatever that party chose about news by mail.

A notice that would say what is not so is stored and held, with the reasons (`processes.post.truth`), until somebody mends it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from processes.access.visibility import seen_from
from processes.base.letterhead import Letterhead
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import SENT
from processes.execution.following_facts import follow
from processes.execution.hearing_needs import needs_of
from processes.execution.hidden import explain_hidden, unseen_in
from processes.execution.letterhead import letterhead_of
from processes.execution.views import own_words
from processes.post.channels import channel_for, leave
from processes.post.enclosing import chosen_for, enclosable, enclosures_for, not_for, recorded, shown_along
from processes.post.frames import frame_of
from processes.post.inventory import as_text, listed
from processes.post.letter_rows import LookedAt, begin_letter, documents_along, keep_as_made
from processes.post.readers import seen_by_party, seen_words
from processes.post.recipients import correspondents, greeting_of
from processes.post.saying import handler_of, page_of, remedies
from processes.post.templates import Rendered, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import INVENTORY, Words, template_of, words_of
from processes.storage.tables import DocumentRow, Instance, LetterRow, NoticeRow, Party
from processes.storage.words import OutboxKind, PostChannel

OWN, NEEDS = b"own.", b"recipient.needs"
HELD_NOTE = (
    "De brief '{subject}' is niet verstuurd, want hij klopt nog niet. Bij Brieven leest u waarom, en wat u kunt doen."
)


@dataclass(frozen=True, slots=True)
class AskedNotice:
    """A notice as it is asked for: the step, the template, the type of its document, to whom, and what goes along. Of a text of the
    product itself step and template are one name.
    """

    element: str
    template: str
    document_type: str
    to: str
    enclose: tuple[str, ...] = ()
    looked_at: LookedAt | None = None  # it waits for somebody first


@dataclass(frozen=True, slots=True)
class Told:
    """The telling of one notice: its template `source`, with the words that all readers share, the letterhead, and the name of who
    handles the case (empty when nobody does). `instance` of a text of the drawing, which is held when it is not so.
    """

    asked: AskedNotice
    source: bytes
    words: Words
    head: Letterhead
    handler: str
    instance: Instance | None = None
    along: tuple[DocumentRow, ...] = ()  # chosen by hand, beside what `asked` encloses by type
    letter: LetterRow | None = None  # somebody looks at it before it leaves
    approved: tuple[str, ...] = ()  # a line for each who agreed, as the letter prints it


@dataclass(frozen=True, slots=True)
class Written:
    """A notice in words, and a sentence for each thing in it that is not so."""

    made: Rendered
    untrue: list[str]


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


def told_of(run: CaseExecution, instance: Instance, asked: AskedNotice, text: str = "") -> Told:
    """The telling of a step of this instance as it is now; `text`: its template, when no folder has it. Raises NotNow without one."""
    source = text.encode() or template_of(asked.template, run.work.deployed(instance.model_version_id), run.root)
    words = words_of(run, instance, source)
    if INVENTORY.encode() in source and INVENTORY not in run.facts(instance):  # few letters hold the list
        words[INVENTORY] = as_text(listed(run.work.session, run.case.id, run.part(instance)))
    head = letterhead_of(run.work, run.root.model.process)
    return Told(asked, source, words, head, handler_of(run, head), instance)


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
    told = Told(asked, source, known, head, handler_of(run, head), along=tuple(along))
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


def told_again(run: CaseExecution, notice: NoticeRow) -> Told:
    """The telling of a notice that is held, as it is now. Raises NotNow without its template."""
    held = notice.held or {}
    letter = run.work.session.get_one(LetterRow, notice.letter_id) if notice.letter_id else None
    instance = run.work.session.get_one(Instance, held["instance"])
    asked = AskedNotice(notice.element, notice.template, notice.document_type, held["to"], tuple(held["enclose"]))
    told = told_of(run, instance, asked, (letter.source if letter else None) or "")
    return replace(told, letter=letter, along=documents_along(run.work.session, letter) if letter else ())


def written_for(run: CaseExecution, party: Party, told: Told, channel: str) -> Written:
    """The notice to this party in words, as it would be now. Raises TemplateError."""
    work, case = run.work, run.case
    # nobody knows yet on which day leaves what is printed, or looked at first
    sent_on = None if told.letter or channel == PostChannel.POST else work.today
    against = remedies(run, told.instance, told.head, told.handler, told.source, sent_on)
    going_along = enclosable(run, told.asked.enclose, told.asked.to, party, told.instance)
    enclosed = {one.type for one in going_along}
    seen = seen_by_party(run, party)

    def sees(kind: str) -> bool:
        return kind in enclosed or seen(kind)

    own = {
        "recipient.name": party.name, "recipient.greeting": greeting_of(party), "link": page_of(work, case),
        "recipient.withdrew": party.withdrawn_on is not None or (party.filing and run.withdrawn_on is not None),
        **seen_words(told.source, sees),
    }  # fmt: skip
    if OWN in told.source or NEEDS in told.source:
        seen = run.work.session.scalars(seen_from(case.id, party.id))
        speaks_for = sorted(seen, key=lambda one: (one != party.id, one))  # the own words first
        own |= own_words(run, told.instance, speaks_for) if OWN in told.source else {}
        known = needs_of(work.session, [(case, run.root)])
        own["recipient.needs"] = ", ".join(known[one] for one in speaks_for if one in known)
    words = {**told.words, **against, **own}
    if told.instance is None:  # a text of the product itself
        return Written(render(told.source, words), [])
    models = (work.deployed(told.instance.model_version_id).model, run.root.model)
    wrong = untrue(told.source, words, Circumstances(work.today, sees, models))
    stays = not_for(run, told.along, party) if told.letter else []
    along = [*going_along, *told.along]
    if told.letter is None:  # else somebody reads it before it leaves, and is asked then
        explain_hidden(run, along)
    return Written(render(told.source, words), [*wrong, *unseen_in(along), *stays])


def _on_its_way(run: CaseExecution, notice: NoticeRow, party: Party, told: Told) -> None:
    """From now on sent, or waiting to be posted: with its frame, what goes along, its PDF and the mail that says so."""
    work, case = run.work, run.case
    notice.held, notice.created_at = None, work.now
    frame = frame_of(run, told.head, told.handler, told.instance)
    notice.frame = replace(frame, approved=told.approved).as_record()
    by_type = enclosures_for(run, told.asked.enclose, told.asked.to, party, told.instance)
    chosen = shown_along(chosen_for(run, told.along, party)) if told.letter else told.along
    notice.enclosures = [*by_type, *recorded(chosen, run.root.model)] or None
    work.session.flush()
    work.enqueue(OutboxKind.LETTER, f"letter:{notice.id}", {"notice": notice.id}, case.id)
    leave(work, case, party, notice)


def _ask_for_heirs(run: CaseExecution, party: Party) -> None:
    who = "een betrokkene" if party.confidential else party.name
    text = f"Geen brief aan {who}: deze persoon is overleden. Vraag wie de erfgenamen zijn."
    run.work.system_note(run.case.id, text, party.id)
