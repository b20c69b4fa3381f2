"""The page of a package: one HTML file that is read in a browser, printed, or given to a screen reader; made in pieces."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from processes.base.dutch import long_date, long_moment, yes_or_no
from processes.jobs.person_package.reading import PackageReader
from processes.jobs.person_package.wanted import WantedPackage
from processes.reads.person import KIND_WORDS, log_question
from processes.storage.current_settings import current_settings
from processes.storage.services import Services
from processes.storage.words import PersonKind


def page_pieces(
    services: Services, wanted: WantedPackage, reader: PackageReader, numbers: Sequence[str], paths: Mapping[str, str],
    missing: Collection[str],
) -> Iterator[str]:  # fmt: skip
    """`paths`: of each document whose file lies in the package; `missing`: the ids of those whose file could not be read."""
    left_out = [words.title for kind, words in KIND_WORDS.items() if kind not in wanted.chosen.kinds]
    return _template().generate(
        organisation=current_settings(services).organisation, wanted=wanted, cases=reader.cases(), beside=reader.beside(),
        numbers=numbers, paths=paths, missing=missing, left_out=left_out,
        notes=PersonKind.NOTES in wanted.chosen.kinds, log_question=log_question(wanted.person, numbers),
    )  # fmt: skip


@cache
def _template() -> Template:
    # a piece that is included is handed on line by line; a macro would first hold all records of a kind
    environment = Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(long_date=long_date, long_moment=long_moment, yes_or_no=yes_or_no)
    return environment.get_template("page.html")
