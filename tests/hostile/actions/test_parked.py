"""A case that was parked and then ended stays ended, and a notice reaches who can still read it."""

from hostile_house import ADMIN, NOOR, TESS, intake, register, rows

from processes.actions import act
from processes.actions.course import RetryCase, Withdraw
from processes.actions.registering import NewParty
from processes.database.tables import Case, Instance, NoticeRow, Party, TaskRow
from processes.house import House
from processes.parking import park


def test_a_parked_case_that_was_withdrawn_is_not_woken_by_a_retry(house: House) -> None:
    number = register(house)
    intake(house)
    park(house, rows(house, Case)[0].id, "Iets ging mis")
    act(house, NOOR, Withdraw(number, "Per brief"))
    assert [row.alarm for row in rows(house, Case)] == [None]
    act(house, ADMIN, RetryCase(number))
    assert {row.status for row in rows(house, Instance)} == {"finished"}
    assert [row.name for row in rows(house, TaskRow) if row.state == "open"] == []


def test_d66_a_notice_does_not_stop_at_a_representative_who_died(house: House) -> None:
    lawyer = NewParty("representative", "Mr. Verzonnen", address="Weg 2", deceased=True)
    register(house, TESS, lawyer)
    names = {row.id: row.name for row in rows(house, Party)}
    assert [names[row.party_id] for row in rows(house, NoticeRow)] == ["Tess Testeling"]
