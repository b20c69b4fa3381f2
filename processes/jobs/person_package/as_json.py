"""The file for programs: the same data as the page, as JSON (AVG art. 20), made in pieces."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from processes.jobs.person_package.reading import PackageReader, ReadKind
from processes.jobs.person_package.wanted import WantedPackage
from processes.reads.person import Record, log_question


def json_pieces(
    wanted: WantedPackage,
    reader: PackageReader,
    numbers: Sequence[str],
    paths: Mapping[str, str],
    missing: Collection[str],
) -> Iterator[str]:
    """`{"pakket": {..}, "zaken": [{"zaaknummer":, "gegevens": {kind: [record]}}], "buiten_de_zaken": {kind: [record]}, "logboek": text}`.

    Days and moments are ISO 8601; a record of a document names its file in the package.
    """
    yield f'{{"pakket": {_text(_about(wanted))},\n"zaken": ['
    for at, case in enumerate(reader.cases()):
        head = _text({"zaaknummer": case.number, "zaaktype": case.title, "rol": case.role})
        yield from (",\n" if at else "", head[:-1], ', "gegevens": ')
        yield from _kinds(case.kinds, paths, missing)
        yield "}"
    yield '],\n"buiten_de_zaken": '
    yield from _kinds(reader.beside(), paths, missing)
    yield f',\n"logboek": {_text(log_question(wanted.person, numbers))}}}\n'


def _about(wanted: WantedPackage) -> dict[str, Any]:
    return {
        "id": wanted.id, "kenmerk_van_de_persoon": wanted.person, "gezocht_met": wanted.kind, "reden": wanted.reference,
        "gevraagd_op": wanted.asked_at, "gemaakt_op": wanted.now, "soorten": sorted(wanted.chosen.kinds),
        "anderen_met_naam": wanted.chosen.others_named, "medewerkers_met_naam": wanted.chosen.staff_named,
    }  # fmt: skip


def _kinds(kinds: Iterable[ReadKind], paths: Mapping[str, str], missing: Collection[str]) -> Iterator[str]:
    yield "{"
    for at, kind in enumerate(kinds):
        yield f'{", " if at else ""}"{kind.code}": ['
        for number, record in enumerate(kind.records):
            yield f"{',' if number else ''}\n{_text(_record(record, paths, missing))}"
        yield "]"
    yield "}"


def _record(record: Record, paths: Mapping[str, str], missing: Collection[str]) -> dict[str, Any]:
    told = {name: value for name, value in record.fields.items() if value is not None}
    if record.document in paths:
        told["bestand"] = paths[record.document]
    elif record.document in missing:
        told["bestand_niet_te_lezen"] = True
    return {"titel": record.title, **({"beoordelen": record.mark} if record.mark else {}), **told}


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()
