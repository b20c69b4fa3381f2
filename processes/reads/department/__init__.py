"""What a department sees through its link. Every read takes the token and raises LinkGone for one that does not work."""

from processes.reads.department.door import AskedForm, PublishedFile, enter, read_publication, read_task
from processes.reads.department.dossier import DossierPage, OpenRequest, OpenTask, read_dossier
from processes.reads.department.history import DeliveredFile, DeliveryPage, Entry, Publication, read_delivery
from processes.reads.department.people import ContestedDecision, PartyShown

__all__ = [
    "AskedForm", "ContestedDecision", "DeliveredFile", "DeliveryPage", "DossierPage", "Entry", "OpenRequest", "OpenTask",
    "PartyShown", "Publication", "PublishedFile", "enter", "read_delivery", "read_dossier", "read_publication", "read_task",
]  # fmt: skip
