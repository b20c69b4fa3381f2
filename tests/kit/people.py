"""Invented people of tests: staff with their roles, and parties of a case. Names and numbers are those of the demo."""

from dataclasses import replace

from processes.actions.registering import NewParty
from processes.base.actor import Actor
from processes.storage.services import Services

NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
PIET = Actor("staff", "piet", "Piet Behandelaar", frozenset({"worker"}))
SEM = Actor("staff", "sem", "Sem Beslisser", frozenset({"decider"}))
SEM_WHO_WORKS_TOO = replace(SEM, roles=frozenset({"worker", "decider"}))
ADA = Actor("staff", "ada", "Ada Griffier", frozenset({"committee"}))
FENNA = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
ARIE = Actor("staff", "arie", "Arie Archief", frozenset({"archivist"}))
BO = Actor("staff", "bo", "Bo Bewaarder", frozenset({"archivist"}))
VERA = Actor("staff", "vera", "Vera Vertrouwen", frozenset({"privacy"}))

TESS_BSN, ILSE_BSN, BRAM_BSN, YASMINA_BSN = "bsn:999993653", "bsn:999991863", "bsn:999990676", "bsn:999993847"
TOGA_KVK = "kvk:90004760"
TESS = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal", email="tess@post.example")
BRAM = NewParty("objector", "Bram van Proefhuizen", identity=BRAM_BSN, channel="portal")
ILSE = NewParty("objector", "Ilse Namaak", identity=ILSE_BSN, channel="portal")
YASMINA = NewParty("third_party", "Yasmina el Voorbeeld", identity=YASMINA_BSN, channel="portal")
TOGA = NewParty("representative", "mr. P. Toga", "company", identity=TOGA_KVK, channel="portal")


def citizen(services: Services, party: NewParty) -> Actor:
    """Who this party is when signed in."""
    return Actor("citizen", services.secrets.index(party.identity or ""), party.name)


def department(services: Services, dossier: int, name: str = "Parkeren") -> Actor:
    """Who answers by the link of this dossier."""
    return Actor("department", f"department:{dossier}", name, dossier=dossier)
