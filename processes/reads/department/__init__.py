"""Pages of a department behind its link. Every read takes the token and raises LinkGone for one that does not work."""

from processes.reads.department.door import (
    AskedForm,
    PublishedFile,
    enter,
    only_department,
    read_filed_words,
    read_publication,
    read_task,
)
from processes.reads.department.dossier import DossierPage, OpenForm, OpenRequest, read_dossier
from processes.reads.department.history import DeliveredFile, DeliveryPage, Entry, Publication, read_delivery
from processes.reads.department.people import DossierDecision, PartyShown

__all__ = [
    "AskedForm", "DeliveredFile", "DeliveryPage", "DossierDecision", "DossierPage", "Entry", "OpenForm",
    "OpenRequest", "PartyShown", "Publication", "PublishedFile", "enter", "only_department", "read_delivery", "read_dossier",
    "read_filed_words", "read_publication", "read_task",
]  # fmt: skip
