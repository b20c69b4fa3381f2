"""The form that begins a case, one group of questions on a page (C8): which parts it has, and to which part a field belongs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portal.drafts import CHECK
from portal.forms import FormSchema, ShownField
from processes.execution.co_filers import PLACE
from processes.reads.citizen import StartPage

WHO, DECISION, STORY, FILES, CONTACT = "wie", "besluit", "verhaal", "bijlagen", "gegevens"
TITLES: Final = {
    WHO: ("Voor wie", "Voor wie is dit?"),
    DECISION: ("Het besluit", "Om welk besluit gaat het?"),
    STORY: ("Uw verhaal", "Uw verhaal"),
    FILES: ("Bijlagen", "Bijlagen"),
    CONTACT: ("Uw gegevens", "Hoe kunnen wij u bereiken?"),
    CHECK: ("Nakijken", "Kijk alles na"),
}
OF_OTHER: Final = frozenset({"voor", "other_name", "other_address"})
OF_CONTACT: Final = frozenset({"name", "email", "phone", "niet_bellen", "channel", "address", "postcode", "huisnummer"})


@dataclass(frozen=True, slots=True)
class FilingPart:
    """`name` stands in the list of steps, `title` above the page; `number` counts from 1."""

    code: str
    name: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class FilingParts:
    """The parts of one form in their order; the last is where everything is read once more."""

    parts: tuple[FilingPart, ...]
    questions: Mapping[str, str]  # the part of each question, by its key

    def find(self, code: str) -> FilingPart | None:
        """The part with this code, other than the last."""
        return next((one for one in self.parts[:-1] if one.code == code), None)

    @property
    def first(self) -> FilingPart:
        return self.parts[0]

    @property
    def last(self) -> FilingPart:
        return self.parts[-1]

    def before(self, part: FilingPart) -> FilingPart | None:
        return self.parts[part.number - 2] if part.number > 1 else None

    def after(self, part: FilingPart) -> FilingPart:
        return self.parts[part.number]

    def of(self, field: str) -> str:
        """The code of the part that asks this field; empty for what is about the whole form."""
        if field in OF_OTHER:
            return WHO
        if field in OF_CONTACT:
            return CONTACT
        if field.startswith(f"{PLACE}-"):
            return WHO
        if field.startswith("decision-"):
            return DECISION
        return self.questions.get(field, "")

    def wrong_in(self, part: FilingPart, errors: Mapping[str, str]) -> dict[str, str]:
        """The mistakes of one part, and those about the whole form."""
        return {name: sentence for name, sentence in errors.items() if self.of(name) in {part.code, ""}}

    def first_wrong(self, errors: Iterable[str]) -> FilingPart:
        """The first part in which something is wrong."""
        codes = {self.of(name) for name in errors}
        return next((one for one in self.parts[:-1] if one.code in codes), self.first)

    def shown(self, part: FilingPart, fields: Sequence[ShownField]) -> list[ShownField]:
        """The questions of this part; a text belongs to the question that follows it, and what stands before all questions to the first
        part.
        """
        found, texts, place = list[ShownField](), list[ShownField](), self.first.code
        for number, field in enumerate(fields):
            if not field.name:
                texts.append(field)
                continue
            before = self.first.code if number == len(texts) else self.of(field.name)
            found += texts if before == part.code else []
            place, texts = self.of(field.name), []
            found += [field] if place == part.code else []
        return found + (texts if place == part.code else [])


def parts_of(page: StartPage, schema: FormSchema) -> FilingParts:
    """The parts that this form has: those in which something is asked."""
    questions = {one.key: _of_type(one.type) for one in schema.components if one.key}
    asked = {*questions.values(), CONTACT, CHECK, *({WHO} if page.represented or page.together else ())}
    codes = [code for code in TITLES if code in asked]
    return FilingParts(
        tuple(FilingPart(code, *TITLES[code], number) for number, code in enumerate(codes, 1)), questions
    )


def _of_type(kind: str) -> str:
    return {"decisions": DECISION, "filepicker": FILES}.get(kind, STORY)
