"""C10: each text that a page of citizens or departments reads is known as ours or as somebody's own, so that no new one is changed unseen."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType

import pytest

from processes.base.checklist import SaidOfDocument
from processes.base.chosen_files import ChosenFile
from processes.base.uploads import Upload
from processes.base.written import typed_fields
from processes.execution.filed_words import FiledAnswer, FiledFile, FiledWords
from processes.post.frames import Frame
from processes.reads import citizen, department, public
from processes.reads.citizen.case_page import CasePage
from processes.reads.filed import FiledPage
from processes.storage.large_uploads import LargeFile

TEXTS = (str, str | None, tuple[str, ...], tuple[tuple[str, str], ...])
# by kind of value: words of the program and of case types, codes, numbers and addresses. A field with words of people is none of these:
# it has a type of processes/base/written.py
OURS = {
    "OwnBundle": "id form state why",
    "OwnBundles": "number title",
    "OwnBundleFile": "blob file_key media_type documents",
    "CaseMoment": "name title against",
    "DecisionLine": "outcome",
    "RelatedLine": "number title",
    "CasePage": "number title sentence result",
    "CoFilerLine": "state code",
    "ConfirmPage": "number title role",
    "CaseContact": "phone hours",
    "CitizenDocumentLine": "id reference kind sha256 filed scan",
    "GivenAnswer": "task name filed why",
    "AnswerFile": "id type",
    "ChangePage": "number title",
    "Receipt": "number title",
    "ReceiptFile": "name",
    "StartPage": "code title role",
    "Filed": "number title letters",
    "VisitorsReceipt": "number title",
    "WithheldPaper": "kind",
    "CitizenLetterLine": "channel document",
    "CitizenLetter": "number title",
    "NewThing": "number subject ref",
    "Tile": "number title status sentence result",
    "WithheldTile": "number title",
    "Overview": "broken",
    "_Around": "subject",
    "PaperGroup": "name",
    "Profile": "news_kinds channel language",
    "CitizenTaskPage": "id name number title explanation",
    "AskedOfCitizen": "task name",
    "Standing": "name answer result",
    "Wanted": "type type_name description",
    "RequestState": "title state task",
    "RequestPage": "title left state task",
    "DeliveredFile": "id type sha256 state",
    "DeliveryPage": "receipt title state number",
    "PublishedFile": "media_type blob case file_key",
    "AskedForm": "task name number explanation",
    "OpenRequest": "task name texts left told",
    "OpenForm": "task name",
    "DossierPage": "number case_type",
    "Entry": "title state where",
    "Publication": "id scan",
    "Asked": "what left",
    "OpenDossier": "number case_type",
    "ReplyPage": "kind title state",
    "PublishedLine": "id number result",
    "PublicDocument": "id reference media_type",
    "PublicPage": "body",
}  # fmt: skip


def kinds() -> Iterator[type]:
    """Every dataclass of the reads of these pages."""
    for package in (citizen, department, public):
        for one in pkgutil.iter_modules(package.__path__):
            yield from of_module(importlib.import_module(f"{package.__name__}.{one.name}"))


def of_module(module: ModuleType) -> Iterator[type]:
    for one in vars(module).values():
        if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.__name__:
            yield one


def test_c10_each_text_of_these_pages_is_ours_or_somebodys_own() -> None:
    found = {
        f"{kind.__name__}.{one.name}"
        for kind in kinds()
        for one in fields(kind)
        if one.type in TEXTS and one.name not in typed_fields(kind)
    }
    assert found == {f"{kind}.{name}" for kind, names in OURS.items() for name in names.split()}


@pytest.mark.parametrize(("kind", "names"), [
    (CasePage, "subject explanation on_behalf_of"), (FiledPage, "title"), (FiledWords, "title facts contact"), (FiledAnswer, "answer"),
    (FiledFile, "name"), (Upload, "name"), (ChosenFile, "title"), (LargeFile, "name"), (SaidOfDocument, "reason"), (Frame, "organisation"),
])  # fmt: skip
def test_c10_what_somebody_wrote_is_known_as_such(kind: type, names: str) -> None:
    assert set(names.split()) <= typed_fields(kind).keys()
