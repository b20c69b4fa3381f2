"""The inspection of a case opens before its hearing, and papers that come later join it; who wants news hears of it, and of
a later paper also who gets letters by post (Awb 7:4).
"""

from collections.abc import Collection

from sqlalchemy import select

from engine.expressions import given_texts
from engine.words import Recipient
from processes.execution.case_execution import CaseExecution
from processes.execution.hidden import say_hidden
from processes.execution.inspecting import lies_open, show_to_parties, to_inspect
from processes.post.by_letter import tell_by_letter
from processes.post.channels import channel_for
from processes.post.news import tell_parties
from processes.post.recipients import correspondents
from processes.post.standard.citizens import PAPER_ADDED
from processes.storage.tables import DocumentRow
from processes.storage.words import PostChannel

OPENING = "open_inspection"  # the operation of a drawing


def open_papers(run: CaseExecution, types: Collection[str]) -> None:
    """Open what was said to be open, from today, for every party; whoever wants news hears of it.

    A paper that came after the choice, and that nobody said anything of, is open when its level lets parties see it.
    """
    documents = run.work.session.scalars(to_inspect(run.case.id, types)).all()
    opened = [document for document in documents if lies_open(document)]
    say_hidden(run, opened)
    for document in opened:
        show_to_parties(run, document)
    run.work.audit(run.case.id, "inspection_opened", documents=len(opened))
    if opened:
        tell_parties(run.work, run.case, "inspection", f"inspection:{run.case.row_version}")


def add_paper(run: CaseExecution, document: DocumentRow) -> None:
    """A paper that a department sent later joins an inspection that is open already."""
    if document.type not in _types_open(run) or not lies_open(document):
        return
    say_hidden(run, [document])
    show_to_parties(run, document)
    tell_parties(run.work, run.case, "inspection_added", f"inspection:{document.id}")
    for reader in correspondents(run.work, run.case, Recipient.PARTIES):
        if not reader.deceased and channel_for(run.case, run.root.model, reader) == PostChannel.POST:
            tell_by_letter(run.work, run.case, reader, "stuk-erbij", PAPER_ADDED, {"document": document.title})


def _types_open(run: CaseExecution) -> set[str]:
    """The types of papers that the drawing opens, once one of them lies open."""
    mine = (DocumentRow.case_id == run.case.id, DocumentRow.inspected_from.is_not(None))
    if run.work.session.scalar(select(DocumentRow.id).where(*mine).limit(1)) is None:
        return set()
    services = [one.service for one in run.root.model.elements.values() if one.service]
    named = [one.parameters["documentType"] for one in services if one.operation == OPENING]
    return {kind for text in named for given in given_texts(text) for kind in given.split()}
