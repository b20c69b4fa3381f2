"""The data of a person that is kept beside the cases: the profile, mail addresses, sign-ins, forms that were not sent, and earlier requests of an officer for the same data."""

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.orm import Session

from processes.access.visibility import known_rows
from processes.post.co_filers import ASKED
from processes.reads.person.names_in_sessions import actors_of, subjects_of
from processes.reads.person.records import Record
from processes.reads.workbench.words import LANGUAGES
from processes.storage import drafts
from processes.storage.recent_sign_ins import all_sign_ins
from processes.storage.services import Services
from processes.storage.tables import CoFiler, MailRow, OwnAddress, Party, PersonPackage, PersonProfile

ANOTHER: Final = "een ander"
INVITED: Final = "Gevonden op e-mailadres: beoordeel of het om deze persoon gaat."


def account_records(session: Session, services: Services, person: str, *, others_named: bool) -> Iterator[Record]:
    """`person`: the keyed index. `others_named`: whether the officer wants others by name."""
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
    yield from _named_elsewhere(session, person)
    subjects = subjects_of(session, services, person)
    # what this person typed, also where nothing was filed under the mandate yet; and what was typed for this person
    typed_drafts = (
        *drafts.typed_by(session, services, subjects), *drafts.all_of(session, services, *actors_of(session, services, person)),
    )  # fmt: skip
    for draft in {one.id: one for one in typed_drafts}.values():
        typed_in = {name: " ".join(values) for name, values in draft.fields.items()}
        about = {"pagina": draft.form, "bewaard_op": draft.saved_at, "met_een_machtiging": draft.for_another or None}
        yield Record("Formulier dat niet verstuurd is", {**about, **typed_in})
    for one in all_sign_ins(session, services, subjects):
        told = {
            "begonnen_op": one.began,
            "laatst_gebruikt_op": one.seen,
            "beeindigd_op": one.ended,
            "apparaat": one.device or None,
            "middel": one.means or None,
            "voor_bedrijf": one.company or None,
            "namens": (one.for_whom if others_named else ANOTHER) if one.for_whom else None,
        }
        yield Record("Aanmelding op het portaal", told)


def _named_elsewhere(session: Session, person: str) -> Iterator[Record]:
    """That somebody else named this person as filing along, who did not confirm it and so is no party: found by the own mail addresses. The case is
    that of another, and stays out of it.
    """
    profile = select(PersonProfile.email).where(PersonProfile.identity_index == person)
    confirmed = select(OwnAddress.email).where(
        OwnAddress.identity_index == person, OwnAddress.confirmed_at.is_not(None)
    )
    given = select(Party.email).where(known_rows(person), Party.email_unconfirmed.is_(False))
    own = {one.lower() for wanted in (profile, confirmed, given) for one in session.scalars(wanted) if one}
    for row in session.scalars(_invited_at(sorted(own))) if own else ():
        told = {
            "naam": row.name,
            "e-mailadres": row.email,
            "op": row.named_at,
            "bevestigen_kon_tot_en_met": row.valid_until,
        }
        yield Record(
            "Genoemd om samen in te dienen", {**told, "doet_mee": False, "sinds": row.settled_at}, mark=INVITED
        )


def _invited_at(addresses: Collection[str]) -> Select[CoFiler]:
    """Those who did not confirm and were mailed at one of these addresses, in small letters; found by such mails, of which there are few."""
    asked: BindParameter[str] = bindparam("asked", ASKED, literal_execute=True)  # said as the index says it
    mailed = select(MailRow.case_id).where(MailRow.template == asked, func.lower(MailRow.recipient).in_(addresses))
    theirs = (CoFiler.case_id.in_(mailed), func.lower(CoFiler.email).in_(addresses), CoFiler.party_id.is_(None))
    return select(CoFiler).where(*theirs).order_by(CoFiler.id)
