"""A case that was parked and then ended stays ended, and a notice reaches who can still read it."""

from hostile_kit import intake
from kit.cases import register_bezwaar, rows
from kit.people import FENNA, NOOR, TESS

from processes.actions import act
from processes.actions.course import RetryCase
from processes.actions.registering import NewParty
from processes.actions.withdrawing import Withdraw
from processes.execution.parking import park
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, NoticeRow, Party, TaskRow


def test_a_parked_case_that_was_withdrawn_is_not_woken_by_a_retry(services: Services) -> None:
    number = register_bezwaar(services)
    intake(services)
    park(services, rows(services, Case)[0].id, "Iets ging mis")
    act(services, NOOR, Withdraw(number, "Per brief"))
    assert [row.alarm for row in rows(services, Case)] == [None]
    act(services, FENNA, RetryCase(number))
    assert {row.phase for row in rows(services, Instance)} == {"finished"}
    assert [row.name for row in rows(services, TaskRow) if row.state == "open"] == []


def test_d66_a_notice_does_not_stop_at_a_representative_who_died(services: Services) -> None:
    lawyer = NewParty("representative", "Mr. Verzonnen", address="Weg 2", deceased=True)
    register_bezwaar(services, TESS, lawyer)
    names = {row.id: row.name for row in rows(services, Party)}
    assert [names[row.party_id] for row in rows(services, NoticeRow)] == ["Tess Testeling"]
