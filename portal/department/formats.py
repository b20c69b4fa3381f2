"""The formats that a department may send, as its page says them: exactly what the types of the drawing take (P10)."""

from processes.base.file_types import accepted_endings, codes_of, format_of, formats_in_words
from processes.post.converting import convertible
from processes.reads.department import DossierPage
from processes.storage.services import Services


def accepted(services: Services, page: DossierPage) -> str:
    """The `accept` text of the file field: the endings of all formats that may be sent."""
    return accepted_endings(_codes(services, page))


def formats_in(services: Services, page: DossierPage) -> str:
    """The same in words."""
    return formats_in_words(_codes(services, page))


def takes(services: Services, page: DossierPage, name: str) -> bool:
    """Whether a file with this name may be sent as some document."""
    return format_of(name) in codes_of(_codes(services, page))


def formats_by_type(services: Services, page: DossierPage) -> list[tuple[str, str]]:
    """The names of types with the formats that they take, types that take the same together; one line at least."""
    found: dict[str, list[str]] = {}
    for kind in page.types:
        made = convertible(services) if kind.archive else ()
        found.setdefault(formats_in_words([*kind.taken, *made]), []).append(kind.name)
    return [(", ".join(names), words) for words, names in found.items()]


def _codes(services: Services, page: DossierPage) -> list[str]:
    """The codes of the formats; of a type for the archive also those of which a PDF is made."""
    taken = [code for kind in page.types for code in kind.taken]
    made = convertible(services) if any(kind.archive for kind in page.types) else ()
    return list(dict.fromkeys([*taken, *made]))
