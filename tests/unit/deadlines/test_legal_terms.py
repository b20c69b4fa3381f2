"""What the linter is told of the law book."""

from engine.vocabulary import PROCEDURE
from processes.law import default_book
from processes.law.for_linter import legal_terms

TERMS = legal_terms(default_book())


def test_every_procedure_is_one_that_a_case_type_can_name():
    for term in TERMS.values():
        assert [PROCEDURE(name) for name in term.procedures] == list(term.procedures)


def test_variants_extension_and_consent_of_a_rule_come_together():
    assert TERMS["awb-7-10"].procedures == ("bezwaar",)
    assert set(TERMS["awb-7-10"].variants) == {
        "standard", "committee", "late", "late-committee", "court", "no-decision", "no-decision-committee",
    }  # fmt: skip
    assert set(TERMS["awb-7-10"].retired) == {"no-decision", "no-decision-committee"}
    assert TERMS["awb-7-10"].extends
    assert TERMS["awb-7-10"].consents


def test_a_hearing_before_a_court_in_a_hurry_is_not_for_a_complaint_and_cannot_be_extended():
    assert TERMS["awb-8-83"].procedures == ("voorlopige_voorziening",)
    assert not TERMS["awb-8-83"].extends


def test_the_term_to_object_goes_for_every_procedure():
    assert TERMS["awb-6-7"].procedures == ()
