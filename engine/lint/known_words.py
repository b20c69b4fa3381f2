"""Words that the case work knows by name, in settings that take any text: a word that it does not know does nothing."""

from engine.lint.subject import Findings, Subject, error, warning
from engine.words import PartyField, SuspensionGround


def party_fields(subject: Subject) -> Findings:
    """The parts of a party that a document request shows."""
    requests = [(element.id, element.request) for element in subject.elements()]
    requests += [(subject.model.process, button.request) for button in subject.model.on_demand.values()]
    for place, request in requests:
        for name in sorted(set(request.party_fields) - set(PartyField)) if request else ():
            message = (
                f"`partyFields` noemt `{name[:60]}`, dat een afdeling nooit ziet. Kies uit: {', '.join(PartyField)}."
            )
            yield error(place, "unknown-party-field", message)


def suspension_grounds(subject: Subject) -> Findings:
    """The grounds on which a term stands still, which its explanation tells in words."""
    for element in subject.elements():
        for action in element.deadline_actions:
            if action.ground is not None and action.ground not in set(SuspensionGround):
                message = f"Grond `{action.ground[:60]}` heeft geen woorden: zo komt zij in de uitleg van de termijn."
                yield warning(element.id, "unknown-ground", f"{message} Kies uit: {', '.join(SuspensionGround)}.")
