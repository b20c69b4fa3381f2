"""A drawing that is spoilt somewhere is refused with a sentence, or edited into one that can still be read; nothing else happens."""

import contextlib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import read_model
from engine.canonical import canonical
from engine.edits import AddSetting, EditRefused, NewSetting, SetName, SetTimer, SetTranslation, apply, settings_of
from engine.errors import UnreadableModel

NAME = "zienswijze.bpmn"
DRAWING = (Path(__file__).parents[3] / "bpmn" / "zienswijze" / NAME).read_bytes()
STATUS = NewSetting("status", (("code", "a"), ("name", "b"), ("order", "1")))
EDITS = [
    SetName("GiveView", "x"), AddSetting("GiveView", (), STATUS), SetTimer("ViewReminder", "timeDate", "P1D"),
    SetTranslation("GiveView", (), "name", "Give"),
]  # fmt: skip
PIECES = [
    b'x:y="1" ', b"<x:z/>", b"<!-- -->", b"<![CDATA[a]]>", b"&#0;", b"&amp;", b'xmlns="" ', b'xmlns:q="" ', b"<a>", b"</a>", b'"',
    b">", b"\x00", b"\xff", b"<?x y?>", b' xml:space="preserve"', b'xmlns:case="other" ', b'id="GiveView" ', b'<q:q xmlns:q="u"/>',
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(100, len(DRAWING)), st.sampled_from(PIECES), st.sampled_from(EDITS))
def test_s6_a_spoilt_drawing_is_refused_or_stays_readable(at, piece, edit):
    spoilt = DRAWING[:at] + piece + DRAWING[at:]
    with contextlib.suppress(EditRefused):
        changed = apply({NAME: spoilt}, edit)
        assert settings_of(changed)
        assert read_model(changed[NAME]).model is not None
    with contextlib.suppress(UnreadableModel):
        assert canonical(canonical(spoilt)) == canonical(spoilt)
