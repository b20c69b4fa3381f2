"""A formal notice in words: its template with what is known now, for one reader, and the same in the language of that reader.

In: the step and the template; out: the text, and a sentence for each thing in it that is not so (`processes.post.truth`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from processes.access.visibility import seen_from
from processes.base.letterhead import Letterhead
from processes.execution.case_execution import CaseExecution
from processes.execution.hearing_needs import needs_of
from processes.execution.hidden import explain_hidden, unseen_in
from processes.execution.letterhead import letterhead_of
from processes.execution.views import own_words
from processes.post.enclosing import enclosable, not_for
from processes.post.inventory import as_text, listed
from processes.post.letter_rows import LookedAt, documents_along
from processes.post.readers import Sees, seen_by_party, seen_words
from processes.post.recipients import greeting_of
from processes.post.said_in import said_in, template_in
from processes.post.saying import handler_of, page_of, remedies
from processes.post.standard.in_english import letter_for
from processes.post.templates import Rendered, render
from processes.post.truth import Circumstances, untrue
from processes.post.wording import INVENTORY, Words, template_of, words_of
from processes.storage.tables import DocumentRow, Instance, LetterRow, NoticeRow, Party
from processes.storage.words import PostChannel, ReadingLanguage

OWN, NEEDS = b"own.", b"recipient.needs"
# words of a notice of ours that the case type has, and so perhaps in another language; all other words are of people
OF_US: Final = frozenset({"deadline", "outcome", "case.title", "amount"})


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
    given: Words = field(default_factory=dict)  # those of `words` that are of this notice alone
    left_on: date | None = None  # of a notice that is told once more after it was sent: the day on which it left


@dataclass(frozen=True, slots=True)
class Written:
    """A notice in words, and a sentence for each thing in it that is not so."""

    made: Rendered
    untrue: list[str]


def told_of(run: CaseExecution, instance: Instance, asked: AskedNotice, text: str = "") -> Told:
    """The telling of a step of this instance as it is now; `text`: its template, when no folder has it. Raises NotNow without one."""
    source = text.encode() or template_of(asked.template, run.work.deployed(instance.model_version_id), run.root)
    words = words_of(run, instance, source)
    given = _inventory(run, instance, source)
    head = letterhead_of(run.work, run.root.model.process)
    return Told(asked, source, {**words, **given}, head, handler_of(run, head), instance, given=given)


def _inventory(run: CaseExecution, instance: Instance, source: bytes) -> Words:
    """The list of assessed documents, for the few letters that hold it."""
    if INVENTORY.encode() not in source or INVENTORY in run.facts(instance):
        return {}
    return {INVENTORY: as_text(listed(run.work.session, run.case.id, run.part(instance)))}


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
    going_along, sees, words = _filled_in(run, party, told, channel)
    if told.instance is None:  # a text of the product itself
        return Written(render(told.source, words), [])
    models = (run.work.deployed(told.instance.model_version_id).model, run.root.model)
    wrong = untrue(told.source, words, Circumstances(run.work.today, sees, models))
    stays = not_for(run, told.along, party) if told.letter else []
    along = [*going_along, *told.along]
    if told.letter is None:  # else somebody reads it before it leaves, and is asked then
        explain_hidden(run, along)
    return Written(render(told.source, words), [*wrong, *unseen_in(along), *stays])


def words_now(run: CaseExecution, party: Party, told: Told, channel: str) -> Words:
    """The words for the places of the notice, as they would be now; nothing is held against the case."""
    return _filled_in(run, party, told, channel)[2]


def _filled_in(
    run: CaseExecution, party: Party, told: Told, channel: str
) -> tuple[Sequence[DocumentRow], Sees, Words]:  # fmt: skip
    """The documents that go along, whether the reader finds a document of a type, and the words for the places of the text."""
    going_along = enclosable(run, told.asked.enclose, told.asked.to, party, told.instance)
    sees = _seen(run, party, going_along)
    return going_along, sees, _words_for(run, party, told, channel, sees)


def translated_for(run: CaseExecution, party: Party, told: Told, channel: str, language: str) -> Rendered | None:
    """The notice in this language; None for Dutch, and for a text that is not there in that language."""
    found = words_in(run, party, told, channel, language)
    return render(*found, language) if found else None


def words_in(run: CaseExecution, party: Party, told: Told, channel: str, language: str) -> tuple[bytes, Words] | None:
    """The template in this language with the words for its places; None as for `translated_for`."""
    source = None if language == ReadingLanguage.DUTCH else _source_in(run, told, language)
    if source is None:
        return None
    own = {
        name: said_in(run.work, run.case, str(one), language) if name in OF_US else one
        for name, one in told.given.items()
    }
    known = words_of(run, told.instance or run.root_instance(), source, language)
    there = replace(told, source=source, words={**known, **own})
    sees = _seen(run, party, enclosable(run, told.asked.enclose, told.asked.to, party, told.instance))
    return source, _words_for(run, party, there, channel, sees, language)


def _source_in(run: CaseExecution, told: Told, language: str) -> bytes | None:
    """The template in this language; None without one, also for a letter that somebody wrote."""
    if told.instance is None:
        return letter_for(told.source, language)
    if told.letter and told.letter.source:
        return None
    folders = (run.work.deployed(told.instance.model_version_id), run.root)
    found, there = template_in(language, told.asked.template, *folders)
    return found if there == language else None


def _seen(run: CaseExecution, party: Party, going_along: Sequence[DocumentRow]) -> Sees:
    """Whether this party finds a document of a type: enclosed, or where it reads."""
    enclosed, seen = {one.type for one in going_along}, seen_by_party(run, party)
    return lambda kind: kind in enclosed or seen(kind)


def _words_for(
    run: CaseExecution, party: Party, told: Told, channel: str, sees: Sees, language: str = ReadingLanguage.DUTCH
) -> Words:  # fmt: skip
    work, case = run.work, run.case
    # nobody knows yet on which day leaves what is printed, or looked at first
    sent_on = None if told.letter or channel == PostChannel.POST else told.left_on or work.today
    against = remedies(run, told.instance, told.head, told.handler, told.source, sent_on, language)
    own: Words = {
        "recipient.name": party.name, "recipient.greeting": greeting_of(party, language), "link": page_of(work, case),
        "recipient.withdrew": party.withdrawn_on is not None or (party.filing and run.withdrawn_on is not None),
        **seen_words(told.source, sees),
    }  # fmt: skip
    if OWN in told.source or NEEDS in told.source:
        known_through = run.work.session.scalars(seen_from(case.id, party.id))
        speaks_for = sorted(known_through, key=lambda one: (one != party.id, one))  # the own words first
        own |= own_words(run, told.instance, speaks_for) if OWN in told.source else {}
        known = needs_of(work.session, [(case, run.root)])
        own["recipient.needs"] = ", ".join(known[one] for one in speaks_for if one in known)
    return {**told.words, **against, **own}
