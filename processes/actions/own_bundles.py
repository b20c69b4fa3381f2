"""A party takes the papers of the own case along as one PDF or zip (C15): what that party may see on the portal, and nothing else."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from processes.access.guards import own_party
from processes.actions.bundles import LARGEST, ask_for_bundle, may_wait, read_form, take_away
from processes.base.errors import Invalid, NotNow
from processes.execution.bundled import FileReader, ready_for
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, CaseBundle
from processes.storage.words import BundleForm, BundleReader, BundleState

# a party cannot choose papers, as staff can
TOO_LARGE: Final = {
    BundleForm.PDF: "Deze stukken zijn samen groter dan 1 GB. Dat past niet in één PDF. Kies de map (zip).",
    BundleForm.ZIP: "Deze stukken zijn samen groter dan 10 GB. Download ze een voor een op de bladzijde van de zaak.",
}
WAITING: Final = "Wij maken al drie bestanden voor u. Wacht tot er een klaar is."


class BeingMade(NotNow):
    """Dit wordt al voor u gemaakt. Wacht tot het klaar is."""


@dataclass(frozen=True, slots=True)
class MakeOwnBundle:
    """`form`: a word of BundleForm. An earlier one of the same form goes: a party keeps one of each, for a day."""

    case: str
    form: str


def make_own_bundle(work: UnitOfWork, action: MakeOwnBundle) -> str:
    """The answer is the number of the case. Raises NotFound for another person's case, Invalid for another form, without any paper, and
    for too much at once, BeingMade, and NotNow when three of this person are being made.
    """
    case = work.lock_case(action.case)
    party = own_party(work, case)
    form = read_form(action.form)
    reader = FileReader(BundleReader.PARTY, party.id)
    parts = ready_for(work.session, work.actor, case, work.deployed(case.model_version_id).model, reader)
    given = [part for part in parts if not part.withheld]
    if not given:
        raise Invalid({"form": "Er zijn nog geen stukken om op te slaan."})
    if sum(part.document.size for part in given) > LARGEST[form]:
        raise Invalid({"form": TOO_LARGE[form]})
    whose = party.identity_index or ""  # who acts for a party by a mandate asks it for that party
    _replace(work, case, form, whose)
    may_wait(work, WAITING, whose)
    ask_for_bundle(work, case, form, reader, parts, whose)
    return case.number


def _replace(work: UnitOfWork, case: Case, form: BundleForm, whose: str) -> None:
    """Earlier ones of this form go. Raises BeingMade when one is not ready yet."""
    mine = (CaseBundle.case_id == case.id, CaseBundle.asked_by == whose, CaseBundle.form == form)
    for row in work.session.scalars(select(CaseBundle).where(*mine)).all():
        if row.state == BundleState.WANTED:
            raise BeingMade
        take_away(work, row.id)
