"""The day that a change of a term counts from: what follows a letter or an answer says so, and no term is met too early."""

from collections.abc import Iterator

from engine.lint.always import always_after
from engine.lint.filling import surely_filled_by
from engine.lint.subject import WAITS, Findings, Subject, error, reach, warning
from engine.model import DeadlineAction, Element
from engine.words import DeadlineVerb, ElementKind, FactDay, Occasion, Procedure, ValueType

BY_LETTER = frozenset({DeadlineVerb.START, DeadlineVerb.SUSPEND, DeadlineVerb.MEET})
BY_ANSWER = frozenset({DeadlineVerb.START, DeadlineVerb.RESUME, DeadlineVerb.MEET})
# at the court a term is met by filing there; the letter that follows tells the parties
AT_COURT = frozenset({Procedure.BEROEP, Procedure.VOORLOPIGE_VOORZIENING})


def places(subject: Subject) -> Findings:
    """`on` where it can mean nothing: no letter in this step, or an action that no letter or answer does."""
    for element, action in _actions(subject):
        if action.on == FactDay.SENT and action.action not in BY_LETTER:
            message = 'on="sent" kan alleen bij start, suspend en meet. Haal het weg.'
            yield error(element.id, "fact-day-misfit", message)
        elif action.on == FactDay.SENT and not _sends(element):
            message = (
                f'Termijn `{action.deadline}` volgt met on="sent" een brief, maar deze stap stuurt geen formele brief.'
            )
            yield error(element.id, "sent-without-notice", f"{message} Zet de actie op de stap die de brief stuurt.")
        elif action.on == FactDay.SENT and action.at != Occasion.ENTER:
            message = 'on="sent" hoort bij at="enter". Verander at.'
            yield error(element.id, "fact-day-misfit", message)
        elif action.on == FactDay.RECEIVED and action.action not in BY_ANSWER:
            message = 'on="received" kan alleen bij start, resume en meet. Haal het weg.'
            yield error(element.id, "fact-day-misfit", message)


def no_dates(subject: Subject) -> Findings:
    """`day` that names no date of this drawing."""
    for element, action in _actions(subject):
        if action.day is not None and not _is_date(subject, action.day):
            message = f"`day` noemt `{action.day}`, dat geen datum van dit zaaktype is."
            yield error(element.id, "day-is-no-date", f"{message} Kies een waarde van het soort date.")


def _is_date(subject: Subject, code: str) -> bool:
    value = subject.values.get(code)
    return value is not None and value.type == ValueType.DATE and not value.list


def empty_days(subject: Subject) -> Findings:
    """`day` that may be empty here, while nothing else says the day."""
    for element, action in _actions(subject):
        if action.day is None or action.on is not None or not _is_date(subject, action.day):
            continue
        if not _is_filled(subject, element, action):
            message = f"Termijn `{action.deadline}` volgt de dag `{action.day}`, die hier leeg kan zijn."
            yield warning(element.id, "day-may-be-empty", f"{message} Vraag de dag verplicht, of zet er `on` bij.")


def _is_filled(subject: Subject, element: Element, action: DeadlineAction) -> bool:
    fillers = surely_filled_by(subject).get(action.day or "", set())
    if action.at == Occasion.ENTER and element.kind in WAITS:
        fillers = fillers - {element.id}  # its own form is filled in later
    return action.day in subject.model.inputs or element.id in always_after(subject, fillers)


def unsent(subject: Subject) -> Findings:
    """A term of the law that stands still or is met on the day of the step, while its letter may still have to be posted."""
    for element, action in _actions(subject):
        counts = action.action == DeadlineVerb.SUSPEND or (
            action.action == DeadlineVerb.MEET and _lawful(subject, action)
        )
        if counts and _sends(element) and action.on is None and action.day is None:
            what = "staat stil" if action.action == DeadlineVerb.SUSPEND else "is gehaald"
            message = (
                f"Termijn `{action.deadline}` {what} zodra deze stap begint, ook als de brief nog op de post moet."
            )
            yield warning(element.id, "term-before-sending", f'{message} Zet on="sent" bij deze actie.')


def met_early(subject: Subject) -> Findings:
    """A term that is met before what it guards has happened: a task that was only opened, or a letter that goes out later."""
    for element, action in _actions(subject):
        if action.action != DeadlineVerb.MEET:
            continue
        if _before_its_task(element, action):
            message = f'Termijn `{action.deadline}` is hier al gehaald als de taak begint. Schrijf at="leave".'
            yield warning(element.id, "met-before-done", message)
        elif action.day is None and _lawful(subject, action) and _before_its_letter(subject, element, action):
            message = f"Termijn `{action.deadline}` is hier al gehaald, maar de brief gaat pas daarna uit."
            advice = 'Zet de actie op de stap die de brief stuurt, met on="sent".'
            yield warning(element.id, "met-before-notice", f"{message} {advice}")


def _before_its_task(element: Element, action: DeadlineAction) -> bool:
    """The term of a task starts and is met as the task opens."""
    starts = any(
        one.action == DeadlineVerb.START and one.deadline == action.deadline for one in element.deadline_actions
    )
    return starts and action.at == Occasion.ENTER and element.kind in WAITS


def _before_its_letter(subject: Subject, element: Element, action: DeadlineAction) -> bool:
    """After this step a formal letter goes out before anything waits again. An operation is itself what is done in time."""
    case_type = subject.model.case_type
    waits_first = action.at == Occasion.ENTER and element.kind in WAITS
    if _sends(element) or waits_first or element.kind == ElementKind.SERVICE_TASK:
        return False
    if case_type and case_type.procedure in AT_COURT:
        return False
    after = reach(
        subject.onward.get(element.id, ()), subject.onward, stop=lambda node: subject.nodes[node].kind in WAITS
    )
    return any(_sends(subject.model.elements[node]) for node in after if subject.nodes[node].kind not in WAITS)


def _sends(element: Element) -> bool:
    return element.mail is not None and element.mail.formal


def _lawful(subject: Subject, action: DeadlineAction) -> bool:
    setting = subject.model.deadlines.get(action.deadline)
    return setting is not None and setting.rule is not None


def _actions(subject: Subject) -> Iterator[tuple[Element, DeadlineAction]]:
    return ((element, action) for element in subject.elements() for action in element.deadline_actions)
