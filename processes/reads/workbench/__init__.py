"""Pages of the workbench. Every read takes its reader; a committee member sees only the cases on the agenda."""

from processes.reads.file_to_send import FileToSend
from processes.reads.workbench.agenda_lines import AgendaLine
from processes.reads.workbench.case_access import AccessPage, read_access
from processes.reads.workbench.case_lines import CaseLine
from processes.reads.workbench.case_list import (
    MOST_EXPORTED,
    NOBODY,
    CaseList,
    Filter,
    export_cases,
    read_cases,
)
from processes.reads.workbench.cases_of_person import CasesOfPerson, read_cases_of_person
from processes.reads.workbench.colleague_tasks import (
    AskColleaguePage,
    ColleagueTasksPage,
    PhonePage,
    read_ask_colleague,
    read_colleague_tasks,
    read_phone,
)
from processes.reads.workbench.correcting import CorrectPage, Move, foresee, read_correcting
from processes.reads.workbench.correcting_document import CorrectDocumentPage, read_correcting_document
from processes.reads.workbench.correcting_party import PartyPage, read_party
from processes.reads.workbench.decisions import DecisionPage, foresee_decision, read_decision
from processes.reads.workbench.disclosing import AskedDocument
from processes.reads.workbench.documents import (
    DocumentsPage,
    document_for,
    read_documents,
    read_readers,
)
from processes.reads.workbench.filed import FiledForStaff, read_filed_words
from processes.reads.workbench.group_joining import JoinPage, read_joining
from processes.reads.workbench.groups import GroupLine, GroupPage, read_group, read_groups
from processes.reads.workbench.head import Head
from processes.reads.workbench.hidden_document import HiddenPage, read_hidden
from processes.reads.workbench.history import HistoryPage, read_history
from processes.reads.workbench.inspection import PaperToInspect
from processes.reads.workbench.led_work import LedWork, read_led_work
from processes.reads.workbench.letter_begun import BeginLetterPage, read_begin_letter
from processes.reads.workbench.letter_drafts import LetterDraftLine, LetterDraftPage, read_letter_draft
from processes.reads.workbench.letters import LettersPage, read_letters
from processes.reads.workbench.looking_up import look_up, look_up_address
from processes.reads.workbench.main_case import KnownDecision, KnownParty, MainCase
from processes.reads.workbench.many import MOST_AT_ONCE, ChosenCases, read_chosen
from processes.reads.workbench.news import DeskCounts, NewsPage, read_concerned, read_desk_counts, read_desk_news
from processes.reads.workbench.of_case import NAMED, only_of_case
from processes.reads.workbench.on_drawing import OnDrawingPage, read_case_drawing, read_on_drawing
from processes.reads.workbench.overview import OverviewPage, read_overview
from processes.reads.workbench.parties import PartiesPage, read_parties
from processes.reads.workbench.penalty import CostsMoney, PenaltyPage, read_penalty
from processes.reads.workbench.post_item import (
    PostCase,
    PostFileLine,
    PostItemPage,
    find_cases,
    read_next_post,
    read_post_case,
    read_post_item,
)
from processes.reads.workbench.post_room import PostRoomPage, read_post_file, read_post_room
from processes.reads.workbench.pressing import PressPage, read_pressing
from processes.reads.workbench.print_pdf import print_file, print_labels
from processes.reads.workbench.print_queue import BatchPage, read_print_batch, read_print_queue
from processes.reads.workbench.reading_document import ReadingPage, ShownAs, read_reading
from processes.reads.workbench.registering import RegisterPage, read_case_types, read_registering
from processes.reads.workbench.reopening import ClosePage, ReopenPage, read_closing, read_reopening
from processes.reads.workbench.request_ask import AskPage, foresee_term, read_asking
from processes.reads.workbench.request_list import RequestFilter, RequestsShown, read_request_list
from processes.reads.workbench.requests import RequestsPage, read_requests
from processes.reads.workbench.returned_post import ReturnedPage, read_returned
from processes.reads.workbench.risk import MOST
from processes.reads.workbench.search import is_whole_number
from processes.reads.workbench.session_bundles import own_note, read_session_bundles, session_bundle_file
from processes.reads.workbench.sessions import (
    SessionLine,
    SessionPage,
    SessionsPage,
    SessionToPlan,
    read_session,
    read_session_to_plan,
    read_sessions,
)
from processes.reads.workbench.substitution import SubstitutionPage, read_substitution
from processes.reads.workbench.task import DeliveryToJudge, WorkerTaskPage, read_task
from processes.reads.workbench.terms import TermPage, read_term
from processes.reads.workbench.today import Today, read_next, read_today
from processes.reads.workbench.today_list import ASKED, NEWS, TASKS
from processes.reads.workbench.today_rows import Deed, TodayRow
from processes.reads.workbench.waiting import WaitingKind, WaitingPage, read_waiting
from processes.reads.workbench.whose import Whose

