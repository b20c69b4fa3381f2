"""The post that waits in the demo: a paper for a case, a new objection by mail, a letter without a number, and what is not for us."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from processes.actions import act
from processes.actions.post_room import NewPost, TakeInPost
from processes.demo.cases import NOOR, DemoCases
from processes.demo.documents import paper
from processes.storage.words import PostItemChannel

LETTERS: Final[tuple[tuple[str, Mapping[str, Any]], ...]] = (
    ("Kentekenbewijs", {"channel": PostItemChannel.POST, "sender": "Tess Testeling"}),
    ("Bezwaarschrift terras", {"channel": PostItemChannel.MAIL, "sender": "Bram van Proefhuizen <bram@post.example>",
                               "subject": "Bezwaar tegen het terras", "words": "Hierbij maak ik bezwaar. De brief zit erbij."}),
    ("Scan zonder naam", {"channel": PostItemChannel.POST}),
    ("Uitnodiging beurs", {"channel": PostItemChannel.COUNTER, "subject": "Uitnodiging voor een beurs"}),
)  # fmt: skip


def post_comes_in(demo: DemoCases) -> None:
    """The post of this morning comes in; the first paper names the case about a permit."""
    number = demo.cases.get("permit", "")
    for title, known in LETTERS:
        told = {"subject": f"Bij {number}" if title == "Kentekenbewijs" and number else "", **known}
        piece = NewPost(received_on=demo.today, uploads=(paper(demo.services, title, "post"),), **told)
        act(demo.services, NOOR, TakeInPost((piece,)))


POST: Final[tuple[tuple[int, str, Callable[[DemoCases], None]], ...]] = (
    (73, "Er wacht post in de postkamer", post_comes_in),
)
