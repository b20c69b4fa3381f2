"""The changes of one document: shown, given, taken away, corrected, followed by a new version, looked into, taken along."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from processes.actions import correcting_document, documents, keeping_hidden, new_version, own_bundles, sharing, showing
from processes.execution.unit_of_work import UnitOfWork

OF_DOCUMENTS: Final[Mapping[type, Callable[[UnitOfWork, Any], str]]] = {
    documents.AddDocuments: documents.add_documents,
    documents.ShowOnPortal: documents.show_on_portal,
    documents.GiveToDepartment: documents.give_to_department,
    documents.GiveToParty: documents.give_to_party,
    documents.RemoveDocument: documents.remove_document,
    showing.ShowSoon: showing.show_soon,
    showing.UndoShowing: showing.undo_showing,
    keeping_hidden.KeepHidden: keeping_hidden.keep_hidden,
    new_version.AddVersion: new_version.add_version,
    correcting_document.CorrectDocument: correcting_document.correct_document,
    own_bundles.MakeOwnBundle: own_bundles.make_own_bundle,
    sharing.ShareWithPerson: sharing.share_with_person,
}