__all__ = [
    "ASKED",
    "MOST",
    "MOST_AT_ONCE",
    "MOST_EXPORTED",
    "NAMED",
    "NEWS",
    "NOBODY",
    "TASKS",
    "AccessPage",
    "AgendaLine",
    "AskColleaguePage",
    "AskPage",
    "AskedDocument",
    "BatchPage",
    "BeginLetterPage",
    "CaseLine",
    "CaseList",
    "CasesOfPerson",
    "ChosenCases",
    "ClosePage",
    "ColleagueTasksPage",
    "CorrectDocumentPage",
    "CorrectPage",
    "CostsMoney",
    "DecisionPage",
    "Deed",
    "DeliveryToJudge",
    "DeskCounts",
    "DocumentsPage",
    "FileToSend",
    "FiledForStaff",
    "Filter",
    "GroupLine",
    "GroupPage",
    "Head",
    "HiddenPage",
    "HistoryPage",
    "JoinPage",
    "KnownDecision",
    "KnownParty",
    "LedWork",
    "LetterDraftLine",
    "LetterDraftPage",
    "LettersPage",
    "MainCase",
    "Move",
    "NewsPage",
    "OnDrawingPage",
    "OverviewPage",
    "PaperToInspect",
    "PartiesPage",
    "PartyPage",
    "PenaltyPage",
    "PhonePage",
    "PostCase",
    "PostFileLine",
    "PostItemPage",
    "PostRoomPage",
    "PressPage",
    "ReadingPage",
    "RegisterPage",
    "ReopenPage",
    "RequestFilter",
    "RequestsPage",
    "RequestsShown",
    "ReturnedPage",
    "SessionLine",
    "SessionPage",
    "SessionToPlan",
    "SessionsPage",
    "ShownAs",
    "SubstitutionPage",
    "TermPage",
    "Today",
    "TodayRow",
    "WaitingKind",
    "WaitingPage",
    "Whose",
    "WorkerTaskPage",
    "document_for",
    "export_cases",
    "find_cases",
    "foresee",
    "foresee_decision",
    "foresee_term",
    "is_whole_number",
    "look_up",
    "look_up_address",
    "only_of_case",
    "own_note",
    "print_file",
    "print_labels",
    "read_access",
    "read_ask_colleague",
    "read_asking",
    "read_begin_letter",
    "read_case_drawing",
    "read_case_types",
    "read_cases",
    "read_cases_of_person",
    "read_chosen",
    "read_closing",
    "read_colleague_tasks",
    "read_concerned",
    "read_correcting",
    "read_correcting_document",
    "read_decision",
    "read_desk_counts",
    "read_desk_news",
    "read_documents",
    "read_filed_words",
    "read_group",
    "read_groups",
    "read_hidden",
    "read_history",
    "read_joining",
    "read_led_work",
    "read_letter_draft",
    "read_letters",
    "read_next",
    "read_next_post",
    "read_on_drawing",
    "read_overview",
    "read_parties",
    "read_party",
    "read_penalty",
    "read_phone",
    "read_post_case",
    "read_post_file",
    "read_post_item",
    "read_post_room",
    "read_pressing",
    "read_print_batch",
    "read_print_queue",
    "read_readers",
    "read_reading",
    "read_registering",
    "read_reopening",
    "read_request_list",
    "read_requests",
    "read_returned",
    "read_session",
    "read_session_bundles",
    "read_session_to_plan",
    "read_sessions",
    "read_substitution",
    "read_task",
    "read_term",
    "read_today",
    "read_waiting",
    "session_bundle_file",
]
