"""People at the provider of `kit.saml_provider`: how DigiD, eHerkenning and eIDAS each tell who somebody is, encrypted for us."""

from pathlib import Path
from typing import Any, Protocol

from kit.saml_encryption import encrypted, name_id
from kit.saml_keys import certificate_in
from kit.saml_portal import SERVICE
from kit.saml_provider import Answer

GDI, CORE = "urn:nl-eid-gdi:1.0:", "urn:etoegang:core:"
KVK = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
BRANCH = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
LEVELS = "urn:etoegang:core:assurance-class:"


class OurSide(Protocol):
    """What a provider knows of us: the file with our key (of which only the certificate is read), and our name."""

    @property
    def own(self) -> Path: ...

    @property
    def entity_id(self) -> str: ...


def attribute(name: str, *values: str) -> str:
    given = "".join(f"<ns1:AttributeValue>{value}</ns1:AttributeValue>" for value in values)
    return f'<ns1:Attribute Name="{name}">{given}</ns1:Attribute>'


def closed(us: OurSide, value: str, qualifier: str, **how: Any) -> str:
    return encrypted(name_id(value, qualifier), certificate_in(us.own), us.entity_id, **how)


def of_digid(us: OurSide, *who: tuple[str, str], kind: str = "legacy-BSN") -> Answer:
    told = (attribute(f"{GDI}{of}SubjectID", closed(us, number, f"{GDI}id:{kind}")) for of, number in who)
    return Answer(attributes="".join(told))


def company(us: OurSide, *, more: str = "", service: str = SERVICE["service_uuid"], level: str = "loa3") -> Answer:
    told = (
        attribute(f"{CORE}ServiceID", SERVICE["service_id"]) + attribute(f"{CORE}ServiceUUID", service)
        + attribute(f"{CORE}LegalSubjectID", closed(us, "68750110", KVK))
        + attribute(f"{CORE}ActingSubjectID", closed(us, "A1B2C3@F9", "urn:etoegang:1.13:EntityConcernedID:Pseudo"))
        + attribute("urn:etoegang:1.11:attribute-represented:CompanyName", "Bouwbedrijf Van Loon")
        + more
    )  # fmt: skip
    return Answer(name="van-nu", level=f"{LEVELS}{level}", attributes=told)


def foreigner(us: OurSide, bsn: str = "") -> Answer:
    who = [("PL/NL/olena-0001", "urn:etoegang:1.12:EntityConcernedID:PseudoID")]
    who += [(bsn, "urn:etoegang:1.12:EntityConcernedID:BSN")] if bsn else []
    told = attribute(f"{CORE}ActingSubjectID", *(closed(us, value, kind) for value, kind in who))
    told += attribute("urn:etoegang:1.9:attribute:FirstName", "Olena")
    told += attribute("urn:etoegang:1.9:attribute:FamilyName", "Fantazja")
    return Answer(name="van-nu", level=f"{LEVELS}loa3", attributes=told)


def for_branch(number: str) -> str:
    """Attributes of a mandate for one branch of a company."""
    return attribute(BRANCH, number) + attribute("urn:etoegang:1.9:ServiceRestriction:SubdossierNr", "0001")


def by_office(us: OurSide) -> str:
    """Attributes of a chain: an office acts for the company."""
    told = attribute(f"{CORE}IntermediateSubjectID", closed(us, "90004760", KVK))
    return told + attribute("urn:etoegang:1.13:attribute-intermediate:CompanyName", "Kantoor Toga")
