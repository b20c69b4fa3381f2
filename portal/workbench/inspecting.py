"""Which papers lie open before the hearing, or are for the court alone, read from a task's form for the documents that the page showed and no others."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.received import Received
from processes.execution.inspecting import InspectionChoice
from processes.reads.workbench import PaperToInspect

YES, NO = "ja", "nee"
CHOICES = ((YES, "Ja, ter inzage"), (NO, "Nee, dit stuk blijft achter"))
OF_COURT = ((YES, "Ja, iedereen in deze zaak"), (NO, "Nee, alleen de rechtbank"))


def inspection_in(papers: Sequence[PaperToInspect], form: Received) -> dict[str, InspectionChoice]:
    """The choices by document id; a paper without a choice is left out, for the action to say so."""
    chosen = {one.id: form.one(f"open-{one.id}") for one in papers}
    return {
        paper: InspectionChoice(choice == YES, form.text(f"why-{paper}"))
        for paper, choice in chosen.items()
        if choice in {YES, NO}
    }


def shown_papers(papers: Sequence[PaperToInspect]) -> Mapping[str, Any]:
    """The data for `forms/inspection.html`."""
    shown = [
        {
            "id": one.id, "title": one.title, "detail": one.detail, "href": f"/werk/documenten/{one.id}", "secret": one.secret,
            "open": "" if one.is_open is None else (YES if one.is_open else NO), "why": one.why,
        }
        for one in papers
    ]  # fmt: skip
    return {"documents": shown, "choices": CHOICES}


def for_court(papers: Sequence[PaperToInspect]) -> Mapping[str, Any]:
    """The data for `forms/court-only.html`."""
    return {**shown_papers(papers), "choices": OF_COURT}
