"""Texts that may say what is not so: an empty value, a document that nobody can see, a promise without its mark.

What is found here would hold the letter when it comes to that (docs/bpmn-profile.md, 'A text says only what is so').
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from engine.expressions import given_texts
from engine.lint.always import always_after
from engine.lint.filling import surely_filled_by
from engine.lint.subject import Findings, Subject, warning
from engine.lint.template_reading import Pointed, Shown, read_template
from engine.model import Element, Mail
from engine.words import Audience, DeadlineVerb, ElementKind, FixedRole, Occasion, Recipient

POINTS: Final = re.compile(
    r"\bbij (?:de )?(?:Documenten|stukken)\b|\bhoor(?:t|en) bij deze brief\b|\bzit(?:ten)? bij deze brief\b",
    re.IGNORECASE,
)
PROMISES: Final = re.compile(r"\buiterlijk(?: op)? $", re.IGNORECASE)
DATES: Final = ("deadline.", "request.due")
SHOW: Final = frozenset(
    {"publish", "publish_newest", "give_to_department", "share", "file_inventory", "record_publication"}
)
T = TypeVar("T", Shown, Pointed)
TO_STAFF: Final = frozenset({Recipient.HANDLER, Recipient.DECIDER})


def empty_values(subject: Subject) -> Findings:
    """A value that a letter reads outside an `if`, and that no required field fills on every way to the letter."""
    fillers = _fillers(subject)
    for element, mail in _mails(subject):
        for shown in _of_kind(subject, mail, Shown):
            # a called process reads the terms of the case that calls it
            term = subject.model.case_type is not None and shown.name.startswith("deadline.")
            if (
                not (term or shown.name in subject.model.values)
                or shown.name in shown.guards
                or shown.name in subject.model.inputs
            ):
                continue
            term = shown.name.startswith("deadline.")
            if element.id not in always_after(subject, fillers.get(shown.name, set()), on_entry=term):
                message = f"De brief `{mail.template[:60]}` noemt `{shown.name[:60]}`, dat hier leeg kan zijn."
                advice = f"Vraag het verplicht, of zet er `{{% if {shown.name[:60]} %}}` omheen."
                yield warning(element.id, "letter-may-be-empty", f"{message} {advice}")


def unseen_documents(subject: Subject) -> Findings:
    """A letter that points to documents of a type which no step before it shows, or which its readers may not see."""
    if not subject.model.case_type:
        return  # a called process works with the documents of the case
    showing = _showing(subject)
    for element, mail in _mails(subject):
        for kind in {one for pointed in _of_kind(subject, mail, Pointed) for one in pointed.types}:
            if kind in mail.enclose:
                continue
            declared = subject.model.document_types.get(kind)
            if declared is None:
                message = f"De brief `{mail.template[:60]}` wijst naar `{kind[:60]}`, dat geen documenttype is."
                yield warning(element.id, "letter-points-nowhere", f"{message} Verbeter de code.")
            elif not _is_body(subject, mail.to) and element.id not in always_after(subject, showing.get(kind, set())):
                message = f"De brief `{mail.template[:60]}` wijst naar '{declared.name[:60]}'."
                advice = "Geen stap ervoor laat dat zien. Zet er een stap `publish_newest` voor."
                yield warning(element.id, "letter-points-nowhere", f"{message} {advice}")
            elif declared.audience == Audience.NONE and mail.to in {Recipient.PARTIES, Recipient.INITIATOR}:
                message = (
                    f"De brief `{mail.template[:60]}` wijst naar '{declared.name[:60]}', dat niemand van hen ziet."
                )
                yield warning(element.id, "letter-points-nowhere", f"{message} Geef het documenttype een `seenBy`.")


def marks(subject: Subject) -> Findings:
    """Words that point to documents without the mark for it, and a last day that is not printed as a promise."""
    for name, text in _texts(subject).items():
        found = list(read_template(text))
        said = POINTS.search(text)
        points = any(isinstance(one, Pointed) for one in found) or "sees." in text
        if said and not points:
            message = f"'{said.group()}' wijst naar documenten. Zet er `{{% documents soort %}}` voor."
            yield warning(f"mails/{name}", "pointer-without-mark", message)
        for one in found:
            if isinstance(one, Shown) and _is_last_day(one) and "promise" not in one.filters:
                message = f"`{one.name[:60]}` is een dag die u belooft. Schrijf `| promise` in plaats van `| date`."
                yield warning(f"mails/{name}", "promise-without-mark", message)


def _is_last_day(shown: Shown) -> bool:
    return shown.name.startswith(DATES) and PROMISES.search(shown.before) is not None


def _mails(subject: Subject) -> Iterator[tuple[Element, Mail]]:
    for element in subject.elements():
        if element.mail and element.mail.to not in TO_STAFF and element.id in subject.nodes:
            yield element, element.mail


def _of_kind(subject: Subject, mail: Mail, kind: type[T]) -> Iterator[T]:
    text = _texts(subject).get(f"{mail.template}.txt", "")
    return (one for one in read_template(text) if isinstance(one, kind))


def _texts(subject: Subject) -> Mapping[str, str]:
    return {name: data.decode("utf-8", "replace") for name, data in subject.folder.mails.items()}


def _fillers(subject: Subject) -> dict[str, set[str]]:
    """By value: the nodes after which it is filled for sure; by term: those that start it."""
    found = surely_filled_by(subject)
    for element in subject.elements():
        for action in element.deadline_actions:
            if action.action == DeadlineVerb.START and action.at == Occasion.ENTER:
                found.setdefault(f"deadline.{action.deadline}", set()).add(element.id)
            if action.action == DeadlineVerb.RESUME and action.at == Occasion.ENTER:
                found.setdefault(f"deadline.{action.deadline}.resumed", set()).add(element.id)
    return found


def _is_body(subject: Subject, to: str) -> bool:
    """A court or another organisation: what a letter to it is about goes along on paper, and no step shows it."""
    people = {*Recipient, *subject.model.initiators(), FixedRole.REPRESENTATIVE, FixedRole.THIRD_PARTY}
    drawn = {role.party for role in subject.model.roles.values()}
    declared = subject.model.parties.get(to)
    return declared is not None and to not in people | drawn and not declared.confidential


def _showing(subject: Subject) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for element in subject.elements():
        if element.kind != ElementKind.SERVICE_TASK or not element.service or element.service.operation not in SHOW:
            continue
        for text in given_texts(element.service.parameters.get("documentType", "none")):
            for kind in text.split():
                found.setdefault(kind, set()).add(element.id)
    return found
