"""The pages of signing in over SAML: our metadata, leaving for the provider, and coming back with an artifact."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from portal.doors import TheServices
from portal.pages import render
from portal.security.headers import content_policy
from portal.security.limits import allow_address
from portal.sign_on.arriving import go_on, let_citizen_in
from portal.sign_on.errors import SamlRefused, TooWeak
from portal.sign_on.identity import WAYS, Known, known_by_assertion
from portal.sign_on.journey import Journey, begun, forget, remember
from portal.sign_on.saml.answers import ExpectedAnswer, assertion_in
from portal.sign_on.saml.documents import Element, one, text_of
from portal.sign_on.saml.levels import enough
from portal.sign_on.saml.logout_messages import kept_words
from portal.sign_on.saml.messages import artifact_index, fresh_id, leaving, question
from portal.sign_on.saml.our_metadata import our_metadata
from portal.sign_on.saml.resolving import resolved
from portal.sign_on.saml.subjects import claims_of, name_id
from portal.sign_on.saml.ways import PREFIX, SamlWay, saml_way
from processes.base.errors import NotFound
from processes.base.limit_kinds import LimitKind
from processes.base.security_log import NOBODY, EventOutcome, SecurityEvent, security_event
from processes.storage import staff_sessions
from processes.storage.services import Services
from processes.storage.staff_sessions import ProviderTokens
from processes.storage.used_once import first_use
from processes.storage.web_sessions import SignIn

LONGEST_ARTIFACT = 200  # characters; one of type 4 has 60
METADATA = "application/samlmetadata+xml"
READS = [Depends(allow_address(LimitKind.PUBLIC))]
RETURNS = [Depends(allow_address(LimitKind.SIGN_IN))]  # each may ask something of the provider
router = APIRouter(prefix=PREFIX)


@dataclass(frozen=True, slots=True)
class ArtifactQuestion:
    """A question of ours about an artifact: where it goes, as signed SOAP, and with what its answer is compared."""

    address: str
    soap: bytes
    expected: ExpectedAnswer


@router.get("/metadata/{way}", dependencies=READS)
def metadata(way: str, services: TheServices) -> Response:
    """Our metadata for the provider of this way, signed; made anew each time, so that they are never too old."""
    told = our_metadata(_way(services, way), services.settings.organisation)
    return Response(told, media_type=METADATA, headers={"Content-Disposition": f'attachment; filename="{way}.xml"'})


@router.get("/terug/{way}", dependencies=RETURNS)
async def come_back(
    request: Request,
    way: str,
    services: TheServices,
    artifact: Annotated[str, Query(alias="SAMLart")] = "",
    relay_state: Annotated[str, Query(alias="RelayState")] = "",
) -> Response:
    """Exchange the artifact, check everything, then start a session under a new id."""
    by = _way(services, way)
    try:
        journey = request.state.journey = begun(request, services, relay_state)
        made = await _signed_in(request, services, by.at_least(journey.level), journey, artifact)
    except SamlRefused as refused:
        security_event(SecurityEvent.SIGN_IN, who=NOBODY, outcome=EventOutcome.FAILED, why=refused.why, way=way)
        raise
    answer = go_on(request, services, journey, made)
    forget(answer, services, journey)
    return answer


def leave(request: Request, services: Services, journey: Journey, by: SamlWay) -> Response:
    """Send the browser to the provider with a signed request, whose ID follows from the journey in its cookie."""
    by = by.at_least(journey.level)
    found = leaving(by, by.description(), by.own_keys()[0], request_id(journey), journey.state)
    if found.fields:
        answer: Response = render(
            request, "sign_on/leave.html", name=WAYS[by.way], address=found.address, fields=found.fields
        )
        answer.headers["Content-Security-Policy"] = content_policy(
            services.settings, forms_to=[found.address], passed_on=True
        )
    else:
        answer = RedirectResponse(found.address, status_code=303)
    remember(answer, request, services, journey)
    return answer


def request_id(journey: Journey) -> str:
    """The ID of the request of a journey. Like all IDs of XML it may not begin with a digit."""
    return f"_{journey.nonce}"


async def _signed_in(request: Request, services: Services, by: SamlWay, journey: Journey, artifact: str) -> SignIn:
    wanted = await run_in_threadpool(_question, services, by, journey, artifact)
    soap = await resolved(by, wanted.address, wanted.soap)
    return await run_in_threadpool(_let_in, request, services, soap, wanted.expected)


def _question(services: Services, by: SamlWay, journey: Journey, artifact: str) -> ArtifactQuestion:
    """Signed, in a thread: no other visitor waits for it. One journey asks one thing, however many artifacts are tried with it."""
    if journey.way != by.way:
        raise SamlRefused("other_way")
    if not 0 < len(artifact) <= LONGEST_ARTIFACT:
        raise SamlRefused("artifact")
    provider, keys = by.description(), tuple(by.own_keys())
    address = provider.resolver(artifact_index(artifact, provider))
    if not first_use(services, f"journey:{journey.state}"):
        raise SamlRefused("journey_used")
    asked = ExpectedAnswer(by, provider, keys, request_id(journey), fresh_id())
    return ArtifactQuestion(address, question(by, keys[0], artifact, address, asked.question_id), asked)


def _let_in(request: Request, services: Services, soap: bytes, asked: ExpectedAnswer) -> SignIn:
    """Checks whatever may refuse, and only then makes the session."""
    assertion = assertion_in(soap, asked)
    known = _known(services, assertion, asked)
    name, session = name_id(assertion, asked), one(assertion, "saml:AuthnStatement").get("SessionIndex", "")
    came_by = ProviderTokens(
        asked.provider.entity_id, text_of(name) if name is not None else "",
        sign_out_with=kept_words(asked.way.way, name, session) if name is not None and asked.way.single_logout else "",
    )  # fmt: skip
    if not first_use(services, f"saml:{asked.provider.entity_id}|{assertion.get('ID')}"):
        raise SamlRefused("used")
    made = let_citizen_in(request, services, known)
    staff_sessions.came_by(services, made.cookie, came_by, session)
    return made


def _known(services: Services, assertion: Element, asked: ExpectedAnswer) -> Known:
    claims = claims_of(assertion, asked)
    if not enough(claims["loa"], asked.way.level):
        raise TooWeak
    return known_by_assertion(services, claims, asked.way.way)


def _way(services: Services, way: str) -> SamlWay:
    found = saml_way(services.settings, way)
    if found is None:
        raise NotFound
    return found
