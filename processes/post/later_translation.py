"""The translation of a letter that left before anybody who reads it was known to read another language (C10).

What stood in it that day is read back out of its Dutch text, so that the translation says what the letter says, whatever changed in the case
since. There is none for words that somebody wrote or changed, and where another value than a day or an amount is not what it was.
"""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from processes.base.typed_values import one_line
from processes.execution.case_execution import CaseExecution
from processes.post.letter_rows import documents_along
from processes.post.read_back import Readings, changed, read_back, said_again
from processes.post.telling import AskedNotice, Told, told_of, words_in, words_now
from processes.post.templates import SUBJECT_LENGTH, TemplateError, parse_template, split_template
from processes.storage.tables import Instance, LetterRow, NoticeRow, Party

LATER = "later"  # beside `language`, `subject` and `body`: it did not go along with the letter


def translate_later(run: CaseExecution, notice: NoticeRow, language: str) -> bool:
    """Keep the translation at the notice; False when there can be none."""
    party = run.work.session.get_one(Party, notice.party_id)
    for told in _tellings(run, notice):
        try:
            texts = set(_as_sent(run, notice, party, told, language))
        except TemplateError:  # a place of the text is known no more
            continue
        if len(texts) == 1:
            subject, body = texts.pop()
            notice.translation = {"language": language, "subject": subject, "body": body, LATER: True}
            return True
    return False


def _tellings(run: CaseExecution, notice: NoticeRow) -> Iterator[Told]:
    """The telling by each process of the case that has the step of this letter, the case itself first; none for words of one person."""
    session = run.work.session
    letter = session.get_one(LetterRow, notice.letter_id) if notice.letter_id else None
    if letter and letter.source:
        return
    found = select(Instance).where(Instance.case_id == run.case.id).order_by(Instance.is_root.desc(), Instance.id)
    for instance in session.scalars(found).all():
        element = run.work.deployed(instance.model_version_id).model.elements.get(notice.element)
        mail = element.mail if element else None
        if mail is None or mail.template != notice.template:
            continue
        asked = AskedNotice(notice.element, notice.template, notice.document_type, mail.to, mail.enclose)
        along = documents_along(session, letter) if letter else ()
        yield replace(told_of(run, instance, asked), letter=letter, along=along, left_on=notice.sent_on)


def _as_sent(
    run: CaseExecution, notice: NoticeRow, party: Party, told: Told, language: str
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Subject and text in this language, for each way in which the Dutch ones can be read."""
    found = words_in(run, party, told, notice.channel, language)
    if found is None:
        return
    source, there = found
    now = words_now(run, party, told, notice.channel)
    head, body = map(parse_template, split_template(told.source))
    head_there, body_there = map(parse_template, split_template(source))
    for first in read_back(head, notice.subject, now, Readings()):
        for whole in read_back(body, notice.body, now, first):
            read = changed(whole, now)
            subject = one_line(said_again(head_there, there, read, language))[:SUBJECT_LENGTH]
            yield subject, said_again(body_there, there, read, language).strip() + "\n"
