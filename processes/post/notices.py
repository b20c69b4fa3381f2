"""Formal notices (Awb 2:14, 3:41): to each party by its own channel, whatever that party chose about news by mail.

A notice that would say what is not so is stored and held, with the reasons (`processes.post.truth`), until somebody mends it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine import Model
from processes.access.links import marker
from processes.access.visibility import shown_case
from processes.base.letterhead import Letterhead
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import SENT
from processes.execution.following_facts import follow
from processes.execution.hidden import unseen_in
from processes.execution.letterhead import letterhead_of
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.views import own_words
from processes.post.dossier_links import own_dossier_of
from processes.post.enclosing import enclosable, enclosures_for, recorded
from processes.post.frames import frame_of
from processes.post.inventory import as_text, listed
from processes.post.queue import queue_mail
from processes.post.reader_terms import terms_of_reader
from processes.post.readers import seen_by_party, seen_words
from processes.post.recipients import correspondents, greeting_of
from processes.post.saying import handler_of, page_of, remedies
from processes.post.standard.citizens import AVAILABLE
from processes.post.standard.persons import LETTER_FOR_PERSON
from processes.post.templates import Rendered, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import INVENTORY, Words, template_of, words_of
from processes.storage.tables import Case, DocumentRow, Instance, NoticeRow, Party
from processes.storage.words import OutboxKind, PostChannel

OWN = b"own."
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
    made = [_send(run, party, told) for party in correspondents(run.work, run.case, asked.to, only, among=among)]
    return [notice for notice in made if notice is not None]


def told_of(run: CaseExecution, instance: Instance, asked: AskedNotice) -> Told:
    """The telling of a step of this instance as it is now. Raises NotNow without its template."""
    source = template_of(asked.template, run.work.deployed(instance.model_version_id), run.root)
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
    written = _written(run, party, told, channel)
    notice = NoticeRow(
        case_id=case.id, party_id=party.id, template=asked.template, element=asked.element, channel=channel,
        subject=written.made.subject, body=written.made.body, document_type=asked.document_type, created_at=work.now,
    )  # fmt: skip
    work.session.add(notice)
    if written.untrue and told.instance:
        notice.held = {
            "reasons": written.untrue, "instance": told.instance.id, "to": asked.to, "enclose": list(asked.enclose),
        }  # fmt: skip
        work.session.flush()
        work.system_note(case.id, HELD_NOTE.format(subject=notice.subject))
        work.audit(case.id, "held", notice=notice.id)
    else:
        _on_its_way(run, notice, party, told)
    return notice


def write_again(run: CaseExecution, notice: NoticeRow, party: Party) -> None:
    """Fill a held notice with what is known now: it is sent when it is right, and else held with what is wrong by now."""
    told = _told_again(run, notice)
    notice.channel = channel_for(run.case, run.root.model, party)
    written = _written(run, party, told, notice.channel)
    notice.subject, notice.body = written.made.subject, written.made.body
    if written.untrue:
        notice.held = {**(notice.held or {}), "reasons": written.untrue}
    else:
        _on_its_way(run, notice, party, told)
        follow(run, SENT, notice.id)  # terms that waited for this letter


def let_go(run: CaseExecution, notice: NoticeRow, party: Party) -> None:
    """Send a held notice with the words that it has."""
    notice.channel = channel_for(run.case, run.root.model, party)
    _on_its_way(run, notice, party, _told_again(run, notice))
    follow(run, SENT, notice.id)


def _told_again(run: CaseExecution, notice: NoticeRow) -> Told:
    held = notice.held or {}
    instance = run.work.session.get_one(Instance, held["instance"])
    asked = AskedNotice(notice.element, notice.template, notice.document_type, held["to"], tuple(held["enclose"]))
    return told_of(run, instance, asked)


def _written(run: CaseExecution, party: Party, told: Told, channel: str) -> Written:
    work, case = run.work, run.case
    sent_on = None if channel == PostChannel.POST else work.today
    against = remedies(run, told.instance, told.head, told.handler, told.source, sent_on)
    going_along = enclosable(run, told.asked.enclose, told.asked.to, party, told.instance)
    enclosed = {one.type for one in going_along}
    seen = seen_by_party(run, party)

    def sees(kind: str) -> bool:
        return kind in enclosed or seen(kind)

    own = {
        "recipient.name": party.name, "recipient.greeting": greeting_of(party), "link": page_of(work, case),
        **seen_words(told.source, sees),
    }  # fmt: skip
    if OWN in told.source:
        represented = run.work.session.scalars(select(Party.id).where(Party.represented_by == party.id))
        own |= own_words(run, told.instance, (party.id, *represented))
    words = {**told.words, **against, **own}
    if told.instance is None:  # a text of the product itself
        return Written(render(told.source, words), [])
    models = (work.deployed(told.instance.model_version_id).model, run.root.model)
    wrong = untrue(told.source, words, Circumstances(work.today, sees, models))
    return Written(render(told.source, words), [*wrong, *unseen_in(going_along)])


def _on_its_way(run: CaseExecution, notice: NoticeRow, party: Party, told: Told) -> None:
    """From now on sent, or waiting to be posted: with its frame, what goes along, its PDF and the mail that says so."""
    work, case = run.work, run.case
    notice.held, notice.created_at = None, work.now
    notice.sent_on = None if notice.channel == PostChannel.POST else work.today
    notice.frame = frame_of(run, told.head, told.handler, told.instance).as_record()
    by_type = enclosures_for(run, told.asked.enclose, told.asked.to, party, told.instance)
    notice.enclosures = [*by_type, *recorded(told.along, run.root.model)] or None
    work.session.flush()
    work.enqueue(OutboxKind.LETTER, f"letter:{notice.id}", {"notice": notice.id}, case.id)
    announce(work, case, party, notice)


def announce(work: UnitOfWork, case: Case, party: Party, notice: NoticeRow, again: str = "") -> None:
    """Queue the mail that says that a letter waits, on the portal or behind the own link; none for a letter by post.

    `again` is empty the first time; once the same letter is announced again, its id and another text each time.
    """
    if notice.channel == PostChannel.PORTAL and party.email:
        text, unconfirmed = render(AVAILABLE, _announced(work, case, party, notice)), party.email_unconfirmed
    elif notice.channel == PostChannel.LINK:
        words = {
            "case.number": case.number,
            "recipient.name": party.name,
            "link": marker(own_dossier_of(work, case, party)),
        }
        text, unconfirmed = render(LETTER_FOR_PERSON, words), False
    else:
        return
    key = f"notice:{again or notice.id}"
    queue_mail(
        work, case, notice.template, str(party.email), text.subject, text.body, key, notice.id, awaits_code=unconfirmed
    )


def _announced(work: UnitOfWork, case: Case, party: Party, notice: NoticeRow) -> Words:
    """The words of the mail that says that a letter waits on the portal (Awb 2:10)."""
    asked = terms_of_reader(notice.body)
    return {
        "case.number": case.number, "recipient.name": party.name, "link": page_of(work, case), "day": work.today,
        "organisation.name": letterhead_of(work).organisation.name, "body.name": (notice.frame or {}).get("body", ""),
        "letter": notice.subject.removesuffix(f" ({case.number})"),
        "answer_by": asked.answer_by, "object_by": asked.object_by,
    }  # fmt: skip


def channel_for(case: Case, model: Model, party: Party) -> str:
    """By link, portal or post. What the portal does not show has not reached anybody there: then it goes by post."""
    if party.channel == PostChannel.LINK or shown_case(case, model):
        return party.channel
    return PostChannel.POST


def _ask_for_heirs(run: CaseExecution, party: Party) -> None:
    who = "een betrokkene" if party.confidential else party.name
    text = f"Geen brief aan {who}: deze persoon is overleden. Vraag wie de erfgenamen zijn."
    run.work.system_note(run.case.id, text, party.id)
