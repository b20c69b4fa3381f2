"""S14: what became of a form since somebody began with it, in words, and nothing that was typed is left out."""

import json
from typing import Any

import pytest

from engine.model import Choice, Value
from portal.forms import FormChanges, FormSchema, changes_between
from portal.received import Received

VALUES = {
    "way": Value("way", "Hoe", "choice", choices=(Choice("bel", "Bellen"), Choice("mail", "Mailen"))),
    "ways": Value("ways", "Hoe", "choice", list=True),
}
REASONS = {"type": "textarea", "key": "reasons", "label": "Waarom?"}
WAY = {"type": "radio", "key": "way", "label": "Hoe?"}
BOX = {"type": "checkbox", "key": "sure", "label": "Ik weet het zeker"}
PHOTO = {"type": "filepicker", "key": "photo", "label": "Foto"}
DECISIONS = {"type": "decisions", "key": "decisions", "label": "Welk besluit?"}
REQUIRED = {"validate": {"required": True}}
MAIL_ONLY = {"values": [{"value": "mail", "label": "Mailen"}]}


def schema(*components: dict[str, Any]) -> FormSchema:
    return FormSchema.parse(json.dumps({"components": components}).encode(), VALUES)


@pytest.mark.parametrize(
    ("before", "after", "typed", "expected"),
    [
        (REASONS, REASONS, {"reasons": "Te duur"}, FormChanges()),
        (REASONS, {**REASONS, "description": "Kort"}, {"reasons": "Te duur"}, FormChanges()),
        (REASONS, {**REASONS, "type": "textfield"}, {"reasons": "Te duur"}, FormChanges()),
        (REASONS, None, {"reasons": "Te duur\nen laat"}, FormChanges(gone=(("Waarom?", "Te duur\nen laat"),))),
        (REASONS, None, {"reasons": ""}, FormChanges()),
        (WAY, None, {"way": "bel"}, FormChanges(gone=(("Hoe?", "Bellen"),))),
        (BOX, None, {"sure": "ja"}, FormChanges(gone=(("Ik weet het zeker", "Aangekruist"),))),
        (DECISIONS, None, {"decision-0-subject": "Kap", "decision-0-number": ""}, FormChanges(gone=(("Welk besluit?", "Kap"),))),
        (WAY, {**WAY, **MAIL_ONLY}, {"way": "bel"}, FormChanges(choices=(("Hoe?", "Bellen"),))),
        (WAY, {**WAY, **MAIL_ONLY}, {"way": "mail"}, FormChanges()),
        (WAY, {**WAY, "type": "select"}, {"way": "bel"}, FormChanges()),
        (WAY, {**WAY, "type": "textfield"}, {"way": "bel"}, FormChanges(gone=(("Hoe?", "Bellen"),), asked=(("Hoe?", False),))),
        (REASONS, {**REASONS, "label": "Waarom niet?"}, {"reasons": "Te duur"}, FormChanges(reworded=(("Waarom?", "Waarom niet?"),))),
        (REASONS, {**REASONS, "label": "Waarom niet?"}, {}, FormChanges()),
        (None, {**REASONS, **REQUIRED}, {}, FormChanges(asked=(("Waarom?", True),))),
        (REASONS, {**REASONS, **REQUIRED}, {}, FormChanges(asked=(("Waarom?", True),))),
        (REASONS, {**REASONS, **REQUIRED}, {"reasons": "Te duur"}, FormChanges()),
        (PHOTO, None, {}, FormChanges(files=("Foto",))),
    ],
)  # fmt: skip
def test_s14_what_is_different_is_told_with_what_was_typed(
    before: dict[str, Any] | None, after: dict[str, Any] | None, typed: dict[str, str], expected: FormChanges
) -> None:
    was, now = (schema(*([one] if one else [])) for one in (before, after))
    assert changes_between(was, now, Received({name: [text] for name, text in typed.items()})) == expected
