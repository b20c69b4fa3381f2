"""The papers of a case in the groups in which a citizen looks for them, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from processes.reads.citizen.documents import CitizenDocumentLine
from processes.reads.citizen.letters import CitizenLetterLine

LETTERS: Final = "Brieven van ons"
PAPERS: Final = "Stukken van de zaak"
OWN: Final = "Door u gestuurd"
SHORT: Final = 4  # papers of a group that stand on the page at once; the rest is folded
LONG: Final = 12  # as many when they are new


@dataclass(frozen=True, slots=True)
class CitizenPaper:
    """A letter, a document, or a letter with its PDF."""

    at: datetime
    new: bool
    document: CitizenDocumentLine | None = None
    letter: CitizenLetterLine | None = None


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """`new`: how many papers of it the reader did not open yet."""

    name: str
    papers: tuple[CitizenPaper, ...]

    @property
    def new(self) -> int:
        return sum(paper.new for paper in self.papers)

    @property
    def first(self) -> tuple[CitizenPaper, ...]:
        """The papers that stand on the page at once: what is new, and else the newest."""
        return self.papers[: max(SHORT, self._last_new())]

    @property
    def rest(self) -> tuple[CitizenPaper, ...]:
        return self.papers[max(SHORT, self._last_new()) :]

    def _last_new(self) -> int:
        """How many papers there are up to the last new one, at most as many as a page holds."""
        return min(LONG, max((place for place, paper in enumerate(self.papers, 1) if paper.new), default=0))


def grouped(documents: Iterable[CitizenDocumentLine], letters: Iterable[CitizenLetterLine]) -> tuple[PaperGroup, ...]:
    """Only groups with something in them. `documents` are oldest first, `letters` newest first."""
    by_id = {document.id: document for document in documents}
    told = tuple(CitizenPaper(one.made_at, one.new, by_id.pop(one.document or "", None), one) for one in letters)
    rest = [CitizenPaper(one.added_at, one.new, one) for one in reversed(by_id.values())]
    own = tuple(paper for paper in rest if paper.document and (paper.document.own or paper.document.filed))
    others = tuple(paper for paper in rest if paper not in own)
    return tuple(PaperGroup(name, papers) for name, papers in ((LETTERS, told), (PAPERS, others), (OWN, own)) if papers)
