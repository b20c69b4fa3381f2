"""Texts that somebody may put in a letter that waits: the blocks and pieces of the settings, filled in for one case."""

from collections.abc import Iterator
from datetime import date

from processes.base.errors import NotFound
from processes.dated import SettingShelf
from processes.dated.letters import LETTER_PIECE, TEXT_BLOCK
from processes.execution.case_execution import CaseExecution
from processes.execution.letterhead import letterhead_of
from processes.post.saying import block_facts, handler_of
from processes.post.templates import parse_template

KINDS_OF_TEXT = (LETTER_PIECE, TEXT_BLOCK)


def offered(shelf: SettingShelf, day: date) -> Iterator[tuple[str, str]]:
    """Code and title of every text that there is on a day: those of this organisation before those that come along."""
    for kind in KINDS_OF_TEXT:
        for code in shelf.codes(kind):
            if version := shelf.version_on(kind, code, day):
                yield f"{kind.word}:{code}", kind.titled(code, version.values)


def filled_text(run: CaseExecution, chosen: str) -> str:
    """The text with this code (`offered`) for the case as it is now. Raises NotFound."""
    word, _, code = chosen.partition(":")
    shelf = run.work.services.law.shelf(run.work.session)
    kind = next((one for one in KINDS_OF_TEXT if one.word == word), None)
    text = shelf.on(kind, code, run.work.today) if kind else None
    if text is None:
        raise NotFound("Deze tekst bestaat niet meer.")
    head = letterhead_of(run.work, run.root.model.process)
    return parse_template(text).fill(block_facts(run, run.root_instance(), head, handler_of(run, head))).strip()
