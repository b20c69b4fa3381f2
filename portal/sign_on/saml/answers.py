"""The answer to an artifact, checked: that it is of this provider, for us, to this request, of now, and used once.

In: the bytes of SOAP. Out: the assertion, read from nothing but signed bytes. Source: SAML 2.0 profiles, 4.1.4 (Web Browser SSO)
and core, 2.5 and 3.2.2; each check has a word, which the security log shows when it fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from portal.sign_on.errors import SamlRefused, SignInStopped, TooWeak
from portal.sign_on.saml.decrypting import decrypted
from portal.sign_on.saml.documents import Element, at_most_one, each_id_once, moment, one, parse, tag, text_of
from portal.sign_on.saml.own_keys import OwnKey
from portal.sign_on.saml.provider_metadata import ProviderDescription
from portal.sign_on.saml.signatures import is_signed, verified
from portal.sign_on.saml.ways import SamlWay

SKEW: Final = timedelta(seconds=60)  # clocks of two organisations differ
OLDEST: Final = timedelta(minutes=15)  # as long as a sign-in may take
STATUS: Final = "urn:oasis:names:tc:SAML:2.0:status:"
SUCCESS: Final = f"{STATUS}Success"
STOPPED: Final = f"{STATUS}AuthnFailed"
TOO_WEAK: Final = f"{STATUS}NoAuthnContext"
BEARER: Final = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
CONDITIONS: Final = {tag("saml:AudienceRestriction"), tag("saml:OneTimeUse"), tag("saml:ProxyRestriction")}


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """All that an answer is compared with."""

    way: SamlWay
    provider: ProviderDescription
    keys: tuple[OwnKey, ...]
    request_id: str
    question_id: str


def assertion_in(soap: bytes, asked: ExpectedAnswer) -> Element:
    """The assertion of a good answer. Raises SamlRefused; SignInStopped or TooWeak when the provider says so itself."""
    root = parse(soap)
    each_id_once(root)
    if root.tag != tag("soap:Envelope"):
        raise SamlRefused("envelope")
    answer = verified(one(one(root, "soap:Body"), "samlp:ArtifactResponse"), asked.provider.certificates)
    _is_to(answer, asked, asked.question_id)
    if _statuses(answer)[0] != SUCCESS or answer.find(tag("samlp:Response")) is None:
        raise SamlRefused("artifact_unknown")
    response = one(answer, "samlp:Response")
    if is_signed(response):
        response = verified(response, asked.provider.certificates)
    _is_to(response, asked, asked.request_id)
    if response.get("Destination", asked.way.answer_at) != asked.way.answer_at:
        raise SamlRefused("destination")
    _succeeded(response)
    assertion = verified(_given(response, asked), asked.provider.certificates)
    _check_assertion(assertion, asked)
    return assertion


def _is_to(answer: Element, asked: ExpectedAnswer, request: str) -> None:
    """An answer is of this provider, to what we asked, and of now."""
    made = moment(answer, "IssueInstant")
    now = datetime.now(UTC)
    broken = {
        "version": answer.get("Version") != "2.0",
        "issuer": text_of(one(answer, "saml:Issuer")) != asked.provider.entity_id,
        "in_response_to": answer.get("InResponseTo") != request,
        "issue_instant": made is None or not now - OLDEST < made < now + SKEW,
    }
    refuse_first(broken)


def _statuses(answer: Element) -> tuple[str, ...]:
    """The code of an answer, with the finer ones inside it."""
    code = one(one(answer, "samlp:Status"), "samlp:StatusCode")
    return tuple(each.get("Value", "") for each in code.iter(tag("samlp:StatusCode")))


def _succeeded(response: Element) -> None:
    codes = _statuses(response)
    if codes[0] == SUCCESS:
        return
    if STOPPED in codes:
        raise SignInStopped
    if TOO_WEAK in codes:
        raise TooWeak
    raise SamlRefused("status")


def _given(response: Element, asked: ExpectedAnswer) -> Element:
    """The only assertion, opened when it is encrypted."""
    plain, closed = response.findall(tag("saml:Assertion")), response.findall(tag("saml:EncryptedAssertion"))
    if len(plain) + len(closed) != 1:
        raise SamlRefused("not_one_assertion")
    if plain:
        return plain[0]
    opened = decrypted(closed[0], asked.keys, asked.way.entity_id, inside_signature=False)
    if opened is None or opened.tag != tag("saml:Assertion"):
        raise SamlRefused("decrypted_content")
    each_id_once(opened)
    return opened


def _check_assertion(assertion: Element, asked: ExpectedAnswer) -> None:
    now = datetime.now(UTC)
    made = moment(assertion, "IssueInstant")
    refuse_first({
        "version": assertion.get("Version") != "2.0",
        "assertion_id": not assertion.get("ID"),
        "issuer": text_of(one(assertion, "saml:Issuer")) != asked.provider.entity_id,
        "issue_instant": made is None or not now - OLDEST < made < now + SKEW,
        "subject_confirmation": not any(_confirms(each, asked, now) for each in _confirmations(assertion)),
    })  # fmt: skip
    _check_conditions(one(assertion, "saml:Conditions"), asked, now)
    _check_statement(one(assertion, "saml:AuthnStatement"), now)


def _confirmations(assertion: Element) -> Iterator[Element]:
    for each in one(assertion, "saml:Subject").findall(tag("saml:SubjectConfirmation")):
        data = at_most_one(each, "saml:SubjectConfirmationData")
        if each.get("Method") == BEARER and data is not None:
            yield data


def _confirms(data: Element, asked: ExpectedAnswer, now: datetime) -> bool:
    until = moment(data, "NotOnOrAfter")
    return (
        data.get("Recipient") == asked.way.answer_at
        and data.get("InResponseTo") == asked.request_id
        and data.get("NotBefore") is None
        and until is not None
        and now < until + SKEW
    )


def _check_conditions(conditions: Element, asked: ExpectedAnswer, now: datetime) -> None:
    """A condition that is not known makes an assertion worth nothing (core, 2.5.1)."""
    start, end = moment(conditions, "NotBefore"), moment(conditions, "NotOnOrAfter")
    audiences = conditions.findall(tag("saml:AudienceRestriction"))
    refuse_first({
        "unknown_condition": {each.tag for each in conditions} - CONDITIONS,
        "too_early": start is not None and now < start - SKEW,
        "too_late": end is None or now >= end + SKEW,
        "audience": not audiences or not all(asked.way.entity_id in _audience(each) for each in audiences),
    })  # fmt: skip


def _audience(restriction: Element) -> set[str]:
    return {text_of(each) for each in restriction.findall(tag("saml:Audience"))}


def _check_statement(statement: Element, now: datetime) -> None:
    """Somebody signed in just now, as we asked, and not in a session of before."""
    when, until = moment(statement, "AuthnInstant"), moment(statement, "SessionNotOnOrAfter")
    refuse_first({
        "authn_instant": when is None or not now - OLDEST < when < now + SKEW,
        "session_over": until is not None and now >= until + SKEW,
    })  # fmt: skip


def refuse_first(broken: Mapping[str, object]) -> None:
    """Raises SamlRefused with the first of these rules that is broken."""
    for rule, is_broken in broken.items():
        if is_broken:
            raise SamlRefused(rule)
