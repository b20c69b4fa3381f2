"""The translation of a letter that left before anybody who reads it was known to read another language (C10).

It is filled in anew, with what is known of the case now. It counts only when the Dutch text comes out, word for word, as it was sent: else
something in the case changed since, and a translation would say what the letter does not.
"""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from processes.execution.case_execution import CaseExecution
from processes.post.letter_rows import documents_along
from processes.post.notices import translation_of
from processes.post.telling import AskedNotice, Told, told_of
from processes.post.templates import TemplateError
from processes.storage.tables import Instance, LetterRow, NoticeRow, Party

LATER = "later"  # beside `language`, `subject` and `body`: it did not go along with the letter


def translate_later(run: CaseExecution, notice: NoticeRow, language: str) -> bool:
    """Keep the translation at the notice; False when there can be none."""
    party = run.work.session.get_one(Party, notice.party_id)
    for told in _tellings(run, notice):
        try:
            found = translation_of(run, notice, party, told, language)
        except TemplateError:  # a place of the text is known no more
            continue
        if found:
            notice.translation = {**found, LATER: True}
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
