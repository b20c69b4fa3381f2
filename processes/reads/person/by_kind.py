"""The function that reads the records of each kind of data from one case; `account` belongs to no case."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from processes.reads.person import about_case, exchanged, traces, values
from processes.reads.person.case_of_person import CaseOfPerson
from processes.reads.person.records import Record
from processes.storage.words import PersonKind

RECORDS: Final[Mapping[PersonKind, Callable[[CaseOfPerson], Iterator[Record]]]] = {
    PersonKind.PARTY: about_case.party,
    PersonKind.CASE: about_case.case,
    PersonKind.VALUES: values.values,
    PersonKind.DOCUMENTS: exchanged.documents,
    PersonKind.LETTERS: exchanged.letters,
    PersonKind.MAILS: exchanged.mails,
    PersonKind.MESSAGES: exchanged.messages,
    PersonKind.NOTES: exchanged.notes,
    PersonKind.REQUESTS: exchanged.requests,
    PersonKind.LOOKS: traces.looks,
    PersonKind.ACTIONS: traces.actions,
    PersonKind.OTHER_DOCUMENTS: exchanged.other_documents,
    PersonKind.OTHER_MAILS: exchanged.other_mails,
}
