"""A drawing of any modelling tool becomes a case type that lints, plays and can be read: `adopt`.

The file is read leniently into a plain graph (`reading`); steps change the graph, each in a module of its own: what is no part of the
course (`tidying`), what is called or happens beside the course (`folding`), pools, events, begins and ends (`borders`), choices, settings; a fresh drawing is written (`writing`, with places from
`layout`); what the linter finds is mended (`mending`); a walk to the end is its first rehearsal (`rehearsing`). What was changed is listed in sentences, what only a person can say is asked,
with a proposal. Nothing is dropped without a sentence.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from engine.adopting.borders import settle_borders
from engine.adopting.choices import settle_choices, slug
from engine.adopting.events import settle_events, wrong_answer
from engine.adopting.folding import draw_called, draw_compensation, draw_event_subprocesses
from engine.adopting.graph import AdoptingQuestion, ForeignGraph
from engine.adopting.mending import ROUNDS, mend, worth_mending
from engine.adopting.pools import gather
from engine.adopting.reading import read_graph
from engine.adopting.rehearsing import with_rehearsal
from engine.adopting.settings import settle_settings
from engine.adopting.tidying import draw_links_through, leave_out, name_kinds
from engine.adopting.walking import walk
from engine.adopting.writing import readable_ids, write
from engine.canonical import canonical
from engine.errors import UnreadableModel
from engine.kernel.lenient import read_parts
from engine.kernel.reading import read_model
from engine.lint import lint
from engine.model import Finding, Folder
from engine.words import ElementKind

__all__ = ["Adopted", "AdoptingQuestion", "adopt", "plays", "wrong_answer"]


MOST_NODES = 800  # eight times our largest drawing; the work grows with the square of it
DEEPEST = 12  # of subprocesses in one another


@dataclass(frozen=True, slots=True)
class Adopted:
    """`mended`: sentences about what was changed or left out; `questions`: each with what was proposed or answered taken."""

    folder: Folder
    mended: tuple[str, ...]
    questions: tuple[AdoptingQuestion, ...]
    findings: tuple[Finding, ...]


def adopt(
    data: bytes,
    name: str = "",
    answers: Mapping[str, str] | None = None,
    retention: Mapping[str, str] | None = None,
    title: str = "",
) -> Adopted:
    """The folder of a new case type from a drawing.

    `name`: of the folder and the process, made from the drawing's own name when it is empty. `answers`: to questions, by code.
    `retention`: classes of the selection list that may be chosen, code to words. `title`: what people read, made from the
    drawing's own name when it is empty. Raises UnreadableModel when no process with a step is in it.
    """
    root = read_parts(data)
    graph = read_graph(root)
    graph.answers = dict(answers or {})
    if not any(node.kind not in (ElementKind.START_EVENT, ElementKind.END_EVENT) for node in graph.nodes.values()):
        raise UnreadableModel(
            "In dit bestand staat geen proces met stappen. Kies een tekening met ten minste één taak."
        )
    _refuse_size(graph)
    _settle(graph)
    graph.name = title or graph.name
    process = slug(name or graph.name or "zaaktype").replace("_", "-")
    return _written(graph, process, retention or {})


def _refuse_size(graph: ForeignGraph) -> None:
    if len(graph.nodes) > MOST_NODES:
        count = f"heeft {len(graph.nodes)} onderdelen; het mogen er {MOST_NODES} zijn"
        raise UnreadableModel(f"Deze tekening {count}. Splits haar in kleinere processen.")
    inner = {node.id: node.scope for node in graph.nodes.values() if node.scope}
    for node in inner:
        at, depth = node, 0
        while at in inner and depth <= DEEPEST:
            at, depth = inner[at], depth + 1
        if depth > DEEPEST:
            raise UnreadableModel(
                f"In deze tekening staan deelprocessen dieper dan {DEEPEST} in elkaar. Maak er eigen processen van."
            )


def _settle(graph: ForeignGraph) -> None:
    draw_called(graph)
    draw_event_subprocesses(graph)
    draw_compensation(graph)
    leave_out(graph)
    draw_links_through(graph)
    gather(graph)
    leave_out(graph)  # what stood alone once its pool was chosen
    name_kinds(graph)
    settle_events(graph)
    settle_borders(graph)
    settle_choices(graph)


def _written(graph: ForeignGraph, process: str, retention: Mapping[str, str]) -> Adopted:
    for _ in range(ROUNDS):
        attempt = deepcopy(graph)
        made = settle_settings(attempt, process, retention)
        folder = Folder(process, canonical(write(attempt, made, process)), made.forms, made.mails)
        findings = lint(folder)
        ids = {written: key for key, written in readable_ids(attempt, {process}).items()}
        wrong = [finding for finding in findings if worth_mending(finding)]
        if not wrong or not mend(graph, wrong, ids):
            break
    folder = with_rehearsal(folder)
    if not folder.rehearsals:
        attempt.say("Met verzonnen antwoorden kwam een zaak niet bij een einde. Daarom is er geen proefspel gemaakt.")
    return Adopted(folder, tuple(attempt.mended), tuple(attempt.questions), tuple(findings))


def plays(adopted: Adopted) -> tuple[bool, bool]:
    """Whether a case of it ends with first choices, and with choices that vary."""
    model = read_model(adopted.folder.drawing).model
    if model is None:
        return False, False
    folder = adopted.folder
    return walk(folder, model, varied=False) is not None, walk(folder, model, varied=True) is not None
