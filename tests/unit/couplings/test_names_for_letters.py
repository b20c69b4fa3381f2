"""The names that the check of a text knows are those that the studio offers, each with what it stands for."""

from engine.lint.subject import CASE_FACTS, DECISION_FACTS, REQUEST_FACTS
from engine.lint.templates import FIXED_MAILS, MAIL_NAMES
from processes.post.document_mails import OURS
from processes.reads.studio.mail_names import FIXED


def test_s9_every_name_of_a_letter_is_offered_with_its_words() -> None:
    assert set(FIXED) == {*MAIL_NAMES, *CASE_FACTS, *DECISION_FACTS, *REQUEST_FACTS}.union(*FIXED_MAILS.values())


def test_o31_a_mail_with_a_fixed_name_has_a_text_of_ours_as_well() -> None:
    assert set(OURS) == set(FIXED_MAILS)
