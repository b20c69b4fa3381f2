"""`zaakspoor adopt`: a drawing of another tool becomes a case type folder. Needs the engine and the law, and nothing of the case work."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from engine.adopting import Adopted, wrong_answer
from engine.adopting import adopt as adopt_drawing
from engine.edits import files_of
from engine.words import Severity
from portal.commands.speaking import counted, out, stop
from processes.law.retention_classes import retention_to_choose

FileArgument = Annotated[Path, typer.Argument(help="een tekening van een ander programma (BPMN 2.0)")]
ToOption = Annotated[Path | None, typer.Option("--to", help="de map die ervoor gemaakt wordt; zonder: alleen tonen")]
AnswerOption = Annotated[
    list[str] | None, typer.Option("--answer", help="antwoord op een vraag: code=antwoord; mag vaker")
]


def adopt(path: FileArgument, to: ToOption = None, answer: AnswerOption = None) -> None:
    if not path.is_file():
        stop(f"'{path}' bestaat niet. Geef een bestand met een tekening.")
    if to is not None and to.exists():
        stop(f"'{to}' bestaat al. Kies een map die er nog niet is.")
    given = dict(one.partition("=")[::2] for one in answer or ())
    adopted = adopt_drawing(path.read_bytes(), to.name if to else "", given, retention_to_choose())
    for question in adopted.questions:
        if question.code in given and (wrong := wrong_answer(question, given[question.code])):
            stop(f"'{given[question.code]}' is geen antwoord op {question.code}. {wrong}")
    if to is not None:
        write(adopted, to)
    tell(adopted)
    if to is not None:
        out.print(f"Gemaakt: {to}. Controleer met: zaakspoor lint {to}")
    if to is not None and adopted.folder.rehearsals:
        out.print(f"Speel de eerste zaak met: zaakspoor rehearse {to}")
    raise typer.Exit(1 if any(finding.severity == Severity.ERROR for finding in adopted.findings) else 0)


def tell(adopted: Adopted) -> None:
    for sentence in adopted.mended:
        out.print(f"- {escape(sentence)}")
    for question in adopted.questions:
        out.print(f"[yellow]?[/yellow] {escape(question.sentence)} [dim]({escape(question.code)})[/dim]")
        for code, words in question.options:
            out.print(f"     {escape(code)}: {escape(words)}")
        if not question.options:
            out.print(f"     {escape(question.proposal)}")
    for finding in adopted.findings:
        out.print(f"{escape(finding.element)}: {escape(finding.message)} [dim]({finding.code})[/dim]")
    out.print(counted(len(adopted.questions), "vraag met een voorstel", "vragen met een voorstel"))


def write(adopted: Adopted, to: Path) -> None:
    for name, data in files_of(adopted.folder).items():
        place = to / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
