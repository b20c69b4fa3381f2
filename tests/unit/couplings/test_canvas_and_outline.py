"""Everything that the canvas offers, the list of steps does as well: each entry of the canvas beside what does it by keyboard."""

import re
from pathlib import Path

EDITOR = Path(__file__).parents[3] / "portal" / "assets" / "src" / "editor"
OFFERED = (EDITOR / "offered.js").read_text()
BY_KEYBOARD = "".join((EDITOR / name).read_text() for name in ("chosen.js", "outline.js", "core-fields.js"))
# of looks alone: nothing that a case does follows from it; a note is for who looks at the drawing
LOOKS = frozenset(
    {"append.text-annotation", "hand-tool", "lasso-tool", "space-tool", "tool-separator", "align-elements"}
)
# what an entry of the canvas begins with -> a text of the list of steps, or of the fields beside it
DONE_BY = {
    "global-connect-tool": '"connect", "Verbind"', "connect": '"connect", "Verbind"',
    "create.start-event": "Begin toevoegen", "create.": '"add", "Stap erna"',
    "append.": '"add", "Stap erna"',
    "delete": '"remove", "Verwijder"', "lane-": "Baan toevoegen",
    "replace-with-default-flow": "Deze pijl geldt als geen andere past", "replace-with-sequence-flow": "Deze pijl geldt als geen andere past",
    "replace": '"kind", "Ander soort"',
    "toggle-parallel-mi": "Voor ieder uit de lijst", "toggle-sequential-mi": "Voor ieder uit de lijst",
    "toggle-non-interrupting": "De stap stopt hierdoor",
}  # fmt: skip


def offered() -> list[str]:
    """The entries that the canvas offers: its palette, the pad at an element, the kinds to change into, and the markers."""
    lists = re.findall(r"const ([A-Z]+) = \[(.*?)\](\.map)?", OFFERED, re.DOTALL)
    return [
        f"{'replace-with-' if mapped else ''}{one}"
        for _, body, mapped in lists
        for one in re.findall(r'"([^"]+)"', body)
    ]


def test_s3_whatever_the_canvas_does_the_list_of_steps_does_by_keyboard() -> None:
    assert len(offered()) > 50
    by_start = sorted(DONE_BY, key=len, reverse=True)
    found = {
        one: "" if one in LOOKS else next((DONE_BY[start] for start in by_start if one.startswith(start)), "")
        for one in offered()
    }
    assert {one for one, text in found.items() if not text} == LOOKS
    assert {text for text in DONE_BY.values() if text not in BY_KEYBOARD} == set()
    assert set(DONE_BY) == {
        next(start for start in by_start if one.startswith(start)) for one, text in found.items() if text
    }


def test_s3_every_command_of_the_editor_is_used_by_the_list_of_steps() -> None:
    commands = re.findall(r"^  (\w+)\([^)]*\) \{$", (EDITOR / "commands.js").read_text(), re.MULTILINE)
    inner = {"preExecute", "constructor", "together", "put", "beginAndEnd", "frame", "arrow"}
    used = BY_KEYBOARD + (EDITOR / "page.js").read_text()
    assert [one for one in commands if one not in inner and f".{one}(" not in used] == []
