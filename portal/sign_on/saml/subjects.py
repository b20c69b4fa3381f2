"""The person an assertion is about, in the words of each provider: out comes what a broker would tell in claims.

DigiD tells a BSN, in the NameID with a code of its sector, or encrypted as ActingSubjectID; with DigiD Machtigen also that of who is
represented (LegalSubjectID). eHerkenning tells a company (LegalSubjectID), a pseudonym of who acts for it, and in a chain of mandates the one
between (IntermediateSubjectID); a mandate may be for one branch (ServiceRestriction). eIDAS tells an identifier of another country and, where
there is one, a BSN. What cannot be used is refused, and never read as less than it says.
Source: DigiD koppelvlak SAML 3 and 4; Afsprakenstelsel Elektronische Toegangsdiensten, attributen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portal.sign_on.errors import NotForOthers, Restricted, SamlRefused
from portal.sign_on.restrictions import is_between, is_branch, is_restriction, restricted_to
from portal.sign_on.saml.answers import ExpectedAnswer
from portal.sign_on.saml.decrypting import decrypted
from portal.sign_on.saml.documents import Element, at_most_one, moment, one, tag, text_of
from portal.sign_on.saml.levels import level_of
from portal.sign_on.saml.own_keys import OwnKey

GDI: Final = "urn:nl-eid-gdi:1.0:"
CORE: Final = "urn:etoegang:core:"
SECTOR_OF_BSN: Final = "s00000000"
BSN_KINDS: Final = {f"{GDI}id:legacy-BSN", f"{GDI}id:BSN"}
KIND: Final = re.compile(
    r"urn:etoegang:1\.\d{1,2}:EntityConcernedID:(\w+)"
)  # the version of the agreements stands in it
OF_ACTING: Final = re.compile(r"urn:etoegang:1\.\d{1,2}:attribute:(\w+)")
OF_BETWEEN: Final = re.compile(r"urn:etoegang:1\.\d{1,2}:attribute-intermediate:(\w+)")
OF_REPRESENTED: Final = re.compile(r"urn:etoegang:1\.\d{1,2}:attribute-represented:(\w+)")


@dataclass(frozen=True, slots=True)
class ToldIdentifiers:
    """Identifiers by their kind, of who acts, of whom it is about and of who stands between; plain attributes of each by their name.

    `chain`: somebody stands between, whether we can read who or not. `branch`: the only part of the company that it is about.
    """

    acting: Mapping[str, str]
    legal: Mapping[str, str]
    between: Mapping[str, str]
    chain: bool
    branch: str
    of_acting: Mapping[str, str]
    of_represented: Mapping[str, str]
    of_between: Mapping[str, str]


def claims_of(assertion: Element, asked: ExpectedAnswer) -> dict[str, str]:
    """`bsn`, `kvk` or `eidas_id`, `loa` and `name`, where told `acting`, and of who acts for another `for` (an identity such as `bsn:...`),
    `for_name` and `branch`; `until`: the moment at which it stops to hold. What is not told is empty.

    Raises SamlRefused, NotForOthers for a mandate of a kind that we cannot use, and Restricted for one for a part that we do not know.
    """
    told = _told(assertion, asked)
    statement = one(assertion, "saml:AuthnStatement")
    context = one(statement, "saml:AuthnContext")
    ends = moment(statement, "SessionNotOnOrAfter")
    claims = {
        "loa": level_of(text_of(one(context, "saml:AuthnContextClassRef"))), "until": ends.isoformat() if ends else "",
    }  # fmt: skip
    return claims | BY_WAY[asked.way.way](assertion, told, asked)


def _digid(assertion: Element, told: ToldIdentifiers, asked: ExpectedAnswer) -> dict[str, str]:
    numbers, others = ({value for kind, value in of.items() if kind in BSN_KINDS} for of in (told.acting, told.legal))
    if told.branch or told.chain:
        raise Restricted
    if told.legal and (len(numbers) != 1 or len(others) != 1):
        raise NotForOthers
    if not told.acting:
        sector, _, number = text_of(_name_id(assertion, asked)).rpartition(":")
        if sector.lower() != SECTOR_OF_BSN:
            raise SamlRefused("sector")
        numbers = {number}
    if len(numbers) != 1:
        raise SamlRefused("subject")
    return {"bsn": numbers.pop(), "for": f"bsn:{others.pop()}" if others else ""}


def _eherkenning(assertion: Element, told: ToldIdentifiers, asked: ExpectedAnswer) -> dict[str, str]:  # noqa: ARG001 - one signature for all
    company, name = told.legal.get("KvKnr", ""), told.of_represented.get("CompanyName", "")
    found = {"kvk": company, "name": name, "acting": told.acting.get("Pseudo", ""), "branch": told.branch}
    if not told.chain:
        return {**found, "for": f"kvk:{company}" if told.branch else "", "for_name": name}
    between = told.between.get("KvKnr", "")
    if not between or not company:
        raise NotForOthers
    return {
        **found,
        "kvk": between,
        "name": told.of_between.get("CompanyName", ""),
        "for": f"kvk:{company}",
        "for_name": name,
    }


def _eidas(assertion: Element, told: ToldIdentifiers, asked: ExpectedAnswer) -> dict[str, str]:  # noqa: ARG001 - as above
    if told.branch or told.chain:
        raise Restricted
    person = " ".join(filter(None, (told.of_acting.get("FirstName", ""), told.of_acting.get("FamilyName", ""))))
    name = told.of_represented.get("CompanyName") or told.of_acting.get("CompanyName", "")
    foreign = told.acting.get("PseudoID") or told.acting.get("Pseudo") or ""
    company = told.legal.get("eIDASLegalIdentifier", "")
    if told.legal and not company:
        raise NotForOthers  # somebody is represented whom we know by another number
    return {
        "eidas_id": company or foreign, "bsn": "" if company else told.acting.get("BSN", ""),
        "name": name if company else person, "acting": foreign if company else "",
    }  # fmt: skip


BY_WAY: Final = {"digid": _digid, "eherkenning": _eherkenning, "eidas": _eidas}


def _told(assertion: Element, asked: ExpectedAnswer) -> ToldIdentifiers:
    statement = at_most_one(assertion, "saml:AttributeStatement")
    attributes = [] if statement is None else statement.findall(tag("saml:Attribute"))
    by_name: dict[str, list[Element]] = {}
    for each in attributes:
        by_name.setdefault(each.get("Name", ""), []).extend(each.findall(tag("saml:AttributeValue")))
    _is_for_service(by_name, asked)
    limits = {name: values for name, values in by_name.items() if is_restriction(name)}
    branches = [text_of(value) for name, values in limits.items() if is_branch(name) for value in values]
    legal = _identifiers(by_name, "LegalSubjectID", asked)
    if not legal and _values_of(by_name, "LegalSubjectID"):
        raise NotForOthers  # somebody is represented whose number only others can open
    return ToldIdentifiers(
        acting=_identifiers(by_name, "ActingSubjectID", asked),
        legal=legal,
        between=_identifiers(by_name, "IntermediateSubjectID", asked),
        chain=any(map(is_between, by_name)),
        branch=restricted_to(limits, branches),
        of_acting=_plain(by_name, OF_ACTING),
        of_represented=_plain(by_name, OF_REPRESENTED),
        of_between=_plain(by_name, OF_BETWEEN),
    )


def _plain(by_name: Mapping[str, list[Element]], wanted: re.Pattern[str]) -> dict[str, str]:
    """The attributes of this kind with one value: words to show, which decide about nothing."""
    return {
        found[1]: text_of(values[0])
        for name, values in by_name.items()
        if (found := wanted.fullmatch(name)) and len(values) == 1
    }


def _is_for_service(by_name: Mapping[str, list[Element]], asked: ExpectedAnswer) -> None:
    """An answer that was told for another service of the catalogue is not for us."""
    for wanted, names in (
        (asked.way.service.id, (f"{CORE}ServiceID",)),
        (asked.way.service.uuid, (f"{CORE}ServiceUUID", f"{GDI}ServiceUUID")),
    ):
        given = {text_of(value).lower() for name in names for value in by_name.get(name, ())}
        if wanted and given != {wanted.lower()}:
            raise SamlRefused("service")


def _values_of(by_name: Mapping[str, list[Element]], of: str) -> tuple[Element, ...]:
    return (*by_name.get(f"{CORE}{of}", ()), *by_name.get(f"{GDI}{of}", ()))


def _identifiers(by_name: Mapping[str, list[Element]], of: str, asked: ExpectedAnswer) -> dict[str, str]:
    """By kind; one kind with two values would leave a choice, and so is refused."""
    found: dict[str, str] = {}
    for value in _values_of(by_name, of):
        name = opened_name(value, asked.keys, asked.way.entity_id)
        if name is None:
            continue
        qualifier = name.get("NameQualifier", "")
        eherkenning = KIND.fullmatch(qualifier)
        kind = eherkenning[1] if eherkenning else qualifier
        if found.setdefault(kind, text_of(name)) != text_of(name):
            raise SamlRefused("double_identifier")
    return found


def opened_name(value: Element, keys: Sequence[OwnKey], receiver: str) -> Element | None:
    """The NameID in an element that was signed, opened when it is encrypted; None when it is for another than `receiver`."""
    closed = at_most_one(value, "saml:EncryptedID")
    if closed is None:
        return one(value, "saml:NameID")
    opened = decrypted(closed, keys, receiver, inside_signature=True)
    if opened is not None and opened.tag != tag("saml:NameID"):
        raise SamlRefused("decrypted_content")
    return opened


def name_id(assertion: Element, asked: ExpectedAnswer) -> Element | None:
    """The name of this person or of this session at the provider; None when none was given."""
    subject = one(assertion, "saml:Subject")
    given = subject.find(tag("saml:NameID")) is not None or subject.find(tag("saml:EncryptedID")) is not None
    return _name_id(assertion, asked) if given else None


def _name_id(assertion: Element, asked: ExpectedAnswer) -> Element:
    found = opened_name(one(assertion, "saml:Subject"), asked.keys, asked.way.entity_id)
    if found is None:
        raise SamlRefused("subject")
    return found
