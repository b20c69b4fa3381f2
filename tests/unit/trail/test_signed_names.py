"""The name under what somebody sends says for whom only where there was a mandate (C2)."""

from dataclasses import replace

from kit.people import TESS

from processes.base.actor import ON_BEHALF, Actor


def test_c2_a_typed_name_never_reads_as_a_mandate() -> None:
    visitor = Actor("citizen", "visitor:1", f"Jan{ON_BEHALF}Burgemeester Pietersen")
    assert ON_BEHALF not in visitor.signed
    assert replace(visitor, name=TESS.name).signed == TESS.name
