"""Decisions: who takes one, and that the letter that tells it says who did and what can be done against it."""

from engine.lint.course import DECIDED_ELSEWHERE, decides
from engine.lint.subject import Findings, Subject, error, reach, warning
from engine.lint.templates import names_in
from engine.model import Assignment
from engine.words import AdministrativeBody, DecidedHow, ElementKind, ValueType

REMEDY = "remedy."
DECIDED = "decided."
BODIES = frozenset(AdministrativeBody)
TAKERS = frozenset({*AdministrativeBody, *DecidedHow})


def takers(subject: Subject) -> Findings:
    """The values that say who takes a decision, in whose name and on which day (Awb 10:3(3), 10:10)."""
    for element in subject.elements():
        if element.kind == ElementKind.USER_TASK and element.assignment:
            yield from _choice(element.id, "body", element.assignment.body, BODIES, subject)
            yield from _choice(element.id, "takenBy", element.assignment.taken_by, TAKERS, subject)
            yield from _day(element.id, element.assignment, subject)


def told(subject: Subject) -> Findings:
    """The formal notice of a decision names a remedy (Awb 3:45, 6:23, 9:12), and who took it under mandate (Awb 10:10).

    Where some task has a mandate, what is sent without having passed one decides nothing, such as that a complaint was forwarded.
    Where none has, a case decides when somebody chooses its result.
    """
    case_type = subject.model.case_type
    if case_type is None or case_type.procedure in DECIDED_ELSEWHERE:
        return
    mandated = [element.id for element in subject.elements() if element.assignment and element.assignment.mandate]
    if not mandated and not any(element.result and element.result.value for element in subject.elements()):
        return
    later = reach(mandated, subject.onward)
    for element in subject.elements():
        if not decides(element, subject) or element.mail is None or (mandated and element.id not in later):
            continue
        template = subject.folder.mails.get(f"{element.mail.template}.txt")
        if template is None:
            continue  # there is a finding about that already
        named = names_in(template.decode("utf-8-sig", "replace"))
        if not any(name.startswith(REMEDY) for name in named):
            message = "Deze brief vertelt een beslissing, maar niet wat iemand ertegen kan doen (Awb 3:45, 6:23)."
            advice = "Zet in de tekst bijvoorbeeld `{{ remedy.bezwaar }}`."
            yield warning(element.id, "decision-without-remedy", f"{message} {advice}")
        if mandated and not any(name.startswith(DECIDED) for name in named):
            message = "Deze brief vertelt een beslissing, maar niet wie die nam (Awb 10:10)."
            yield warning(
                element.id, "decision-without-signature", f"{message} Sluit af met `{{{{ decided.signature }}}}`."
            )


def _choice(place: str, setting: str, code: str | None, known: frozenset[str], subject: Subject) -> Findings:
    if code is None:
        return
    value = subject.values.get(code)
    if value is None or value.type != ValueType.CHOICE or value.list:
        message = f"`{setting}` noemt `{code}`, dat geen keuze is. Declareer een waarde van het soort choice."
        yield error(place, "unknown-value", message)
        return
    unknown = [choice.value for choice in value.choices if choice.value not in known]
    if unknown:
        message = f"`{code}` heeft een keuze die geen bestuursorgaan is: `{unknown[0][:40]}`."
        yield error(place, "unknown-body", f"{message} Kies uit: {', '.join(sorted(known))}.")


def _day(place: str, assignment: Assignment, subject: Subject) -> Findings:
    value = subject.values.get(assignment.taken_on or "")
    if assignment.taken_on and (value is None or value.type != ValueType.DATE):
        message = (
            f"`takenOn` noemt `{assignment.taken_on}`, dat geen datum is. Declareer een waarde van het soort date."
        )
        yield error(place, "unknown-value", message)
