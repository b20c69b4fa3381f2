"""Tasks of a role that several people may have: whose answer counts, and how the answers of several are read."""

from engine.drawing import DrawnNode
from engine.errors import ExpressionError
from engine.expressions import compile_expression
from engine.form_parts import asked_of_each
from engine.lint.subject import Findings, Subject, called_by, error, reach, warning
from engine.model import Model
from engine.words import Answers, ElementKind, LinkTo, Side


def whose_answer(subject: Subject) -> Findings:
    """A task of citizens, or of persons with a link of their own, says whose answer counts when several have the role."""
    for node in subject.of_kind(ElementKind.USER_TASK):
        rule, outside = subject.model.elements[node.id].assignment, _asked_outside(subject, node.id)
        if rule is not None and rule.answers is not None and not outside:
            message = f"`answers` op {called_by(node)} doet niets: deze taak is niet van een burger of een persoon."
            yield warning(node.id, "answers-misplaced", f"{message} Haal het weg.")
        elif outside and (rule is None or rule.answers is None) and not _called_for_one(subject.model):
            message = f"Meer mensen kunnen de rol van {called_by(node)} hebben. Er staat niet wie antwoordt."
            advice = 'Zet answers="each" op case:assignment (ieder een eigen taak), of answers="first" (de eerste).'
            yield warning(node.id, "answers-unsaid", f"{message} {advice}")


def each_person(subject: Subject) -> Findings:
    """Findings about a task for each person: without a role, in a loop, or with a reminder that comes back in the case."""
    for element in subject.elements():
        if element.assignment is None or element.assignment.answers != Answers.EACH or element.id not in subject.nodes:
            continue
        node, role = subject.nodes[element.id], subject.model.role_of(element.id)
        if role is None or role.party is None:
            message = f'{called_by(node)} heeft answers="each", maar zijn baan noemt geen rol. Vul `party` in.'
            yield error(node.id, "each-without-role", message)
        for also in element.assignment.also:
            if also not in subject.model.party_roles() or (role and role.side != Side.CITIZEN):
                message = f"`also` noemt `{also[:60]}`, die deze taak niet kan krijgen."
                advice = "Noem een rol van case:party, en alleen in een baan van burgers."
                yield error(node.id, "unknown-party", f"{message} {advice}")
        if node.multi or node.loop:
            message = f'{called_by(node)} herhaalt zich al. Kies: answers="each" of een herhaling, niet allebei.'
            yield error(node.id, "each-in-loop", message)
        yield from _reminders(subject, node)


def _reminders(subject: Subject, node: DrawnNode) -> Findings:
    """Reminders: the way from an event that does not interrupt happens in the instance of one person, and ends there."""
    beside = [at for at in subject.boundaries.get(node.id, ()) if not subject.nodes[at].interrupting]
    others = [start.id for start in subject.of_kind(ElementKind.START_EVENT)]
    step = {key: tuple(one for one in ways if one not in beside) for key, ways in subject.step.items()}
    if reach(beside, subject.step) & reach(others, step):
        message = f"De herinnering bij {called_by(node)} komt terug op de weg van de zaak."
        advice = "Laat haar eindigen in een eigen eindgebeurtenis: zij gebeurt voor ieder apart."
        yield error(node.id, "each-reminder-returns", f"{message} {advice}")


def single_readings(subject: Subject) -> Findings:
    """A condition reads the one value where there is an answer of each: unknown as soon as two of them differ."""
    codes = frozenset[str]().union(*asked_of_each(subject.folder, subject.model).values())
    for flow in subject.drawing.flows.values():
        for name in sorted(_names(flow.condition) & codes):
            message = f"Deze voorwaarde leest `{name}`, maar ieder geeft daar een eigen antwoord op."
            advice = f"Lees `any_of(answers.{name}, ...)`, `all_of(...)` of `count_of(...)`."
            yield warning(flow.id, "each-read-as-one", f"{message} {advice}")


def _asked_outside(subject: Subject, element: str) -> bool:
    role = subject.model.role_of(element)
    return role is not None and (role.side == Side.CITIZEN or role.link == LinkTo.PERSON)


def _called_for_one(model: Model) -> bool:
    """A process that is called for one party each: its tasks are that party's already."""
    return model.case_type is None and "item" in model.inputs


def _names(text: str | None) -> frozenset[str]:
    try:
        return compile_expression(text).names if text else frozenset()
    except ExpressionError:
        return frozenset()
