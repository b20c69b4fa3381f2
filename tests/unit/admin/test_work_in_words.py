"""Every kind of outgoing work has words for the administrator."""

from processes.jobs import outbox_kinds
from processes.reads.admin import attention


def test_no_kind_of_work_shows_its_code() -> None:
    assert set(attention.KINDS) == set(outbox_kinds.KINDS)
    assert all(" " in words and words[0].isupper() for words in attention.KINDS.values())
