"""A letter that waited is read again with what is known now (J3), before it leaves: what in it is not so, named in sentences."""

from collections.abc import Iterator
from typing import Final

from processes.base.text_changes import carried_over, stale
from processes.execution.case_execution import CaseExecution
from processes.post.channels import channel_for
from processes.post.letter_rows import copies
from processes.post.notices import let_go
from processes.post.telling import Written, told_again, written_for
from processes.storage.tables import LetterRow, NoticeRow, Party

NOW: Final = "In de tekst staat nog: '{was}' Met de gegevens van nu is dat: '{now}'"
NO_MORE: Final = "In de tekst staat nog: '{was}' Met de gegevens van nu staat dat er niet meer in."
SHORT: Final = 200  # characters of a line that is quoted


def not_so(run: CaseExecution, letter: LetterRow) -> dict[int, list[str]]:
    """By the id of each copy: a sentence for each thing that it says and that is not so, or not so any more."""
    return {notice.id: list(_wrong(notice, fresh)) for notice, _, fresh in _fresh(run, letter)}


def fill_again(run: CaseExecution, letter: LetterRow) -> bool:
    """Lay what is known now into every copy; what somebody wrote stays. The answer says whether any text changed."""
    changed = False
    for notice, _, fresh in _fresh(run, letter):
        made, held = fresh.made.body, notice.held or {}
        before = notice.body
        notice.body = made if before == held["made"] else carried_over(held["made"], made, before)
        notice.held = {**held, "made": made, "reasons": fresh.untrue}
        changed = changed or notice.body != before
    return changed


def send(run: CaseExecution, letter: LetterRow, approved: tuple[str, ...]) -> None:
    """Every copy leaves today, by the way that its reader has now; terms that waited for it count from today."""
    for notice, party in copies(run.work.session, letter):
        let_go(run, notice, party, approved)


def _fresh(run: CaseExecution, letter: LetterRow) -> Iterator[tuple[NoticeRow, Party, Written]]:
    for notice, party in copies(run.work.session, letter):
        told = told_again(run, notice)
        yield notice, party, written_for(run, party, told, channel_for(run.case, run.root.model, party))


def _wrong(notice: NoticeRow, fresh: Written) -> Iterator[str]:
    yield from fresh.untrue
    made = str((notice.held or {})["made"])
    for was, now in stale(made, fresh.made.body, notice.body):
        yield (NOW if now else NO_MORE).format(was=was[:SHORT], now=now[:SHORT])
