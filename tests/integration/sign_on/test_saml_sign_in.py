"""Whole sign-ins over SAML, with a provider of another make: DigiD, eHerkenning and eIDAS as each of them tells who somebody is."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from kit.browser import TestClient, hidden_fields
from kit.installation import BASE
from kit.log_lines import log_lines
from kit.saml_encryption import encrypted, name_id
from kit.saml_keys import Authority, certificate_in
from kit.saml_people import (
    BRANCH,
    CORE,
    GDI,
    KVK,
    attribute,
    by_office,
    closed,
    company,
    for_branch,
    foreigner,
    of_digid,
)
from kit.saml_portal import SERVICE, SamlPortal, saml_portal
from kit.saml_provider import CLASSES, Answer
from kit.sign_on import sessions
from kit.small_portal import services_of

from processes.storage.web_sessions import load

digid = pytest.mark.parametrize("by_way", ["digid"], indirect=True)
eherkenning = pytest.mark.parametrize("by_way", ["eherkenning"], indirect=True)
eidas = pytest.mark.parametrize("by_way", ["eidas"], indirect=True)
NAME_ID = re.compile(r"<(\w+):NameID\b.*?</\1:NameID>", re.DOTALL)
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"


def signed_in(portal: SamlPortal, answer: Answer | None = None) -> dict[str, Any]:
    """The identity in the session of somebody who came in, with its keyed index as `subject`."""
    client = TestClient(portal.client.app)
    came = portal.sign_in(answer, client)
    assert came.status_code == 200, (came.text, portal.provider.failed)
    services = services_of(client)
    session = load(services, client.cookies.get("zaakspoor-citizen"))
    assert session is not None
    return {"subject": session.subject, "name": session.name, **session.identity}


def index(portal: SamlPortal, identity: str) -> str:
    return services_of(portal.client).secrets.index(identity)


@digid
def test_d10_digid_by_saml_signs_in_with_the_bsn(by_way: SamlPortal) -> None:
    with log_lines() as lines:
        found = signed_in(by_way)
    assert found == {
        "subject": index(by_way, "bsn:999993653"), "name": "Onbekende naam", "bsn": "999993653", "level": "substantial",
    }  # fmt: skip
    told = [line for line in lines if line.get("log") == "security"]
    assert [(line["event"], line["outcome"], line["assurance"]) for line in told] == [("sign_in", "ok", "substantial")]


@digid
@pytest.mark.parametrize("method", ["gcm", "gcm128", "cbc"])
def test_d10_the_newer_interface_of_digid_encrypts_the_bsn(by_way: SamlPortal, method: str) -> None:
    """The name is then one of a moment, and only we can open who it is; a name for another receiver is passed over."""
    other = encrypted(name_id("999990019", f"{GDI}id:legacy-BSN"), certificate_in(by_way.own), "urn:een-andere")
    mine = closed(by_way, "999993653", f"{GDI}id:legacy-BSN", method=method)
    told = Answer(
        name="van-nu",
        level="http://eidas.europa.eu/LoA/high",
        attributes=attribute(f"{GDI}ActingSubjectID", other, mine),
    )
    found = signed_in(by_way, told)
    assert (found["subject"], found["level"]) == (index(by_way, "bsn:999993653"), "high")


@digid
def test_d10_an_encrypted_name_and_an_encrypted_assertion_are_read(by_way: SamlPortal) -> None:
    own, us = certificate_in(by_way.own), by_way.entity_id

    def with_names(assertion: str) -> str:
        names = ' xmlns:ns1="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ns2="http://www.w3.org/2000/09/xmldsig#"'
        return assertion.replace(":Assertion", f":Assertion{names}", 1)

    whole = Answer(encrypt=lambda it: encrypted(with_names(it), own, us, element="EncryptedAssertion"))
    assert signed_in(by_way, whole)["bsn"] == "999993653"


@digid
@pytest.mark.parametrize(
    ("answer", "status", "sentence"),
    [
        (Answer(status=(f"{STATUS}Responder", f"{STATUS}AuthnFailed")), 400, "Het inloggen is afgebroken"),
        (Answer(status=(f"{STATUS}Requester", f"{STATUS}NoAuthnContext")), 403, "niet sterk genoeg"),
        (Answer(level=f"{CLASSES}PasswordProtectedTransport"), 403, "niet sterk genoeg"),
        (Answer(level=f"{CLASSES}MobileTwoFactorContract"), 403, "niet sterk genoeg"),
        (Answer(level="urn:verzonnen"), 403, "niet sterk genoeg"),
        (Answer(name="s00000000:123456789"), 400, "Inloggen is niet gelukt"),
    ],
    ids=["stopped", "no context", "basic", "middle", "unknown", "no BSN"],
)  # fmt: skip
def test_d10_who_stops_or_is_too_weak_stays_outside(
    by_way: SamlPortal, answer: Answer, status: int, sentence: str
) -> None:
    client, before = TestClient(by_way.client.app), len(sessions(by_way.client))
    came = by_way.sign_in(answer, client)
    assert (came.status_code, sentence in came.text) == (status, True)
    assert len(sessions(client)) == before


@digid
def test_d10_who_acts_for_another_by_digid_comes_in_as_oneself_for_that_other(by_way: SamlPortal) -> None:
    found = signed_in(by_way, of_digid(by_way, ("Acting", "999993653"), ("Legal", "999990019")))
    assert found["subject"] == index(by_way, "bsn:999993653")
    assert (found["bsn"], found["for"], found["for_name"]) == ("999993653", "bsn:999990019", "Onbekende naam")


@digid
def test_d10_a_mandate_that_cannot_be_used_is_told_so_and_logged(by_way: SamlPortal) -> None:
    company = attribute(f"{GDI}LegalSubjectID", closed(by_way, "68750110", KVK))
    acting = of_digid(by_way, ("Acting", "999993653"))
    answers = {
        "NotForOthers": replace(acting, attributes=acting.attributes + company),
        "Restricted": replace(acting, attributes=acting.attributes + attribute(BRANCH, "000012345678")),
        "TooWeak": replace(acting, level=f"{CLASSES}PasswordProtectedTransport"),
    }
    for why, answer in answers.items():
        with log_lines() as lines:
            assert by_way.sign_in(answer, TestClient(by_way.client.app)).status_code == 403
        told = [(line["event"], line["outcome"], line["why"]) for line in lines if line.get("log") == "security"]
        assert told == [("sign_in", "failed", why)]


def for_others_alone(portal: SamlPortal, qualifier: str) -> str:
    """Who is represented, encrypted for another receiver."""
    hidden = encrypted(name_id("999990019", qualifier), certificate_in(portal.own), "urn:een-andere")
    return attribute(f"{CORE}LegalSubjectID", hidden)


@digid
def test_d10_who_is_represented_by_digid_and_cannot_be_read_is_not_passed_over(by_way: SamlPortal) -> None:
    told = Answer(attributes=for_others_alone(by_way, f"{GDI}id:legacy-BSN"))
    with log_lines() as lines:
        assert by_way.sign_in(told, TestClient(by_way.client.app)).status_code == 403
    assert [line["why"] for line in lines if line.get("log") == "security"] == ["NotForOthers"]


@eherkenning
def test_d11_eherkenning_by_saml_tells_company_and_who_acts(by_way: SamlPortal) -> None:
    """A name of who acts, or another attribute with the word of a branch, is neither the name of the company nor a restriction."""
    more = attribute("urn:etoegang:1.13:attribute:CompanyName", "Iemand Anders")
    more += attribute("urn:etoegang:1.13:attribute-represented:Vestigingsnr", "000012345678")
    assert signed_in(by_way, company(by_way, more=more)) == {
        "subject": index(by_way, "kvk:68750110"), "name": "Bouwbedrijf Van Loon", "kvk": "68750110", "level": "substantial",
        "acting": "A1B2C3@F9", "until": ANY, "named": "yes",
    }  # fmt: skip
    assert signed_in(by_way, company(by_way, level="loa4"))["level"] == "high"


@eherkenning
@pytest.mark.parametrize(
    "told",
    [
        attribute(BRANCH, "000012345678", "000087654321"), attribute(BRANCH, ""), attribute(BRANCH), attribute(BRANCH, "12345678"),
        attribute("urn:etoegang:1.9:ServiceRestriction:SubdossierNr", "0001"), attribute("urn:etoegang:2.0:ServiceRestriction:Iets", "x"),
        attribute(BRANCH, "000012345678") + attribute("urn:etoegang:2.0:ServiceRestriction:Iets", "x"),
    ],
    ids=["two", "empty", "no value", "too short", "old kind", "unknown kind", "beside an unknown one"],
)  # fmt: skip
def test_c14_a_mandate_for_a_branch_does_not_open_the_whole_company(by_way: SamlPortal, told: str) -> None:
    client, before = TestClient(by_way.client.app), len(sessions(by_way.client))
    came = by_way.sign_in(company(by_way, more=told), client)
    assert (came.status_code, "geldt voor een deel van het bedrijf" in came.text) == (403, True)
    assert len(sessions(client)) == before


@eherkenning
def test_c14_d11_a_mandate_for_a_branch_and_a_chain_are_told_by_eherkenning(by_way: SamlPortal) -> None:
    found = signed_in(by_way, company(by_way, more=for_branch("000012345678")))
    assert (found["subject"], found["branch"]) == (index(by_way, "kvk:68750110/000012345678"), "000012345678")
    chain = signed_in(by_way, company(by_way, more=by_office(by_way)))
    assert chain.pop("until") > datetime.now(UTC).isoformat()  # the session ends when the provider says so
    assert {**chain, "acting": ""} == {
        "subject": index(by_way, "kvk:90004760"), "name": "Kantoor Toga", "kvk": "90004760", "level": "substantial", "acting": "",
        "for": "kvk:68750110", "for_name": "Bouwbedrijf Van Loon", "named": "yes",
    }  # fmt: skip
    unknown = attribute(f"{CORE}IntermediateSubjectID", closed(by_way, "1", "urn:etoegang:1.9:EntityConcernedID:RSIN"))
    nameless = attribute("urn:etoegang:1.13:attribute-intermediate:CompanyName", "Kantoor Toga")
    for more in (unknown, nameless):
        assert by_way.sign_in(company(by_way, more=more), TestClient(by_way.client.app)).status_code == 403


@eherkenning
def test_d11_a_session_is_made_only_when_nothing_can_refuse_any_more(by_way: SamlPortal) -> None:
    """The name of the session is for another receiver: the company is known, and yet nobody comes in."""
    closed_name = encrypted(name_id("van-nu", "urn:naam"), certificate_in(by_way.own), "urn:een-andere")
    spoilt = replace(company(by_way), unsigned=lambda text: NAME_ID.sub(lambda _: closed_name, text, count=1))
    client, before = TestClient(by_way.client.app), len(sessions(by_way.client))
    assert by_way.sign_in(spoilt, client).status_code == 400
    assert by_way.provider.failed == []
    assert len(sessions(client)) == before


@eherkenning
def test_d11_what_was_told_for_another_service_or_too_weakly_is_refused(by_way: SamlPortal) -> None:
    tries = [
        (company(by_way, service="0d2f8a54-1f0a-4f5e-8f39-000000000000"), 400), (company(by_way, level="loa2plus"), 403),
        (replace(company(by_way), attributes=attribute(f"{CORE}ServiceID", SERVICE["service_id"])), 400),
    ]  # fmt: skip
    found = [by_way.sign_in(answer, TestClient(by_way.client.app)).status_code for answer, _ in tries]
    assert found == [status for _, status in tries]


@eidas
@pytest.mark.parametrize(
    "kind", ["BSN", "PseudoID", "KvKnr", ""], ids=["a person", "a foreigner", "a Dutch company", "for others to read"]
)
def test_d12_who_is_represented_by_eidas_by_another_number_is_not_passed_over(by_way: SamlPortal, kind: str) -> None:
    """The person would act for themselves while they think to act for another."""
    of_kind = f"urn:etoegang:1.12:EntityConcernedID:{kind or 'eIDASLegalIdentifier'}"
    told = (
        attribute(f"{CORE}LegalSubjectID", closed(by_way, "999990019", of_kind))
        if kind
        else for_others_alone(by_way, of_kind)
    )
    answer = foreigner(by_way)
    with log_lines() as lines:
        came = by_way.sign_in(replace(answer, attributes=answer.attributes + told), TestClient(by_way.client.app))
    assert came.status_code == 403
    assert [line["why"] for line in lines if line.get("log") == "security"] == ["NotForOthers"]


@eidas
def test_d12_eidas_by_saml_tells_a_foreign_identifier_and_a_bsn_where_there_is_one(by_way: SamlPortal) -> None:
    assert signed_in(by_way, foreigner(by_way)) == {
        "subject": index(by_way, "eidas:PL/NL/olena-0001"), "name": "Olena Fantazja", "eidas": "PL/NL/olena-0001", "level": "substantial",
        "named": "yes",
    }  # fmt: skip
    known = signed_in(by_way, foreigner(by_way, "999993653"))
    assert (known["subject"], known["eidas"]) == (index(by_way, "bsn:999993653"), "PL/NL/olena-0001")


def test_d10_where_the_provider_takes_a_form_only_a_button_leads_there(tmp_path: Path) -> None:
    with saml_portal(tmp_path, provider={"post_only": True}, level="high") as portal:
        page = portal.client.get("/inloggen/start/digid", params={"terug": "/proef/wie"})
        there = f"https://127.0.0.1:{portal.provider.port}"
        assert f"form-action 'self' {there} https:" in page.headers["content-security-policy"]
        request = portal.provider.read_form(hidden_fields(page.text))
        wanted = request.message.requested_authn_context
        assert (wanted.comparison, wanted.authn_context_class_ref[0].text) == ("minimum", f"{CLASSES}SmartcardPKI")
        address, query = portal.provider.back(request)
        assert (
            portal.client.get(address, params=query).status_code == 403
        )  # substantial is below the level of the settings
        again = portal.provider.read_form(
            hidden_fields(portal.client.get("/inloggen/start/digid?terug=/proef/wie").text)
        )
        address, query = portal.provider.back(again, Answer(level=f"{CLASSES}SmartcardPKI"))
        assert portal.client.get(address, params=query).status_code == 200


def test_d10_keys_of_both_sides_roll_over_without_a_stop(tmp_path: Path) -> None:
    with saml_portal(tmp_path) as portal:
        metadata, provider = "/inloggen/saml/metadata/digid", portal.provider
        before, old = provider.metadata.read_text(), portal.own.read_bytes()
        # the provider announces its next key beside the one of now, and then signs with it
        provider.begin(portal.client.get(metadata).text, provider.authority.issue("volgende"))
        after = provider.metadata.read_text()
        key = _part(before, "KeyDescriptor")
        provider.metadata.write_text(
            after.replace(_part(after, "KeyDescriptor"), key + _part(after, "KeyDescriptor"), 1)
        )
        assert signed_in(portal)["bsn"] == "999993653"
        provider.metadata.write_text(before)
        assert portal.sign_in(client=TestClient(portal.client.app)).status_code == 400
        provider.metadata.write_text(after)
        # ours is replaced in its file: the provider takes the new metadata, and all goes on
        portal.own.write_bytes(provider.authority.issue("zaakspoor-2").read_bytes())
        assert old != portal.own.read_bytes()
        provider.begin(portal.client.get(metadata).text, provider.key)
        assert signed_in(portal)["bsn"] == "999993653"


def _part(text: str, name: str) -> str:
    start = text.rindex("<", 0, text.index(f":{name} "))
    end = text.index(f":{name}>", start) + len(name) + 2
    return text[start:end]


@digid
def test_d10_only_the_ways_that_were_set_are_offered(by_way: SamlPortal) -> None:
    """Outside production the simulator stands in for the others."""
    page = by_way.client.get("/inloggen").text
    assert "/inloggen/start/digid" in page
    assert "demonstratie" not in page
    assert by_way.client.get("/inloggen/saml/metadata/eidas").status_code == 404
    assert by_way.entity_id == f"{BASE}/inloggen/saml/metadata/digid"


def test_d10_a_stranger_key_is_no_key_of_ours(tmp_path: Path) -> None:
    """A file with the certificate of another key, or a weak one, is refused before anything is signed with it."""
    authority = Authority(tmp_path)
    first, second = (authority.issue(name).read_text() for name in ("een", "twee"))
    mixed = first.partition("-----BEGIN CERT")[0] + "-----BEGIN CERT" + second.partition("-----BEGIN CERT")[2]
    with saml_portal(tmp_path) as portal:
        for wrong in (mixed, "", first.partition("-----BEGIN CERT")[0], authority.issue("zwak", bits=1024).read_text()):
            portal.own.write_text(wrong)
            answer = portal.client.get("/inloggen/start/digid", follow_redirects=False)
            assert (answer.status_code, "nog niet goed ingesteld" in answer.text) == (503, True)
