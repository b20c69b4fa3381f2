"""The words of a filing for other eyes (J2): what is ours stays, also where its figures look like a telephone number."""

from processes.base.contact_details import LEFT_OUT
from processes.execution.filed_words import RECEIPT, FiledAnswer, FiledWords, for_others


def test_j2_our_own_receipt_is_never_taken_for_a_telephone_number():
    words = FiledWords("Nazending", ((RECEIPT, "ONT-0123456789"), ("Van", "0612345678")), (), (), ())
    assert for_others(words, (), {}).facts == ((RECEIPT, "ONT-0123456789"), ("Van", LEFT_OUT))


def test_j2_a_telephone_number_in_an_answer_is_left_out():
    words = FiledWords(
        "Nazending", ((RECEIPT, "ONT-0123456789"),), (), (FiledAnswer("Opmerking", "Bel 0612345678"),), ()
    )
    assert for_others(words, (), {}).answers == (FiledAnswer("Opmerking", f"Bel {LEFT_OUT}"),)
