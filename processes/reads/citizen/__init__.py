"""What a citizen or company reads in the portal: only the own cases, through the one visibility function."""

from processes.reads.citizen.case_page import CasePage, LetterLine, MessageLine, Waiting, read_case, read_letter
from processes.reads.citizen.documents import DocumentLine, Receipt, blobs_in_use, document_to_send, read_receipt
from processes.reads.citizen.filing import CaseTypeChoice, StartPage, read_case_types, read_filed, read_start
from processes.reads.citizen.overview import Overview, Tile, read_overview
from processes.reads.citizen.profile import Profile, read_profile
from processes.reads.citizen.tasks import TaskPage, read_task

__all__ = [
    "CasePage",
    "CaseTypeChoice",
    "DocumentLine",
    "LetterLine",
    "MessageLine",
    "Overview",
    "Profile",
    "Receipt",
    "StartPage",
    "TaskPage",
    "Tile",
    "Waiting",
    "blobs_in_use",
    "document_to_send",
    "read_case",
    "read_case_types",
    "read_filed",
    "read_letter",
    "read_overview",
    "read_profile",
    "read_receipt",
    "read_start",
    "read_task",
]
