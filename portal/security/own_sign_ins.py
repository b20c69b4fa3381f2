"""The own sign-ins of who is signed in (C20): what a page shows of each, and signing out of one of them or of all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request

from portal.security.devices import UNKNOWN
from portal.security.sessions import cookie_of, session_of
from processes.base.actor import Actor
from processes.base.written import OwnWords
from processes.storage import recent_sign_ins, session_ending
from processes.storage.recent_sign_ins import OwnSignIn
from processes.storage.services import Services
from processes.storage.words import SessionKind

PER_PAGE: Final = 20
FIELD: Final = "sign_in"  # of a form: which one to end, by the hash of its cookie


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One sign-in on a page. `way` and `means` are such as `DigiD` and `DigiD substantieel`; `company` and `for_whom` are names, or empty; `colleague`: it may be
    somebody else who signed in for the company. `here`: it is the one of this page. `ends_by`: what a form sends to end it, empty where it cannot be ended alone.
    """

    device: str
    way: str
    means: str
    company: str
    for_whom: str
    colleague: bool
    began: datetime
    seen: datetime | None
    ended: datetime | None
    lives: bool
    here: bool
    id_hash: str

    @property
    def ends_by(self) -> str:
        return self.id_hash if self.lives and not self.here and not self.colleague else ""


@dataclass(frozen=True, slots=True)
class OwnSignIns:
    """A page of the own sign-ins: every one that is open, that of this page first, and then some of the others. `ways`: those of all pages.
    `known`: of a company, whether sign-in told who of its people this is.
    """

    lines: tuple[SignInLine, ...]
    page: int
    pages: int
    ways: tuple[str, ...]
    known: bool


def own_sign_ins(request: Request, services: Services, actor: Actor, page: int = 1) -> OwnSignIns:
    """The own sign-ins of who is signed in for this request; `actor`: who that is. A page after the last is the last."""
    lines = _lines(request, services, actor)
    open_ones = sorted((line for line in lines if line.lives), key=lambda line: not line.here)
    others = [line for line in lines if not line.lives and not line.colleague]
    pages = max(1, -(-len(others) // PER_PAGE))
    here = min(page, pages)
    shown = (*open_ones, *others[(here - 1) * PER_PAGE : here * PER_PAGE])
    return OwnSignIns(
        shown, here, pages, tuple(dict.fromkeys(line.way for line in (*open_ones, *others))), _known(request)
    )


def sign_out_of(request: Request, services: Services, actor: Actor, only: str = "") -> int:
    """End every own session, also the one of now, or only the one that a form names; gives how many ended. Those of others stay, also of
    colleagues of the same company; but where sign-in does not tell who of the company somebody is, all of them are one.
    """
    lines = _lines(request, services, actor)
    mine = [line for line in lines if line.lives and not (line.colleague and (only or _known(request)))]
    which = [line.id_hash for line in mine if line.id_hash == only or not only]
    return session_ending.end_own(services, actor.kind, _subjects(actor), which)


def _lines(request: Request, services: Services, actor: Actor) -> list[SignInLine]:
    cookie = cookie_of(request, services, SessionKind(actor.kind)) or ""
    mine, acting = services.secrets.token_hash(cookie), _acting(request)
    found = recent_sign_ins.recent(services, actor.kind, _subjects(actor))
    return [_line(each, each.id_hash == mine, acting) for each in found]


def _acting(request: Request) -> str:
    """The pseudonym of who signed in for a company, where the provider gives one."""
    session = session_of(request)
    return session.identity.get("acting", "") if session else ""


def _known(request: Request) -> bool:
    return bool(_acting(request))


def _subjects(actor: Actor) -> tuple[str, ...]:
    """All names of this person: there are several while the secret is being replaced."""
    return (actor.subject, *actor.earlier)


def _line(each: OwnSignIn, here: bool, acting: str) -> SignInLine:
    """Everybody of a company is one person here: only a pseudonym of the provider tells the own sign-ins from those of colleagues. Of theirs
    one sees that they are open, and neither for which client nor when they were here before.
    """
    colleague = bool(each.company) and not here and not (acting and each.acting == acting)
    return SignInLine(
        device=each.device or UNKNOWN, way=each.way, means=each.means, company=OwnWords(each.company),
        for_whom=OwnWords("" if colleague else each.for_whom), colleague=colleague, began=each.began, seen=each.seen, ended=each.ended, lives=each.lives, here=here and each.lives,
        id_hash=each.id_hash,
    )  # fmt: skip
