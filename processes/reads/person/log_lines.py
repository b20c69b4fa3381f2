"""Which lines of the operator's log are about one person: the log is not in the database, so an officer asks for them."""

from collections.abc import Sequence

from processes.base.actor import ActorKind


def log_question(person: str, numbers: Sequence[str]) -> str:
    """The text for the operator, in Dutch: the keyed index of the person, and the numbers of the cases."""
    cases = ", ".join(numbers) or "geen"
    return (
        "Vraag aan de beheerder van het logboek: zoek alle regels waarin dit voorkomt, zo ver terug als het logboek wordt bewaard.\n\n"
        f"1. veld who of veld citizen: {ActorKind.CITIZEN}:{person} of {person}\n"
        f"2. veld case: {cases}\n"
        "3. van elke gevonden regel ook de regels met dezelfde waarde in het veld correlation\n\n"
        "Het kenmerk onder 1 staat in plaats van het BSN of KvK-nummer: die nummers staan niet in het logboek."
    )
