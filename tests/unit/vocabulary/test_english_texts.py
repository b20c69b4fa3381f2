"""Each text of a drawing that a citizen or department reads has a field for its English, and who asks for English reads it."""

import pytest
from kit.cases import shipped

from engine import read_model
from engine.edits import (
    AddSetting,
    Files,
    NewSetting,
    SetDocumentation,
    SetSetting,
    SetTranslation,
    apply,
    apply_all,
    files_of,
    settings_of,
)
from engine.translating import form_part_in, in_language, mail_in
from engine.vocabulary import SHAPES, KindName
from portal.forms import FormSchema
from processes.law.default_book import default_book
from processes.reads.studio import ENGLISH_PREFIX
from processes.reads.studio.setting_fields import Offers, fields_of

SMALL = files_of(shipped("ingebrekestelling"))
TASK = next(
    one for one in settings_of(SMALL) if one.kind == "userTask" and any(two.name == "form" for two in one.settings)
)
OFFERS = Offers((), {}, {}, default_book())
TRANSLATED = [(name, of) for name, shape in SHAPES.items() for of in shape.translated]
# texts of the vocabulary that no citizen or department reads: names of things, of files, of articles, and what staff read
OF_STAFF = {
    "caseType.prefix", "caseType.publishedFrom", "caseType.selectielijst", "role.generic",
    "assignment.lane", "assignment.notSameAs", "onDemand.label", "checklistPoint.title", "onDemand.message", "withdrawal.until", "withdrawal.mail",
    "choice.value", "input.title", "output.title", "deadline.rule", "deadlineAction.ground", "documentRequest.mail", "documentRequest.partyFields",
    "mail.template", "form.schema", "resultType.retention", "retention.rule", "parameter.name",
    "translation.of", "translation.text",
}  # fmt: skip


@pytest.mark.parametrize(("name", "of"), TRANSLATED)
def test_s1_each_text_that_people_read_has_a_field_for_its_english(name: str, of: str) -> None:
    fields = [one.name for one in fields_of(SHAPES[name], None, OFFERS)]
    dutch = of if of in SHAPES[name].attributes else f"text.{of}"
    assert fields.index(f"{ENGLISH_PREFIX}{of}") == fields.index(dutch) + 1


def test_s1_a_text_of_the_vocabulary_has_english_or_is_read_by_staff_alone() -> None:
    texts = {
        f"{name}.{one}"
        for name, shape in SHAPES.items()
        for one, attribute in shape.attributes.items()
        if attribute.kind.name in {KindName.TEXT, KindName.COMMAS}
    }
    assert texts - {f"{name}.{of}" for name, of in TRANSLATED} == OF_STAFF


def test_s1_who_asks_for_english_reads_it_and_dutch_where_there_is_none() -> None:
    """One text of each kind, all translated, read again from the drawing."""
    files, asked = with_each_text(), {}
    elements = settings_of(files)
    for element in elements:
        for one in _with_inside(element.settings):
            for of in one.shape.translated:
                if (one.name, of) not in asked and (of in one.values or any(in_.name == of for in_ in one.inside)):
                    asked[one.name, of] = f"In English: {one.name} {of}"
                    files = apply(files, SetTranslation(element.id, one.path, of, asked[one.name, of]))
    for of in ("name", "documentation"):
        files = apply(files, SetTranslation(TASK.id, (), of, f"In English: {of} of a task"))
    model = read_model(files["ingebrekestelling.bpmn"]).model
    told, dutch = repr(in_language(model, "en")), repr(in_language(model, "nl"))
    assert set(asked) == set(TRANSLATED)
    for text in (*asked.values(), "In English: name of a task", "In English: documentation of a task"):
        # once where it is read, beside the row that says it
        assert (text, told.count(text)) == (text, dutch.count(text) + 1)
    assert in_language(model, "nl") is model


def with_each_text() -> Files:
    document = NewSetting("document", (("type", "decision"), ("description", "Het besluit")))
    request = (("department", "'parkeren'"), ("term", "P3D"), ("mail", "x"))
    button = NewSetting(
        "onDemand", (("code", "ask"), ("label", "Vraag"), ("process", "stukkenverzoek")),
        inside=(NewSetting("documentRequest", request, inside=(document,)),),
    )  # fmt: skip
    edits = (
        AddSetting("ingebrekestelling", (), button),
        SetDocumentation(TASK.id, "Lees de brief."),
        SetSetting(TASK.id, (("form", 0),), "filedAs", "Beoordeling"),
    )
    return apply_all(SMALL, edits)


def _with_inside(settings):
    for one in settings:
        yield one
        yield from _with_inside(one.inside)


def test_s1_a_form_and_its_choices_are_shown_in_english() -> None:
    part = {
        "type": "select",
        "key": "a",
        "label": "Vraag",
        "description": "Uitleg",
        "properties": {"label.en": "Question"},
    }
    assert form_part_in(part, "en") == {**part, "label": "Question"}
    assert form_part_in(part, "nl") is part
    choice = b'{"label": "Ja", "value": "y", "properties": {"label.en": "Yes"}}'
    form = b'{"components": [{"type": "select", "key": "a", "label": "Vraag", "properties": {"label.en": "Question"}, "values": [%s]}]}'
    (shown,) = FormSchema.parse(form % choice, {}, "en").components
    assert (shown.label, [one.title for one in shown.choices]) == ("Question", ["Yes"])
    (shown,) = FormSchema.parse(form % choice, {}).components
    assert (shown.label, [one.title for one in shown.choices]) == ("Vraag", ["Ja"])


def test_s9_a_mail_is_read_in_english_where_there_is_one() -> None:
    mails = {"a.txt": b"Dutch", "a.en.txt": b"English", "b.txt": b"Dutch too"}
    assert [mail_in(mails, name, "en") for name in ("a.txt", "b.txt", "c.txt")] == [b"English", b"Dutch too", None]
    assert mail_in(mails, "a.txt", "nl") == b"Dutch"
