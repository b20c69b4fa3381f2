"""Findings about people: lanes with a role, tasks with a form, and assignments that point somewhere."""

from engine.drawing import DrawnNode
from engine.lint.forms import component_types
from engine.lint.subject import Findings, Subject, called_by, error, warning
from engine.model import Element
from engine.words import ElementKind, EventKind, LinkTo, Side


def user_tasks(subject: Subject) -> Findings:
    for node in subject.of_kind(ElementKind.USER_TASK):
        element = subject.model.elements[node.id]
        if subject.model.role_of(node.id) is None:
            message = f"Taak {called_by(node)} staat niet in een baan met case:role. Zet haar in zo'n baan."
            yield error(node.id, "task-without-role", message)
        if element.form is None:
            message = f"Taak {called_by(node)} heeft geen formulier. Voeg case:form toe."
            yield error(node.id, "task-without-form", message)
        before = element.assignment.not_same_as if element.assignment else None
        if before and (before not in subject.nodes or subject.nodes[before].kind != ElementKind.USER_TASK):
            message = f"`notSameAs` noemt `{before[:60]}`, dat geen taak is. Vul het id van een taak in."
            yield error(node.id, "unknown-element", message)
        yield from _own_lane(node, element, subject)


def _own_lane(node: DrawnNode, element: Element, subject: Subject) -> Findings:
    """A lane that a task names: one that exists, and of a task in a subprocess, for another stands in its lane."""
    own = element.assignment.lane if element.assignment else None
    if own is None:
        return
    if own not in {lane.id for lane in subject.drawing.lanes}:
        message = f"`lane` van {called_by(node)} noemt `{own[:60]}`, dat geen baan is. Vul het id van een baan in."
        yield error(node.id, "unknown-lane", message)
    elif node.scope == subject.drawing.process and own != element.lane:
        message = f"{called_by(node)} staat in een andere baan dan `lane` zegt. Haal `lane` weg of verplaats de taak."
        yield warning(node.id, "lane-misplaced", message)


def persons(subject: Subject) -> Findings:
    """Lanes for one named person, and rules about who may not do a task."""
    known = subject.model.party_roles()
    for role in subject.model.roles.values():
        if role.link == LinkTo.PERSON and (role.side != Side.DEPARTMENT or role.party not in known):
            message = 'Een baan met link="person" is van een afdeling en noemt in `party` een rol van case:party.'
            yield error(role.lane, "person-without-party", f"{message} Vul die aan.")
    for element in subject.elements():
        barred = element.assignment.not_party if element.assignment else None
        if barred and barred not in known:
            message = f"`notParty` noemt `{barred[:60]}`, dat geen rol is. Kies een rol van case:party."
            yield error(element.id, "unknown-party", message)
        form = subject.folder.forms.get(element.form or "", b"")
        if _for_a_person(subject, element.id) and "documents-upload" in component_types(form):
            message = "Eén persoon levert geen stukken aan zoals een afdeling. Vraag bestanden met een filepicker."
            yield error(element.id, "person-cannot-deliver", message)


def _for_a_person(subject: Subject, element: str) -> bool:
    role = subject.model.role_of(element)
    return role is not None and role.link == LinkTo.PERSON


def form_files(subject: Subject) -> Findings:
    for element in subject.elements():
        if element.form and element.form not in subject.folder.forms:
            message = f"Het formulier `{element.form[:60]}` staat niet in de map forms. Voeg het toe."
            yield error(element.id, "unknown-form", message)


def citizen_tasks(subject: Subject) -> Findings:
    """Findings about tasks of citizens without a term: it is unknown when the case goes on without the citizen."""
    for node in subject.of_kind(ElementKind.USER_TASK):
        role, assignment = subject.model.role_of(node.id), subject.model.elements[node.id].assignment
        if role is None or role.side != Side.CITIZEN or (assignment and assignment.lead_time):
            continue
        if not any(_takes_over(subject.nodes[at]) for at in subject.boundaries.get(node.id, ())):
            message = f"Taak {called_by(node)} van de burger heeft geen termijn."
            advice = "Zet een timer op de rand die de taak onderbreekt, of vul `leadTime` in."
            yield warning(node.id, "citizen-task-without-term", f"{message} {advice}")


def _takes_over(boundary: DrawnNode) -> bool:
    return boundary.interrupting and any(event.kind == EventKind.TIMER for event in boundary.events)


def lanes(subject: Subject) -> Findings:
    """The party of a lane is one that the case type declares, when it declares any."""
    for lane, role in subject.model.roles.items():
        if role.party and subject.model.parties and role.party not in subject.model.parties:
            message = f"Baan '{role.name}' is van `{role.party}`, die niet bij de betrokkenen staat."
            yield error(lane, "unknown-party", f"{message} Voeg case:party toe of verbeter de code.")
