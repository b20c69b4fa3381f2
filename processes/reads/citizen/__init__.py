"""Pages of a citizen or company in the portal: only the own cases, through the one visibility function."""

from processes.base.actor import UNKNOWN_NAME
from processes.reads.case_type_choice import CaseTypeChoice
from processes.reads.citizen.address import find_address, finds_addresses
from processes.reads.citizen.answers import ChangePage, read_change
from processes.reads.citizen.bundles import OwnBundles, own_bundle_file, read_own_bundles
from processes.reads.citizen.calendar import CaseMoment, read_calendar
from processes.reads.citizen.case_page import CasePage, MessageLine, read_case
from processes.reads.citizen.co_filers import CoFilerLine, ConfirmPage, is_invitation, read_co_filer, read_joining
from processes.reads.citizen.contact import CaseContact, organisation_contact
from processes.reads.citizen.documents import (
    CitizenDocumentLine,
    Receipt,
    document_to_send,
    read_filed_words,
    read_receipt,
)
from processes.reads.citizen.filing import StartPage, read_case_types, read_filed, read_start
from processes.reads.citizen.letters import CitizenLetterLine, read_letter
from processes.reads.citizen.overview import Overview, Tile, WithheldTile, read_overview
from processes.reads.citizen.own_data import read_own_data
from processes.reads.citizen.profile import Profile, name_of_citizen, read_language, read_profile
from processes.reads.citizen.receipt_pdf import receipt_file
from processes.reads.citizen.tasks import CitizenTaskPage, read_task
from processes.reads.citizen.terms import AskedOfCitizen
from processes.reads.citizen.visitors import read_types_for_visitors, read_visitors_receipt, visitors_receipt_file

__all__ = [
    "UNKNOWN_NAME",
    "AskedOfCitizen",
    "CaseContact",
    "CaseMoment",
    "CasePage",
    "CaseTypeChoice",
    "ChangePage",
    "CitizenDocumentLine",
    "CitizenLetterLine",
    "CitizenTaskPage",
    "CoFilerLine",
    "ConfirmPage",
    "MessageLine",
    "Overview",
    "OwnBundles",
    "Profile",
    "Receipt",
    "StartPage",
    "Tile",
    "WithheldTile",
    "document_to_send",
    "find_address",
    "finds_addresses",
    "is_invitation",
    "name_of_citizen",
    "organisation_contact",
    "own_bundle_file",
    "read_calendar",
    "read_case",
    "read_case_types",
    "read_change",
    "read_co_filer",
    "read_filed",
    "read_filed_words",
    "read_joining",
    "read_language",
    "read_letter",
    "read_overview",
    "read_own_bundles",
    "read_own_data",
    "read_profile",
    "read_receipt",
    "read_start",
    "read_task",
    "read_types_for_visitors",
    "read_visitors_receipt",
    "receipt_file",
    "visitors_receipt_file",
]
