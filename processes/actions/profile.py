"""Mijn gegevens: a citizen changes contact details and news by mail, for all own cases at once (D13-D19)."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, select, update

from processes.access.visibility import known_rows
from processes.actions.own_channel import channel_wrong, choose_channel, lock_own_cases
from processes.base.actor import ActorKind
from processes.base.email_address import typed_address
from processes.base.errors import Invalid, NotAllowed
from processes.base.typed_values import read_phone
from processes.execution.standing_aside import shut_out
from processes.execution.unit_of_work import UnitOfWork
from processes.post.news_digest import move_waiting
from processes.post.own_addresses import ask_once, tell_old_address
from processes.storage.sealed_columns import PROFILE_IDENTITY
from processes.storage.tables import Case, Party, PersonProfile
from processes.storage.upsert import insert_into
from processes.storage.words import CitizenNews, ReadingLanguage

FOR_ANOTHER: Final = (
    "U handelt nu namens een ander. Contactgegevens wijzigt iemand alleen voor zichzelf. Log daarvoor in voor uzelf."
)


@dataclass(frozen=True, slots=True)
class SaveProfile:
    email: str
    phone: str
    news_by_mail: bool
    to_confirm: bool = True  # False: the address is known to be this person's
    identity: str | None = None  # such as `bsn:...`, as the provider gave it
    channel: str | None = None  # how letters should come (PostChannel); None: that was not asked
    address: str = ""  # for letters by post
    news_kinds: tuple[str, ...] | None = None  # words of CitizenNews; None: that was not asked
    news_daily: bool = False  # in one mail a day
    language: str | None = None  # ReadingLanguage; None: that was not asked


def save_profile(work: UnitOfWork, action: SaveProfile) -> str:
    """Save with Opslaan (D16); staff see it at the party of each case (D17). An address that is new gets a code, and no other mail
    until it is confirmed. Raises Invalid per field.
    """
    _own_only(work)
    email, phone = _read(work, action)
    subject = work.actor.subject
    # a row that a mandate brought in is of the case of another, and changes under that mandate only
    mine = (Party.identity_index == subject, Party.by_mandate.is_(False), Party.left_on.is_(None))
    about = _cases_about(work, *mine) if email else set()
    if action.channel is not None or about:
        lock_own_cases(work)
    before = _told_until_now(work)
    # made without a clash when somebody saves in two windows at one moment
    new = insert_into(work.session, PersonProfile).values(
        identity_index=subject, email_unconfirmed=False, news_by_mail=False
    )
    work.session.execute(new.on_conflict_do_nothing())
    _keep_language(work, action)
    if before and before != email:
        tell_old_address(work, subject, before)
    unconfirmed = bool(email and action.to_confirm and ask_once(work, subject, email))
    known = work.session.get(PersonProfile, subject)
    move_waiting(work, subject, known.email if known else None, email or None)
    profile = PersonProfile(
        identity_index=subject, email=email or None, email_unconfirmed=unconfirmed, phone=phone or None,
        news_by_mail=action.news_by_mail, **_news(action), **_sealed(work, action), **({"channel": action.channel} if action.channel else {}),
    )  # fmt: skip
    work.session.merge(profile)
    for party in work.session.scalars(select(Party).where(*mine)).all():
        party.email, party.email_unconfirmed, party.phone = email or None, unconfirmed, phone or None
        if party.case_id in about:
            shut_out(work, work.session.get_one(Case, party.case_id), party)
    if action.channel is not None:
        choose_channel(work, action.channel, action.address)
    work.audit(0, "profile")
    return ""


def _cases_about(work: UnitOfWork, *mine: ColumnElement[bool]) -> set[int]:
    """Ids of the cases in which this person has a role that no colleague with the same address may handle (`notParty` of a drawing)."""
    rows = work.session.execute(
        select(Party.case_id, Party.role, Case.model_version_id).join(Case, Case.id == Party.case_id).where(*mine)
    )
    drawn = ((case, role, work.services.models.find(work.session, version)) for case, role, version in rows)
    return {case for case, role, deployed in drawn if deployed and role in deployed.model.barred_roles()}


def _read(work: UnitOfWork, action: SaveProfile) -> tuple[str, str]:
    """The mail address and telephone number as they are kept. Raises Invalid with every mistake."""
    wrong: dict[str, str] = {}
    email, phone = typed_address(action.email, "email", wrong), action.phone.strip()
    try:
        phone = read_phone(phone) if phone else ""
    except ValueError as error:
        wrong["phone"] = str(error)
    if action.news_by_mail and not email and "email" not in wrong:
        wrong["email"] = "Vul een e-mailadres in. Anders kunnen wij u geen mail sturen."
    if action.news_by_mail and action.news_kinds is not None and not {*action.news_kinds} & {*CitizenNews}:
        wrong["news_kinds"] = "Kies over welk nieuws u een mail wilt."
    if action.language is not None and action.language not in {*ReadingLanguage}:
        wrong["language"] = "Kies in welke taal u onze mails wilt."
    wrong = {**channel_wrong(work, action.channel, email, action.address), **wrong}
    if wrong:
        raise Invalid(wrong)
    return email, phone


def _keep_language(work: UnitOfWork, action: SaveProfile) -> None:
    """Before the mails that the choice asks for, which are in that language already."""
    if action.language is None:
        return
    mine = PersonProfile.identity_index == work.actor.subject
    work.session.execute(update(PersonProfile).where(mine).values(language=action.language))
    own = update(Party).where(Party.identity_index == work.actor.subject, Party.left_on.is_(None))
    work.session.execute(own.values(language=action.language))


def _own_only(work: UnitOfWork) -> None:
    """Raises NotAllowed for who is no citizen, or acts for another in this session."""
    if work.actor.kind != ActorKind.CITIZEN:
        raise NotAllowed
    if work.actor.for_whom is not None:
        raise NotAllowed(FOR_ANOTHER)


def _news(action: SaveProfile) -> dict[str, Any]:
    """Which news, and how often. Who wants every kind also gets the kinds that come later."""
    if action.news_kinds is None or not action.news_by_mail:
        return {}
    chosen = [kind for kind in CitizenNews if kind in action.news_kinds]
    return {"news_kinds": None if len(chosen) == len(CitizenNews) else chosen, "news_daily": action.news_daily}


def _told_until_now(work: UnitOfWork) -> str:
    """The confirmed address to which mail goes until now: that of the profile, else of the newest own case; empty without one."""
    subject = work.actor.subject
    rows = select(Party).where(known_rows(subject), Party.by_mandate.is_(False)).order_by(Party.id.desc())
    found = work.session.get(PersonProfile, subject) or work.session.scalar(rows.limit(1))
    return found.email or "" if found and not found.email_unconfirmed else ""


def _sealed(work: UnitOfWork, action: SaveProfile) -> dict[str, bytes]:
    """The number of the person, for the day on which the secret changes; nothing where it is not known."""
    subject, secrets = work.actor.subject, work.services.secrets
    if action.identity is None or secrets.index(action.identity) != subject:
        return {}
    return {"identity": secrets.seal(action.identity.encode(), PROFILE_IDENTITY, subject)}
