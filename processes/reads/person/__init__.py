"""All data of one person over all cases, as records: for the page of a data protection officer and for the package."""

from processes.reads.person.account import account_records
from processes.reads.person.by_kind import RECORDS
from processes.reads.person.case_of_person import CaseOfPerson, Chosen
from processes.reads.person.kinds import KIND_WORDS, KindWords
from processes.reads.person.log_lines import log_question
from processes.reads.person.records import Record, in_words

__all__ = [
    "KIND_WORDS", "RECORDS", "CaseOfPerson", "Chosen", "KindWords", "Record", "account_records", "in_words", "log_question",
]  # fmt: skip
