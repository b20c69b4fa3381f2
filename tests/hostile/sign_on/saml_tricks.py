"""What an attacker does to an answer of a provider of SAML: each is a change of `kit.saml_provider.Answer`, with the word of the check
that must stop it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kit.saml_provider import ASSERTION, CLASSES, RSA_SHA256, SHA256, Answer
from saml2.saml import Audience, AudienceRestriction
from saml2.samlp import Response

SHA1 = "http://www.w3.org/2000/09/xmldsig#"
EVIL = "s00000000:999990019"
SIGNATURE = re.compile(r"<(\w+):Signature\b.*?</\1:Signature>", re.DOTALL)
ANSWER = re.compile(r"<(\w+):ArtifactResponse\b.*</\1:ArtifactResponse>", re.DOTALL)
PREFIXES = (
    ' xmlns:ns0="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:ns1="urn:oasis:names:tc:SAML:2.0:assertion"'
    ' xmlns:ns2="http://www.w3.org/2000/09/xmldsig#" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
)


@dataclass(frozen=True)
class Ago:
    """So long before the moment at which the answer is made: these tables are read long before that."""

    time: timedelta

    def __str__(self) -> str:
        return (datetime.now(UTC) - self.time).strftime("%Y-%m-%dT%H:%M:%SZ")


def ago(**time: int) -> Ago:
    return Ago(timedelta(**time))


def put(there: object, **values: Any) -> None:
    for name, value in values.items():
        setattr(there, name, str(value) if isinstance(value, Ago) else value)


def inside(change: Callable[[Any], object]) -> Callable[[Response], None]:
    """Changes something of the assertion before the provider itself signs it."""

    def before(response: Response) -> None:
        change(response.assertion)

    return before


def confirmation(**values: Any) -> Callable[[Response], None]:
    return inside(lambda it: put(it.subject.subject_confirmation[0].subject_confirmation_data, **values))


def conditions(**values: Any) -> Callable[[Response], None]:
    return inside(lambda it: put(it.conditions, **values))


def statement(**values: Any) -> Callable[[Response], None]:
    return inside(lambda it: put(it.authn_statement[0], **values))


def outside(**values: Any) -> Callable[[Response], None]:
    return lambda response: put(response, **values)


def audience(*names: str) -> list[AudienceRestriction]:
    return [AudienceRestriction(audience=[Audience(text=name)]) for name in names]


# honest to the letter, but not what we asked, not for us, or not of now: the signatures are good
NOT_OURS: dict[str, tuple[Answer, str]] = {
    "for another audience": (Answer(before=conditions(audience_restriction=audience("urn:ander"))), "audience"),
    "for us and for another only": (
        Answer(before=lambda r: r.assertion.conditions.audience_restriction.extend(audience("urn:ander"))), "audience"),
    "for anybody": (Answer(before=conditions(audience_restriction=[])), "audience"),
    "without conditions": (Answer(before=inside(lambda it: setattr(it, "conditions", None))), "not_one_Conditions"),
    "conditions without an end": (Answer(before=conditions(not_on_or_after=None)), "too_late"),
    "expired": (Answer(before=conditions(not_on_or_after=ago(minutes=5))), "too_late"),
    "not valid yet": (Answer(before=conditions(not_before=ago(minutes=-5))), "too_early"),
    "a time without a zone": (Answer(before=conditions(not_before="2026-01-01T00:00:00")), "time"),
    "a condition that nobody knows": (
        Answer(unsigned=lambda text: text.replace("<ns1:AudienceRestriction>", "<ns1:Condition/><ns1:AudienceRestriction>", 1)),
        "unknown_condition"),
    "made long ago": (Answer(before=inside(lambda it: put(it, issue_instant=ago(hours=1)))), "issue_instant"),
    "made in the future": (Answer(before=inside(lambda it: put(it, issue_instant=ago(hours=-1)))), "issue_instant"),
    "assertion of another": (Answer(before=inside(lambda it: setattr(it.issuer, "text", "urn:ander"))), "issuer"),
    "response of another": (Answer(before=lambda r: setattr(r.issuer, "text", "urn:ander")), "issuer"),
    "old version": (Answer(before=outside(version="1.1")), "version"),
    "to another request": (Answer(before=outside(in_response_to="_ander")), "in_response_to"),
    "unsolicited": (Answer(before=outside(in_response_to=None)), "in_response_to"),
    "assertion to another request": (Answer(before=confirmation(in_response_to="_ander")), "subject_confirmation"),
    "assertion unsolicited": (Answer(before=confirmation(in_response_to=None)), "subject_confirmation"),
    "to another address": (Answer(before=outside(destination="https://ander.example/terug")), "destination"),
    "assertion to another address": (Answer(before=confirmation(recipient="https://ander.example")), "subject_confirmation"),
    "confirmed too late": (Answer(before=confirmation(not_on_or_after=ago(minutes=5))), "subject_confirmation"),
    "confirmed without an end": (Answer(before=confirmation(not_on_or_after=None)), "subject_confirmation"),
    "confirmed with a beginning": (Answer(before=confirmation(not_before=ago(minutes=1))), "subject_confirmation"),
    "confirmed by another method": (
        Answer(before=inside(lambda it: setattr(it.subject.subject_confirmation[0], "method", "urn:ander"))),
        "subject_confirmation"),
    "not confirmed": (Answer(before=inside(lambda it: setattr(it.subject, "subject_confirmation", []))), "subject_confirmation"),
    "signed in long ago": (Answer(before=statement(authn_instant=ago(hours=2))), "authn_instant"),
    "signed in at no time": (Answer(before=statement(authn_instant=None)), "authn_instant"),
    "a session that is over": (Answer(before=statement(session_not_on_or_after=ago(minutes=5))), "session_over"),
    "nobody signed in": (Answer(before=inside(lambda it: setattr(it, "authn_statement", []))), "not_one_AuthnStatement"),
    "a number of another sector": (Answer(name="s00000001:999993653"), "sector"),
    "a number without a sector": (Answer(name="999993653"), "sector"),
    "a strange status": (Answer(status=("urn:oasis:names:tc:SAML:2.0:status:Responder",)), "status"),
    "answer to another question": (
        Answer(wrapping=lambda text: re.sub(r'InResponseTo="[^"]*"', 'InResponseTo="_ander"', text, count=1)), "in_response_to"),
    "answer of another": (Answer(wrapping=lambda text: text.replace("urn:proef:inlogdienst", "urn:ander", 1)), "issuer"),
    "answer without a response": (Answer(wrapping=lambda text: re.sub(r"<ns0:Response .*</ns0:Response>", "", text, flags=re.DOTALL)),
                                  "artifact_unknown"),
}  # fmt: skip


def evil_of(assertion: str, *, signed: bool = False, same_id: bool = False) -> str:
    """The assertion of somebody else, made of a good one: with its signature, which is not of it, or without."""
    made = assertion if signed else SIGNATURE.sub("", assertion)
    made = re.sub(r">s00000000:\d+<", f">{EVIL}<", made)
    return made if same_id else re.sub(r'\bID="[^"]*"', 'ID="_kwaad"', made, count=1)


def with_advice(evil: str, good: str) -> str:
    """An assertion may hold others, in its advice, which nobody signs in by."""
    prefix = evil.partition(":")[0].strip("<")
    return evil.replace(
        f"<{prefix}:AuthnStatement", f"<{prefix}:Advice>{good}</{prefix}:Advice><{prefix}:AuthnStatement", 1
    )


def wrapped(change: Callable[[str], str]) -> Callable[[str], str]:
    """Puts something else in the place of the signed assertion."""
    return lambda text: ASSERTION.sub(lambda found: change(found[0]), text)


def in_object(good: str) -> str:
    evil = evil_of(good, signed=True)
    return evil.replace("</ns2:Signature>", f"<ns2:Object>{good}</ns2:Object></ns2:Signature>", 1)


def in_object_alone(good: str) -> str:
    """As `in_object`, with what was signed in it without its signature, as it was when it was digested."""
    evil = evil_of(good, signed=True)
    bare = SIGNATURE.sub("", good, count=1)
    return evil.replace("</ns2:Signature>", f"<ns2:Object>{bare}</ns2:Object></ns2:Signature>", 1)


def around(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda soap: ANSWER.sub(lambda found: change(found[0]), soap)


def evil_answer(good: str, *, signed: bool = False) -> str:
    """The answer to the artifact with another assertion inside and another ID."""
    made = re.sub(r">s00000000:\d+<", f">{EVIL}<", good)
    made = re.sub(r'\bID="[^"]*"', 'ID="_kwaad"', made, count=1)
    return made if signed else SIGNATURE.sub("", made, count=1)


def answer_in_object(good: str) -> str:
    """The good answer in the signature of the evil one, which is that of the good one."""
    evil = evil_answer(good, signed=True)
    return evil.replace(
        "</ns2:Signature>", f"<ns2:Object>{SIGNATURE.sub('', good, count=1)}</ns2:Object></ns2:Signature>", 1
    )


def answer_before_signature(good: str) -> str:
    """The good answer in the evil one, beside the signature."""
    evil = evil_answer(good, signed=True)
    return evil.replace("<ns2:Signature", f"{SIGNATURE.sub('', good, count=1)}<ns2:Signature", 1)


# the wrapping of signatures, in every place known: of the assertion (the provider signs around it), and of the whole answer. XSW1 to XSW8: the
# numbers of "On Breaking SAML: Be Whoever You Want to Be" (Somorovsky and others, USENIX Security 2012), by which testers know them
WRAPPED: dict[str, tuple[Answer, str]] = {
    "XSW3: another assertion before it": (Answer(signed=wrapped(lambda a: evil_of(a) + a)), "not_one_assertion"),
    "another assertion behind it": (Answer(signed=wrapped(lambda a: a + evil_of(a))), "not_one_assertion"),
    "XSW4: another around it, unsigned": (Answer(signed=wrapped(lambda a: with_advice(evil_of(a), a))), "unsigned"),
    "another around it, with its signature": (
        Answer(signed=wrapped(lambda a: with_advice(evil_of(a, signed=True), SIGNATURE.sub("", a)))), "signature_place"),
    "another with the same ID": (
        Answer(signed=wrapped(lambda a: with_advice(evil_of(a, signed=True, same_id=True), SIGNATURE.sub("", a)))), "double_id"),
    "XSW6: it stands in the signature of another": (Answer(signed=wrapped(in_object)), "signature_parts"),
    "it stands in the extensions": (
        Answer(signed=wrapped(lambda a: f"<ns0:Extensions{PREFIXES}>{SIGNATURE.sub('', a)}</ns0:Extensions>" + evil_of(a, signed=True))),
        "signature_place"),
    "XSW1: another answer, the good one in its signature": (Answer(sent=around(answer_in_object)), "double_id"),
    "XSW2: another answer, the good one beside its signature": (Answer(sent=around(answer_before_signature)), "double_id"),
    "XSW5: it stands behind another that has its signature": (
        Answer(signed=wrapped(lambda a: evil_of(a, signed=True) + SIGNATURE.sub("", a))), "not_one_assertion"),
    "XSW7: another with the same ID in the extensions": (
        Answer(signed=wrapped(lambda a: f"<ns0:Extensions{PREFIXES}>{evil_of(a, same_id=True)}</ns0:Extensions>{a}")), "double_id"),
    "XSW8: it stands without its signature in that of another": (Answer(signed=wrapped(in_object_alone)), "signature_parts"),
    "another in a strange element": (
        Answer(signed=wrapped(lambda a: f"<ns0:Extensions{PREFIXES}>{a}</ns0:Extensions>{evil_of(a)}")), "unsigned"),
    "two signatures": (
        Answer(signed=wrapped(lambda a: SIGNATURE.sub(lambda s: s[0] + s[0].replace("ID=", "x="), a, count=1))), "not_one_Signature"),
    "another answer before it": (Answer(sent=around(lambda it: evil_answer(it) + it)), "double_id"),
    "another answer, signed as the good one": (
        Answer(sent=around(lambda it: evil_answer(it, signed=True))), "signature_place"),
    "an unsigned answer": (Answer(sent=around(evil_answer)), "unsigned"),
    "the good answer in the head": (
        Answer(sent=lambda soap: soap.replace("<soap:Body>", f"<soap:Header>{ANSWER.search(soap)[0]}</soap:Header><soap:Body>")), "double_id"),
    "no envelope": (Answer(sent=lambda soap: ANSWER.search(soap)[0]), "envelope"),
}  # fmt: skip


def renamed(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [" + '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"  # fmt: skip
# changed afterwards, signed by somebody else or in a way that is too weak, or not XML that we read at all
FORGED: dict[str, tuple[Answer, str]] = {
    "another number": (Answer(signed=renamed("999993653", "999990019")), "signature"),
    "another level": (Answer(level=f"{CLASSES}MobileTwoFactorContract", signed=renamed("MobileTwoFactorContract", "SmartcardPKI")), "signature"),
    "not signed at all": (Answer(sign_assertion=False), "unsigned"),
    "the answer not signed": (Answer(sign_answer=False), "unsigned"),
    "digest by SHA-1": (Answer(algorithms=(RSA_SHA256, f"{SHA1}sha1")), "digest_method"),
    "signature by SHA-1": (Answer(algorithms=(f"{SHA1}rsa-sha1", SHA256)), "signature_method"),
    "our own certificate as a secret": (
        Answer(sent=renamed(RSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")), "signature_method"),
    "a reference to the whole document": (Answer(sent=lambda soap: re.sub(r'URI="#[^"]*"', 'URI=""', soap, count=1)), "signature_place"),
    "a reference to elsewhere": (
        Answer(sent=lambda soap: re.sub(r'URI="#[^"]*"', 'URI="http://127.0.0.1/"', soap, count=1)), "signature_place"),
    "a transform that chooses": (
        Answer(sent=renamed('<ns2:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
                            '<ns2:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>')), "signature_transforms"),
    "a transform by a program": (
        Answer(sent=renamed('<ns2:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
                            '<ns2:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>')), "signature_transforms"),
    "another form of the signature": (
        Answer(sent=renamed('<ns2:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
                            '<ns2:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"/>')),
        "signature_form"),
    "two references": (
        Answer(sent=lambda soap: re.sub(r"(<ns2:Reference .*?</ns2:Reference>)", r"\1\1", soap, count=1, flags=re.DOTALL)), "not_one_Reference"),
    "a file of ours": (Answer(sent=lambda soap: DOCTYPE + soap.replace("999993653", "&e;")), "document_type"),
    "a document that grows": (Answer(sent=lambda soap: LAUGHS + soap.replace("999993653", "&a11;")), "xml|document_type"),
    "an empty document type": (Answer(sent=lambda soap: "<!DOCTYPE x>" + soap), "document_type"),
    "an instruction in the number": (Answer(signed=renamed("999993653", "999<?x?>993653")), "document_type"),
    "no XML": (Answer(sent=lambda _: "ha"), "xml"),
    "nothing": (Answer(sent=lambda _: ""), "xml"),
    "cut off": (Answer(sent=lambda soap: soap[:2000]), "xml"),
    "very large": (Answer(sent=lambda soap: soap + " " * 1_100_000), "size"),
    "very deep": (Answer(sent=lambda soap: soap.replace("<soap:Body>", "<soap:Header>" + "<a>" * 5000 + "</a>" * 5000 + "</soap:Header><soap:Body>")),
                  "xml"),
}  # fmt: skip
