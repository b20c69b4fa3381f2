"""The invented people as actors: who does what in the cases that fill the demo."""

from collections.abc import Callable
from functools import partial

from processes.base.actor import Actor, ActorKind
from processes.demo.people import CITIZENS, STAFF, Citizen
from processes.storage.services import Services


def _as_citizen(person: Citizen, services: Services) -> Actor:
    return Actor(ActorKind.CITIZEN, services.secrets.index(person.identity), person.name)


CITIZEN_ACTORS: dict[str, Callable[[Services], Actor]] = {
    person.key: partial(_as_citizen, person) for person in CITIZENS
}
STAFF_ACTORS: dict[str, Actor] = {
    person.username: Actor(ActorKind.STAFF, person.number, person.name, frozenset(person.roles)) for person in STAFF
}
