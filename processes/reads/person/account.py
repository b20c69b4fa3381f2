"""The data of a person that is kept beside the cases: the profile, mail addresses, sign-ins, forms that were not sent, and earlier requests of an officer for the same data."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.reads.person.names_in_sessions import actors_of, subjects_of
from processes.reads.person.records import Record
from processes.reads.workbench.words import LANGUAGES
from processes.storage import drafts
from processes.storage.services import Services
from processes.storage.tables import OwnAddress, PersonPackage, PersonProfile, WebSession
from processes.storage.web_sessions import device_in, person_digests
from processes.storage.words import SessionKind


def account_records(session: Session, services: Services, person: str) -> Iterator[Record]:
    """`person`: the keyed index."""
    profile = session.get(PersonProfile, person)
    if profile is not None:
        known = {"e-mailadres": profile.email, "telefoon": profile.phone, "nieuws_per_e-mail": profile.news_by_mail}
        known |= {"soorten_nieuws": " ".join(profile.news_kinds or ()), "eenmaal_per_dag": profile.news_daily}
        known |= {"taal": LANGUAGES.get(profile.language or "")}
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
    for draft in drafts.all_of(session, services, *actors_of(session, services, person)):
        typed_in = {name: " ".join(values) for name, values in draft.fields.items()}
        yield Record(
            "Formulier dat niet verstuurd is", {"pagina": draft.form, "bewaard_op": draft.saved_at, **typed_in}
        )
    subjects = subjects_of(session, services, person)
    digests = [one for subject in subjects for one in person_digests(services, SessionKind.CITIZEN, subject)]
    mine = WebSession.person.in_(digests)
    for signed_in in session.scalars(select(WebSession).where(mine).order_by(WebSession.created_at)):
        told = {
            "begonnen_op": signed_in.created_at,
            "laatst_gebruikt_op": signed_in.seen_at,
            "eindigt_op": signed_in.expires_at,
            "apparaat": device_in(services, signed_in) or None,
        }
        yield Record("Aanmelding op het portaal", {**told, "eerder_beeindigd_op": signed_in.ended_at})
