"""Where in a drawing something stands that has a code of its own: the ids of the elements that say or use it."""

from collections.abc import Callable
from dataclasses import dataclass

from engine import Element, Model

Fits = Callable[[Element, str], bool]


@dataclass(frozen=True, slots=True)
class Places:
    """The elements of two versions that `fits` says belong to a code."""

    old: Model
    new: Model
    fits: Fits

    def now(self, code: str) -> tuple[str, ...]:
        """Elements of the new drawing; of a code that is gone, those that had it."""
        after = _of(self.new, self.fits, code)
        return after or tuple(one for one in _of(self.old, self.fits, code) if one in self.new.elements)


def _of(model: Model, fits: Fits, code: str) -> tuple[str, ...]:
    return tuple(one.id for one in model.elements.values() if fits(one, code))


def has_status(element: Element, code: str) -> bool:
    return element.status is not None and element.status.code == code


def has_deadline(element: Element, code: str) -> bool:
    return any(one.deadline == code for one in element.deadline_actions)


def has_result(element: Element, code: str) -> bool:
    return element.result is not None and element.result.type == code


def has_form(element: Element, file: str) -> bool:
    return element.form == file


def sends(element: Element, file: str) -> bool:
    """Whether the mail of this file, in whichever language, goes out here: as a mail, or with a request for documents."""
    template = file.partition(".")[0]
    asked = element.request.mail if element.request else None
    return template in {asked, element.mail.template if element.mail else None}


def nowhere(_element: Element, _code: str) -> bool:
    return False
