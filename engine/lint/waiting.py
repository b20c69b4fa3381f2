"""Things that a case would wait for in vain: a message or signal that nothing sends, a citizen who cannot see the case."""

from collections.abc import Iterator

from engine.drawing import DrawnNode
from engine.lint.subject import THROWS, Findings, Subject, called_by, error, warning
from engine.model import CaseType, Finding, Model
from engine.words import ButtonShown, Confidentiality, ElementKind, EventKind, Side

# as the portal has it: the levels of confidentiality that are shown to the parties of a case
SHOWN = frozenset(
    {
        Confidentiality.OPENBAAR,
        Confidentiality.BEPERKT_OPENBAAR,
        Confidentiality.INTERN,
        Confidentiality.ZAAKVERTROUWELIJK,
    }
)


def unsent_messages(subject: Subject) -> Findings:
    """Messages stay within one running process: only its own buttons and its own events send them."""
    sent = set(_thrown(subject, EventKind.MESSAGE))
    sent |= {
        button.message
        for button in subject.model.on_demand.values()
        if button.message and button.when == ButtonShown.RUNNING
    }
    for node, name in _awaited(subject, EventKind.MESSAGE):
        if name not in sent:
            message = (
                f"{called_by(node)} wacht op bericht `{name[:60]}`, maar geen knop en geen gebeurtenis stuurt dat."
            )
            advice = "Voeg een knop toe (case:onDemand) of teken een gebeurtenis die het bericht stuurt."
            yield _finding(node, subject, "message-never-sent", f"{message} {advice}")


def unthrown_signals(subject: Subject) -> Findings:
    sent = set(_thrown(subject, EventKind.SIGNAL))
    for node, name in _awaited(subject, EventKind.SIGNAL):
        if name not in sent:
            message = f"{called_by(node)} wacht op signaal `{name[:60]}`, maar niets in dit proces geeft dat signaal."
            advice = "Teken een gebeurtenis die het signaal geeft, of gebruik een bericht met een knop."
            yield _finding(node, subject, "signal-never-thrown", f"{message} {advice}")


def unread_messages(subject: Subject) -> Findings:
    """A message is kept for somebody who may wait for it later; here nobody ever does."""
    read = {name for _, name in _awaited(subject, EventKind.MESSAGE)}
    for node in subject.of_kind(*THROWS):
        element = subject.model.elements.get(node.id)
        sent = {event.name for event in node.events if event.kind == EventKind.MESSAGE}
        if element and element.keep and not sent & read:
            sentence = f"{called_by(node)} bewaart een bericht waarop niemand in dit proces wacht."
            yield warning(
                node.id, "kept-without-reader", f"{sentence} Haal case:keep weg, of teken wie op het bericht wacht."
            )


def unseen_tasks(subject: Subject) -> Findings:
    """A citizen does a task in the portal; in a case that is not shown there it waits until a worker types in an answer
    that came on paper.
    """
    kind = subject.model.case_type
    if kind is None or _shown(kind):
        return
    cause = (
        f"vertrouwelijkheid `{kind.confidentiality}` staat nooit op het portaal" if kind.portal else 'portal="false"'
    )
    advice = "Zet het zaaktype op het portaal, of geef de taak aan een andere baan."
    for task in _citizen_tasks(subject.model):
        message = f"Taak {called_by(subject.nodes[task])} is van een burger, maar die ziet deze zaken niet ({cause})."
        yield warning(task, "citizen-cannot-see", f"{message} {advice}")
    for node in subject.of_kind(ElementKind.CALL_ACTIVITY):
        called = subject.library.get(node.called or "")
        if called and any(_citizen_tasks(called)):
            message = f"{called_by(node)} vraagt iets van een burger, maar die ziet deze zaken niet ({cause})."
            yield warning(node.id, "citizen-cannot-see", f"{message} {advice}")


def _shown(kind: CaseType) -> bool:
    return kind.portal and kind.confidentiality in SHOWN


def _citizen_tasks(model: Model) -> Iterator[str]:
    for element in model.elements.values():
        role = model.role_of(element.id)
        if (
            element.kind in (ElementKind.USER_TASK, ElementKind.TASK, ElementKind.MANUAL_TASK)
            and role is not None
            and role.side == Side.CITIZEN
        ):
            yield element.id


def _thrown(subject: Subject, kind: EventKind) -> Iterator[str]:
    nodes = subject.of_kind(*THROWS)
    return (event.name for node in nodes for event in node.events if event.kind == kind and event.name)


def _awaited(subject: Subject, kind: EventKind) -> Iterator[tuple[DrawnNode, str]]:
    for node in subject.nodes.values():
        # whoever starts an instance has seen to it that the message of its start came
        if node.kind in THROWS or node.kind == ElementKind.START_EVENT:
            continue
        yield from ((node, event.name) for event in node.events if event.kind == kind and event.name)


def _finding(node: DrawnNode, subject: Subject, code: str, message: str) -> Finding:
    """Where the case goes on in another way, such as by a timer beside it, it is only a drawing that does nothing."""
    others = [subject.nodes[at] for at in subject.boundaries.get(node.id, ())]
    raced = any(
        subject.nodes[flow.source].kind == ElementKind.EVENT_BASED_GATEWAY for flow in subject.incoming.get(node.id, ())
    )
    lasts = node.kind != ElementKind.BOUNDARY_EVENT and not raced and not any(other.interrupting for other in others)
    return (error if lasts else warning)(node.id, code, message)
