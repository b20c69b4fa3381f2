"""The data of a person that is kept beside the cases: the profile, and earlier requests of an officer for the same data."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.reads.person.records import Record
from processes.storage.tables import OwnAddress, PersonPackage, PersonProfile

SESSIONS: Final = (
    "Aanmeldingen (sessies) worden hooguit veertien uur bewaard. De inhoud is versleuteld: de naam, het nummer waarmee iemand zich "
    "aanmeldde en het niveau van de aanmelding. Zij zijn niet op persoon te vinden en staan daarom niet in dit pakket."
)


def account_records(session: Session, person: str) -> Iterator[Record]:
    """`person`: the keyed index."""
    profile = session.get(PersonProfile, person)
    if profile is not None:
        known = {"e-mailadres": profile.email, "telefoon": profile.phone, "nieuws_per_e-mail": profile.news_by_mail}
        yield Record("Profiel op het portaal", known)
    typed = select(OwnAddress).where(OwnAddress.identity_index == person).order_by(OwnAddress.email)
    for own in session.scalars(typed):
        yield Record(
            "Opgegeven e-mailadres",
            {"adres": own.email, "code_gestuurd_op": own.asked_at, "bevestigd_op": own.confirmed_at},
        )
    wanted = select(PersonPackage).where(PersonPackage.identity_index == person).order_by(PersonPackage.asked_at)
    for row in session.scalars(wanted):
        yield Record(
            "Verzoek om deze gegevens", {"op": row.asked_at, "reden": row.reference, "bewaard_tot": row.delete_from}
        )
    yield Record("Aanmeldingen", {"toelichting": SESSIONS})
