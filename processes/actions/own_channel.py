"""How a citizen wants letters: on the portal, or by post (Awb 2:8). The choice holds for all own running cases, can be taken back
at any moment, and changes only what was not sent yet.
"""

from typing import Any, Final

from sqlalchemy import Select, select

from processes.execution.corrections import changed, record_correction
from processes.execution.party_data import electronic
from processes.execution.unit_of_work import UnitOfWork
from processes.post.unsent import follow_party
from processes.storage.tables import Case, Party
from processes.storage.words import CaseState, CorrectionKind, ElectronicWay, PostChannel

REASON: Final = "Zelf gekozen bij Mijn gegevens."
CHOICES: Final = (PostChannel.PORTAL, PostChannel.POST)  # `link` is of people who do not sign in
MOVED: Final = ("channel", "address", "electronic_since", "electronic_how")


def channel_wrong(work: UnitOfWork, channel: str | None, email: str, address: str) -> dict[str, str]:
    """One sentence for each field that is not right; nothing when no choice was made."""
    if channel is None:
        return {}
    if channel not in CHOICES:
        return {"channel": "Kies hoe u onze brieven wilt krijgen."}
    if channel == PostChannel.PORTAL and not email:
        return {"email": "Vul een e-mailadres in. Daar sturen wij bericht heen als er een brief voor u klaarstaat."}
    if channel == PostChannel.POST and not address and _without_address(work):
        return {"address": "Vul uw adres in. Anders kunnen wij u geen brieven sturen."}
    return {}


def lock_own_cases(work: UnitOfWork) -> None:
    """Take the locks before anything is written: who corrects a party holds the case first as well."""
    for case_id in work.session.scalars(_own_cases(work)).all():
        work.lock_case_id(case_id)


def choose_channel(work: UnitOfWork, channel: str, address: str) -> None:
    """Bring every running case of this citizen in line with the choice, each locked, the oldest first. A closed case stays as it
    is, and so does a day that was told before.
    """
    for case_id in work.session.scalars(_own_cases(work)).all():
        case = work.lock_case_id(case_id)
        for party in work.session.scalars(_own_parties(work).where(Party.case_id == case.id)).all():
            _choose(work, case, party, channel, address)


def _choose(work: UnitOfWork, case: Case, party: Party, channel: str, address: str) -> None:
    before: dict[str, Any] = {name: getattr(party, name) for name in MOVED}
    if party.channel != channel:
        party.channel = channel
        for name, value in electronic(channel, None, None, work.today, ElectronicWay.PROFILE).items():
            setattr(party, name, value)
    if channel == PostChannel.POST and address:
        party.address = address
    now: dict[str, Any] = {name: getattr(party, name) for name in before}
    was = changed(before, now)
    if not was:
        return
    became = {name: now[name] for name in was}
    record_correction(work, case, CorrectionKind.CHANNEL, was, became, REASON, party=party)
    work.session.flush()
    follow_party(work, case, party, was)


def _own_parties(work: UnitOfWork) -> Select[Party]:
    """Never a row that a mandate brought in: it is of the case of another, and the mandate may be over."""
    mine = (Party.identity_index == work.actor.subject, Party.left_on.is_(None), Party.channel.in_(CHOICES))
    return select(Party).where(*mine, Party.by_mandate.is_(False)).order_by(Party.id)


def _own_cases(work: UnitOfWork) -> Select[int]:
    cases = _own_parties(work).with_only_columns(Party.case_id).order_by(None)
    return select(Case.id).where(Case.id.in_(cases), Case.state == CaseState.RUNNING).order_by(Case.id)


def _without_address(work: UnitOfWork) -> bool:
    """Whether a running case of this citizen has no address to send a letter to."""
    empty = _own_parties(work).with_only_columns(Party.id).where(Party.case_id.in_(_own_cases(work)))
    return work.session.scalar(empty.where((Party.address.is_(None)) | (Party.address == "")).limit(1)) is not None
