"""Pages of a department behind its link. Every read takes the token and raises LinkGone for one that does not work."""

from processes.reads.department.asked import RequestPage, Wanted, read_request
from processes.reads.department.delivered import DeliveredFile, DeliveryPage, read_delivery
from processes.reads.department.door import (
    AskedForm,
    PublishedFile,
    enter,
    mailbox_behind,
    only_department,
    read_filed_words,
    read_publication,
    read_task,
)
from processes.reads.department.dossier import DossierPage, OpenForm, OpenRequest, read_dossier
from processes.reads.department.history import Entry, Publication, read_published
from processes.reads.department.messages import MessagePage, read_message
from processes.reads.department.networks import CodeNeeded, OutsideNetwork
from processes.reads.department.overview import (
    MailboxChoice,
    MailboxPage,
    OpenDossier,
    link_from_mailbox,
    mailbox_name,
    read_mailbox,
)
from processes.reads.department.people import DossierDecision, PartyShown
from processes.reads.department.replies import ReplyPage, departments_to_ask, read_reply

__all__ = [
    "AskedForm",
    "CodeNeeded",
    "DeliveredFile",
    "DeliveryPage",
    "DossierDecision",
    "DossierPage",
    "Entry",
    "MailboxChoice",
    "MailboxPage",
    "MessagePage",
    "OpenDossier",
    "OpenForm",
    "OpenRequest",
    "OutsideNetwork",
    "PartyShown",
    "Publication",
    "PublishedFile",
    "ReplyPage",
    "RequestPage",
    "Wanted",
    "departments_to_ask",
    "enter",
    "link_from_mailbox",
    "mailbox_behind",
    "mailbox_name",
    "only_department",
    "read_delivery",
    "read_dossier",
    "read_filed_words",
    "read_mailbox",
    "read_message",
    "read_publication",
    "read_published",
    "read_reply",
    "read_request",
    "read_task",
]
