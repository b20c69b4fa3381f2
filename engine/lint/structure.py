"""Does the drawing hang together: references, beginnings, ends, and a way from each to the other?"""

from engine.lint.subject import Findings, Subject, called_by, error, reach, warning
from engine.vocabulary import ACTIVITIES
from engine.vocabulary.kinds import PROCESS
from engine.words import ElementKind, EventKind

MOST_NODES = 300  # beyond it nobody reads the drawing, and the rules that follow paths would take too long


def size(subject: Subject) -> Findings:
    if len(subject.nodes) > MOST_NODES:
        advice = "Splits de tekening in processen die elkaar aanroepen."
        message = f"De tekening heeft {len(subject.nodes)} onderdelen; het mogen er {MOST_NODES} zijn. {advice}"
        yield error(subject.model.process, "too-many-elements", message)


def names(subject: Subject) -> Findings:
    process, folder = subject.model.process, subject.folder.name
    if not PROCESS.fullmatch(process):
        advice = "Gebruik kleine letters, cijfers, _ en -, en begin met een letter."
        yield error(process, "process-id", f"Het id van het proces is `{process[:60]}`. {advice}")
    elif process != folder:
        yield error(process, "process-id", f"Het id van het proces is `{process}`. Noem het als de map: `{folder}`.")


def references(subject: Subject) -> Findings:
    known = {*subject.nodes, *(odd.element for odd in subject.drawing.odd)}
    for flow in subject.drawing.flows.values():
        for end, side in ((flow.source, "begint"), (flow.target, "eindigt")):
            if end not in known:
                message = f"Deze pijl {side} bij `{end[:60]}`, dat er niet is. Trek de pijl opnieuw."
                yield error(flow.id, "dangling-flow", message)
    for node in subject.of_kind(ElementKind.BOUNDARY_EVENT):
        host = subject.nodes.get(node.attached_to or "")
        fits = host is not None and (host.kind in ACTIVITIES or subject.foreign(host.id))
        if host is None or not fits or host.scope != node.scope:
            message = "Deze randgebeurtenis zit niet op een stap. Sleep haar op de rand van een taak of deelproces."
            yield error(node.id, "dangling-boundary", message)
    for lane in subject.drawing.lanes:
        for item in lane.nodes:
            if item not in known:
                message = f"De baan noemt `{item[:60]}`, dat er niet is. Haal die verwijzing weg."
                yield error(lane.id, "dangling-lane", message)


def crossing_flows(subject: Subject) -> Findings:
    for flow in subject.drawing.flows.values():
        source, target = subject.nodes.get(flow.source), subject.nodes.get(flow.target)
        if source and target and source.scope != target.scope:
            message = "Deze pijl gaat door de rand van een deelproces. Laat hem naar het deelproces zelf gaan."
            yield error(flow.id, "flow-crosses", message)


def starts(subject: Subject) -> Findings:
    for scope in _scopes(subject):
        found = [node for node in subject.of_kind(ElementKind.START_EVENT) if node.scope == scope]
        plain = [node for node in found if not node.events]
        if not found:
            yield error(scope, "no-start", "Er is geen begin. Teken een startgebeurtenis.")
        for node in plain[1:]:
            yield error(node.id, "several-starts", "Er is meer dan één gewoon begin. Laat er één over.")
        for node in found:
            if subject.incoming.get(node.id):
                yield error(node.id, "flow-into-start", "Er loopt een pijl naar het begin. Laat hem elders uitkomen.")


def ends(subject: Subject) -> Findings:
    for scope in _scopes(subject):
        if not any(node.scope == scope for node in subject.of_kind(ElementKind.END_EVENT)):
            yield error(scope, "no-end", "Er is geen einde. Teken een eindgebeurtenis.")
    for node in subject.of_kind(ElementKind.END_EVENT):
        if subject.outgoing.get(node.id):
            yield error(node.id, "flow-out-of-end", "Na een einde gaat het proces niet verder. Haal de pijl weg.")


def unreachable(subject: Subject) -> Findings:
    reached = reach((node.id for node in subject.of_kind(ElementKind.START_EVENT)), subject.step)
    for node in subject.nodes.values():
        if node.id not in reached:
            message = f"Het proces komt nooit bij {called_by(node)}. Trek er een pijl naartoe of haal het weg."
            yield error(node.id, "unreachable", message)


def no_way_out(subject: Subject) -> Findings:
    """Each dead end, and the first step of what only goes round. A branch beside a step does not end that step.

    A branch of a split may go round for as long as the case runs, when another branch ends everything; so may what stands in
    a subprocess that an event on its border ends.
    """
    beside = {node.id for node in subject.of_kind(ElementKind.BOUNDARY_EVENT) if not node.interrupting}
    ends = (node.id for node in subject.of_kind(ElementKind.END_EVENT))
    ending = reach(ends, subject.back, stop=lambda node: node in beside)
    lost = [node for node in subject.nodes.values() if node.id not in ending]
    dead = [node for node in lost if not subject.outgoing.get(node.id)]
    explained = reach((node.id for node in dead), subject.back)
    unexplained = [node for node in lost if node.id not in explained]
    # once: it follows every branch of every split
    ended = _ended_from_beside(subject) | _ended_from_border(subject, ending) if unexplained else set()
    round_and_round = [node for node in unexplained if node.id not in ended][:1]
    for node in [*dead, *round_and_round]:
        message = f"Vanaf {called_by(node)} komt het proces nooit bij een einde. Trek een pijl naar een einde."
        yield error(node.id, "no-way-to-end", message)


def _ended_from_beside(subject: Subject) -> set[str]:
    """The nodes only on branches of a split whose other branch ends everything, whatever happens there."""
    ending_all = {
        node.id
        for node in subject.of_kind(ElementKind.END_EVENT)
        if any(e.kind == EventKind.TERMINATE for e in node.events)
    }
    found: set[str] = set()
    for split in subject.splits():
        branches = [reach([flow.target], subject.step) for flow in subject.outgoing[split.id]]
        final = [branch for branch in branches if branch & ending_all]
        if final:
            found |= set().union(*branches) - set().union(*final)
    return found


def _ended_from_border(subject: Subject, ending: set[str]) -> set[str]:
    """The nodes in a subprocess that an event on its border ends, with a way from there to an end."""
    borders = [node for node in subject.of_kind(ElementKind.BOUNDARY_EVENT) if node.interrupting and node.id in ending]
    ended = {node.attached_to for node in borders}
    return {node.id for node in subject.nodes.values() if node.scope in ended}


def implicit_splits(subject: Subject) -> Findings:
    for node in subject.nodes.values():
        if "Gateway" not in node.kind and not subject.foreign(node.id) and len(subject.outgoing.get(node.id, ())) > 1:
            message = f"Uit {called_by(node)} gaan meer pijlen. Teken een gateway, zodat te zien is wat er gebeurt."
            yield warning(node.id, "implicit-split", message)


def _scopes(subject: Subject) -> list[str]:
    return [
        subject.drawing.process,
        *(node.id for node in subject.of_kind(ElementKind.SUB_PROCESS) if not node.event_subprocess),
    ]
