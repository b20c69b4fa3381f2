"""Invented people of tests: staff with their roles, and parties of a case. Names and numbers are those of the demo."""

from dataclasses import replace
from typing import Any

from processes.actions.registering import NewParty
from processes.base.actor import Actor, ActorKind
from processes.storage import staff, web_sessions
from processes.storage.services import Services
from processes.storage.tables import StaffRow
from processes.storage.web_sessions import SignIn

NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
PIET = Actor("staff", "piet", "Piet Behandelaar", frozenset({"worker"}))
SEM = Actor("staff", "sem", "Sem Beslisser", frozenset({"decider"}))
SEM_WHO_WORKS_TOO = replace(SEM, roles=frozenset({"worker", "decider"}))
ADA = Actor("staff", "ada", "Ada Griffier", frozenset({"committee"}))
FENNA = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
ARIE = Actor("staff", "arie", "Arie Archief", frozenset({"archivist"}))
BO = Actor("staff", "bo", "Bo Bewaarder", frozenset({"archivist"}))
LIES = Actor("staff", "lies", "Lies Leidinggever", frozenset({"lead"}))
VERA = Actor("staff", "vera", "Vera Vertrouwen", frozenset({"privacy"}))

TESS_BSN, ILSE_BSN, BRAM_BSN, YASMINA_BSN = "bsn:999993653", "bsn:999991863", "bsn:999990676", "bsn:999993847"
TOGA_KVK = "kvk:90004760"
TESS = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal", email="tess@post.example")
BRAM = NewParty("objector", "Bram van Proefhuizen", identity=BRAM_BSN, channel="portal")
ILSE = NewParty("objector", "Ilse Namaak", identity=ILSE_BSN, channel="portal")
YASMINA = NewParty("third_party", "Yasmina el Voorbeeld", identity=YASMINA_BSN, channel="portal")
TOGA = NewParty("representative", "mr. P. Toga", "company", identity=TOGA_KVK, channel="portal")


def known(services: Services, actor: Actor, email: str | None = None) -> Actor:
    """A member of staff who has signed in before, in a transaction of its own."""
    with services.sessions.begin() as session:
        staff.remember(session, actor, email)
    return actor


def signed_in(services: Services, actor: Actor, **more: Any) -> SignIn:
    """A new session of somebody, whose roles are those that the provider would tell now."""
    if actor.kind == ActorKind.STAFF:
        with services.sessions.begin() as session:
            before = session.get(StaffRow, actor.subject)
            staff.remember(session, actor, before.email if before else None, before.username if before else None)
    return web_sessions.create(services, actor.kind, actor.subject, actor.name, actor.roles, **more)


def citizen(services: Services, party: NewParty) -> Actor:
    """Who this party is when signed in."""
    return Actor("citizen", services.secrets.index(party.identity or ""), party.name)


def department(services: Services, dossier: int, name: str = "Parkeren") -> Actor:
    """Who answers by the link of this dossier."""
    return Actor("department", f"department:{dossier}", name, dossier=dossier)
