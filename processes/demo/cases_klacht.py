"""The complaints of the demo: one settled by phone, and one in which the person complained about is asked for a reaction."""

from collections.abc import Callable
from typing import Any

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty, RegisterCase
from processes.demo.actors import STAFF_ACTORS
from processes.demo.cases import DemoCases, person
from processes.demo.documents import paper
from processes.storage.words import CaseChannel

NOOR = STAFF_ACTORS["noor"]
INTAKE: dict[str, Any] = {"about_conduct": True, "route": "onderzoek"}


def _comes_in(demo: DemoCases, name: str, complainant: NewParty, *letters: str, **values: Any) -> None:
    """A complaint by letter, that Noor handles."""
    documents = tuple(NewDocument(paper(demo.services, title, name), "submission", title) for title in letters)
    action = RegisterCase(
        "klacht", CaseChannel.LETTER, demo.today, (complainant,), (), values, documents, handler=NOOR.subject
    )
    demo.cases[name] = act(demo.services, NOOR, action)


def parking_fine_call(demo: DemoCases) -> None:
    wim = person("wim", "complainant", secret_address=True, phone="06 00000007")
    _comes_in(demo, "call", wim, what_happened="Ik werd drie keer doorverbonden en daarna opgehangen.",
              happened_where="Aan de telefoon", wished="Dat iemand mij terugbelt.", called_before=True)  # fmt: skip


def parking_fine_call_is_settled(demo: DemoCases) -> None:
    demo.complete("call", "Intake", NOOR, **INTAKE, department="parkeren")
    demo.complete("call", "CallComplainant", NOOR, solved=True, agreement="Wij bellen voortaan zelf terug.",
                   call_note="Meneer is tevreden. Hij hoeft geen oordeel.")  # fmt: skip


def counter(demo: DemoCases) -> None:
    _comes_in(demo, "counter", person("ilse", "complainant"), "Klachtbrief",
              what_happened="De medewerker lachte toen ik vertelde waarom ik een nieuw paspoort nodig had.",
              happened_where="Aan de balie", who="Een man met een blauwe trui", wished="Een excuus.")  # fmt: skip


def counter_is_taken_up(demo: DemoCases) -> None:
    about = NewParty("complained_about", "Bart Baliemans", email="bart.baliemans@voorbeeldstad.example")
    boss = NewParty("manager", "Petra Leidster", email="petra.leidster@voorbeeldstad.example")
    for party in (about, boss):
        act(demo.services, NOOR, AddParty(demo.cases["counter"], party))
    demo.complete("counter", "Intake", NOOR, **INTAKE, department="burgerzaken")
    demo.complete("counter", "CallComplainant", NOOR, call_note="Mevrouw wil dat wij het onderzoeken.")


def counter_is_investigated(demo: DemoCases) -> None:
    """The letter of the complaint holds an address, so a version without it goes along."""
    demo.complete("counter", "PrepareCopy", NOOR, ("copy", "Klachtbrief zonder adres"))


KLACHT_CASES: tuple[tuple[int, str, Callable[[DemoCases], None]], ...] = (
    (18, "Een klacht over de telefoon", parking_fine_call),
    (21, "De klacht wordt in een gesprek opgelost", parking_fine_call_is_settled),
    (66, "Een klacht over de balie", counter),
    (68, "De klacht wordt bekeken", counter_is_taken_up),
    (72, "De medewerker krijgt een afschrift", counter_is_investigated),
)
