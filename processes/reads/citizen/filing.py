"""Nieuwe zaak: which case types somebody can file, the form to fill in, and the receipt afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from engine import CaseType
from engine.words import ElementKind, FixedRole, MainCaseRule, Procedure, Side, SignInLevel
from processes.access.sign_in_level import demanded_level
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.base.written import TypedTextOrNone
from processes.execution.begun_forms import finish_by, finished_under, for_visitors
from processes.execution.forms import FormPage, start_form
from processes.execution.out_of_use import EndOfUse, NotFiledAnyMore, end_of_use, ends_of_use
from processes.reads.case_type_choice import CaseTypeChoice
from processes.reads.citizen.co_filers import CoFilerLine, co_filer_lines
from processes.reads.citizen.documents import CitizenDocumentLine, filed_pages, lines_of, sent_along
from processes.reads.citizen.entry import enter
from processes.reads.filed import FiledPage
from processes.reads.opening import reading
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.words import PostChannel

SIGNED = frozenset({Procedure.BEZWAAR, Procedure.KLACHT})  # Awb 6:5 and 9:4 want a signature


@dataclass(frozen=True, slots=True)
class StartPage:
    """`role` is the party role of who files. `until`: the form is that of an older version, and can be finished so until this day.
    `end`: when the case type goes, or went, out of use. `represented`: somebody may file for another; `calls`: we promise to call. `visitor`: for who does not sign in; `signed`: the law wants a
    signature. `together`: who files may name others. `level`: how strongly who files must have signed in.
    """

    code: str
    title: str
    role: str
    form: FormPage
    today: date
    until: date | None = None
    end: EndOfUse | None = None
    represented: bool = False
    calls: bool = False
    visitor: bool = False
    signed: bool = False
    level: SignInLevel = SignInLevel.SUBSTANTIAL
    together: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    number: str
    title: str
    at: datetime
    documents: tuple[CitizenDocumentLine, ...]
    letters: str
    unconfirmed: TypedTextOrNone  # the mail address that still has to be confirmed
    words: tuple[FiledPage, ...]  # what was filled in; none of a case of before there were such documents
    co_filers: tuple[CoFilerLine, ...] = ()


def read_case_types(services: Services, *, visitor: bool = False) -> tuple[CaseTypeChoice, ...]:
    """Every case type that is shown on the portal and has a form to start it with (D25), by title. `visitor`: without signing in."""
    with reading(services) as (session, now):
        current = services.models.all_current(session).values()
        found = [deployed for deployed in current if _can_be_filed(deployed, visitor=visitor)]
        ends, today = ends_of_use(session), local_date(now)
    choices = [_choice(deployed, ends.get(deployed.process), today) for deployed in found]
    return tuple(sorted((choice for choice in choices if choice), key=lambda choice: choice.title.lower()))


def _choice(deployed: Deployed, end: EndOfUse | None, today: date) -> CaseTypeChoice | None:
    kind = deployed.model.case_type
    out = end is not None and today >= end.days.from_on
    if kind is None:
        return None
    return CaseTypeChoice(deployed.process, kind.title, kind.synonyms, end, out, needs_signature(kind))


def needs_signature(kind: CaseType) -> bool:
    """Whether the law wants that who files this signs it."""
    return kind.procedure in SIGNED


def _can_be_filed(deployed: Deployed, *, visitor: bool = False) -> bool:
    kind = deployed.model.case_type
    if kind is None or (visitor and not kind.by_visitors):
        return False
    # a case that must belong to another is registered by a worker, who knows to which
    return bool(kind.portal and kind.main_case != MainCaseRule.REQUIRED and _starting_role(deployed))


def read_start(
    services: Services, code: str, begun: int | None = None, begun_on: date | None = None, *, visitor: bool = False
) -> StartPage:  # fmt: skip
    """The form to file this case type; `begun` is the id of the version under which somebody began, which is finished under it
    while that can be; `begun_on` the day. `visitor`: for somebody who does not sign in. Raises NotFound for what cannot be filed here, NotFiledAnyMore for what is out of use.
    """
    with reading(services) as (session, now):
        today, end = local_date(now), end_of_use(session, code)
        if end and not end.days.may_file(begun_on, today):
            raise NotFiledAnyMore(end)
        newest = services.models.current(session, code)
        deployed = finished_under(session, services, newest, begun, today)
        open_to = _can_be_filed(deployed) and (not visitor or for_visitors(deployed, newest))
        form = start_form(session, deployed) if open_to else None
        kind = deployed.model.case_type
        role = _starting_role(deployed)
        if form is None or kind is None or role is None:
            raise NotFound
        return StartPage(
            code, kind.title, role, form, today, finish_by(session, services, deployed, today), end,
            FixedRole.REPRESENTATIVE in deployed.model.parties, kind.calls, visitor, needs_signature(kind), demanded_level(deployed, newest),
            kind.filed_together,
        )  # fmt: skip


def _starting_role(deployed: Deployed) -> str | None:
    """The party of the citizen's lane in which the case starts with a form; None where only staff start it."""
    model = deployed.model
    starts = [
        element for element in model.elements.values() if element.kind == ElementKind.START_EVENT and element.form
    ]
    role = model.role_of(starts[0].id) if starts else None
    return role.party if role and role.side == Side.CITIZEN else None


def read_filed(services: Services, actor: Actor, number: str) -> Filed:
    """The receipt of a case that this person filed. Raises NotFound."""
    with reading(services) as (session, now):
        entered = enter(session, services, actor, number)
        case = entered.case
        named = co_filer_lines(session, services, actor, entered, local_date(now))
        lines = lines_of(session, entered)
        by = "in dit portaal" if entered.me.channel == PostChannel.PORTAL else "per post"
        letters = f"Brieven over deze zaak krijgt u {by}."
        unconfirmed = entered.me.email if entered.me.email_unconfirmed else None
        words = filed_pages(session, entered, lines, None)
        return Filed(case.number, case.title, case.registered_at, sent_along(lines), letters, unconfirmed, words, named)
