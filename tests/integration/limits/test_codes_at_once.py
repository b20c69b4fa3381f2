"""T1: codes that are asked for at one moment are counted together: a script with many connections mails no more strangers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from kit.cases import rows
from kit.installation import nothing
from kit.people import TESS, citizen

from processes.actions import act
from processes.actions.profile import SaveProfile
from processes.base.actor import Actor
from processes.base.errors import Busy
from processes.post.own_addresses import OF_ONE_PERSON, TEMPLATE, TO_ONE_ADDRESS
from processes.storage.services import Services
from processes.storage.tables import MailRow

AT_ONCE = 24


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(nothing)


def saved_at_once(services: Services, typed: list[tuple[Actor, str]]) -> int:
    """How many codes left."""

    def save(one: tuple[Actor, str]) -> None:
        try:
            act(services, one[0], SaveProfile(one[1], "", news_by_mail=True))
        except Busy:  # a page that says so: no mail was sent
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, typed))
    return len(rows(services, MailRow, template=TEMPLATE))


def test_t1_one_person_with_many_connections_mails_no_more_addresses(services: Services) -> None:
    tess = citizen(services, TESS)
    assert saved_at_once(services, [(tess, f"iemand{n}@post.example") for n in range(AT_ONCE)]) == OF_ONE_PERSON


def test_t1_many_persons_at_one_moment_mail_one_address_no_more(services: Services) -> None:
    many = [Actor("citizen", f"{n:064}", f"Inwoner {n}") for n in range(AT_ONCE)]
    assert saved_at_once(services, [(one, "slachtoffer@post.example") for one in many]) == TO_ONE_ADDRESS
