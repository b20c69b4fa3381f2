"""A letter that a handler writes to parties of a case beside the drawing (W9): begun here, then written on and sent as every letter that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.words import Recipient
from processes.access.guards import only_staff
from processes.access.staff_scope import kept_from
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork, foresee
from processes.post.by_letter import reader_of
from processes.post.enclosing import not_for
from processes.post.letter_rows import LookedAt, copies
from processes.post.letter_rules import rule_of
from processes.post.letters import Letter, letter_of, with_enclosures
from processes.post.notices import begin_by_hand, send_off
from processes.post.recipients import correspondents
from processes.post.shared_text import PLACE, with_block
from processes.post.telling import AskedNotice
from processes.post.text_blocks import filled_text
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, LetterRow, Party

TEMPLATE: Final = "vrije-brief"
SUBJECT: Final = "[onderwerp]"  # where the subject comes
SOURCE: Final = f"Onderwerp: {SUBJECT}\n\n{{{{ recipient.greeting }}}},\n\n{PLACE}\n\n{{{{ signature }}}}\n"
LONGEST: Final = 200  # characters of a subject
BRACES: Final = ("{{", "}}", "{%", "%}")
MOST_PARTIES: Final = 200  # readers of one letter: their copies are made while somebody waits


@dataclass(frozen=True, slots=True)
class BeginLetter:
    """`parties`: ids of who get it; `text`: the code of a text to begin with (`processes.post.text_blocks`), empty for an empty letter;
    `documents`: ids of what goes along.
    """

    case: str
    subject: str
    parties: tuple[int, ...]
    text: str = ""
    documents: tuple[str, ...] = ()


def begin_letter(work: UnitOfWork, action: BeginLetter) -> str:
    """It waits until somebody sends it; who must agree is in the setting of the case type. The answer is the id of the letter.

    Raises NotFound, and Invalid with everything that is wrong: `subject`, `parties`, `standard`, `documents`.
    """
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    run = CaseExecution.of(work, case)
    wrong: dict[str, str] = {}
    subject = _subject(action.subject, wrong)
    readers = _readers(work, case, action.parties, wrong)
    text = _text(run, action.text, wrong)
    documents = _documents(run, action.documents, readers, wrong)
    if wrong:
        raise Invalid(wrong)
    rule = rule_of(work, case)
    along = tuple(row.id for row in documents)
    waits = LookedAt(rule.approve, rule.four_eyes, SOURCE.replace(SUBJECT, subject), along)
    letter = begin_by_hand(run, AskedNotice(TEMPLATE, TEMPLATE, "correspondence", "item"), waits, readers)
    if text:
        for notice, _ in copies(work.session, letter):
            notice.body = with_block(notice.body, text)
    work.audit(case.id, "begin_letter", letter=letter.id, readers=len(readers), documents=len(along))
    return str(letter.id)


def letter_beforehand(services: Services, actor: Actor, letter_id: int, copy: int | None) -> bytes:
    """The PDF of one copy of a letter that waits (the first one without `copy`), as it would leave now. Raises NotFound, also for a
    copy to somebody who is kept from the reader.
    """

    def look(work: UnitOfWork) -> Letter | None:
        only_staff(work.actor)
        letter = work.session.get(LetterRow, letter_id)
        if letter is None:
            return None
        case = work.session.get_one(Case, letter.case_id)
        kept = kept_from(work.session, actor, case)
        mine = [one for one in copies(work.session, letter) if copy in {None, one[0].id} and one[1].id not in kept]
        if not mine:
            return None
        notice, party = mine[0]
        send_off(CaseExecution.of(work, case), notice, party)
        return letter_of(services, work.session, notice.id)

    letter = foresee(services, actor, look)
    if letter is None:
        raise NotFound
    content, _ = with_enclosures(services, letter)
    return content


def _subject(typed: str, wrong: dict[str, str]) -> str:
    subject = " ".join(typed.split())
    if not subject or len(subject) > LONGEST:
        wrong["subject"] = f"Schrijf waar de brief over gaat, in hoogstens {LONGEST} tekens."
    elif any(sign in subject for sign in BRACES):
        wrong["subject"] = "Laat de accolades uit het onderwerp weg."
    return subject


def _readers(work: UnitOfWork, case: Case, chosen: Sequence[int], wrong: dict[str, str]) -> list[Party]:
    """The readers: each chosen party, or who speaks for it, once."""
    if not chosen or len(chosen) > MOST_PARTIES:
        wrong["parties"] = f"Kies wie de brief krijgt: hoogstens {MOST_PARTIES}."
        return []
    kept = kept_from(work.session, work.actor, case)
    readers: list[Party] = []
    said: list[str] = []
    for one in dict.fromkeys(chosen):
        party = work.session.get(Party, one)
        if party is None or party.case_id != case.id or one in kept:
            said.append("Kies alleen betrokkenen uit de lijst.")
            continue
        try:
            reader_of(work, case, party)  # says what is wrong
            readers += correspondents(work, case, Recipient.ITEM, one)
        except NotNow as error:
            said.append(str(error))
        except Invalid as error:
            said += error.fields.values()
    if said:
        wrong["parties"] = " ".join(dict.fromkeys(said))
    return list(dict.fromkeys(readers))


def _text(run: CaseExecution, chosen: str, wrong: dict[str, str]) -> str:
    if not chosen:
        return ""
    try:
        return filled_text(run, chosen)
    except NotFound as error:
        wrong["standard"] = str(error)
        return ""


def _documents(
    run: CaseExecution, chosen: Sequence[str], readers: Sequence[Party], wrong: dict[str, str]
) -> list[DocumentRow]:
    """The documents that go along: every reader must be allowed to have each."""
    found = [run.work.session.get(DocumentRow, one) for one in dict.fromkeys(chosen)]
    rows = [row for row in found if row is not None and row.case_id == run.case.id and row.blob]
    said = [sentence for party in readers for sentence in not_for(run, rows, party)]
    if said:
        said.append("Haal het vinkje weg, of zet eerst bij Documenten wie het mag zien.")
    if len(rows) < len(found):
        said.insert(0, "Kies alleen stukken uit de lijst.")
    if said:
        wrong["documents"] = " ".join(said)
    return rows
