"""How well drawings of others are adopted: `python -m tools.measure_adopting FOLDER`, over every .bpmn file under it.

Counted are the files with a process that begins, does something and comes to an end; the rest is told by reason. Each figure is a share of
those: lints without an error, plays to an end with first choices, with first or rotating choices, keeps every activity. With
`--rehearse N` the rehearsals that adopting wrote are played in the product, for N of those files.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from engine.adopting import adopt, plays
from engine.adopting.graph import TASKS, ForeignGraph
from engine.adopting.reading import read_graph
from engine.errors import EngineError
from engine.kernel.lenient import read_parts
from engine.kernel.reading import read_model
from engine.words import ElementKind, Severity
from processes.law.retention_classes import retention_to_choose
from processes.rehearsal import play_folder


@dataclass(frozen=True, slots=True)
class MeasuredFile:
    """`left_out`: why it does not count, empty when it does."""

    file: str
    left_out: str = ""
    codes: tuple[str, ...] = ()
    first: bool = False
    rotating: bool = False
    lost: int = 0
    questions: int = 0
    mended: int = 0
    seconds: float = 0.0
    crash: str = ""


def measure(path: Path) -> MeasuredFile:
    """One file; never raises."""
    try:
        data = path.read_bytes()
        graph = read_graph(read_parts(data))
        reason = _unfit(graph)
        if reason:
            return MeasuredFile(str(path), reason)
        began = time.perf_counter()
        adopted = adopt(data)
        seconds = time.perf_counter() - began
        first, rotating = plays(adopted)
        kept = read_model(adopted.folder.drawing).model
        names = Counter(element.name for element in kept.elements.values()) if kept else Counter()
        wanted = Counter(node.name for node in graph.nodes.values() if node.kind in TASKS and node.name)
        lost = sum((wanted - names).values())
        codes = tuple(sorted({one.code for one in adopted.findings if one.severity == Severity.ERROR}))
        return MeasuredFile(
            str(path), "", codes, first, rotating, lost, len(adopted.questions), len(adopted.mended), seconds
        )
    except EngineError as error:
        return MeasuredFile(str(path), f"unreadable: {type(error).__name__}")
    except Exception as error:  # noqa: BLE001 - a crash is a figure here
        return MeasuredFile(str(path), crash=f"{type(error).__name__}: {error}")


def rehearse(path: str) -> tuple[str, str]:
    """The file, and why its generated rehearsal does not pass; empty when it does."""
    try:
        folder = adopt(Path(path).read_bytes(), retention=retention_to_choose()).folder
        played = list(play_folder(folder, {}))
        problems = [problem for one in played for problem in one.problems]
        return path, " ".join(problems) if played else "no rehearsal"
    except Exception as error:  # noqa: BLE001 - a crash is a figure here
        return path, f"{type(error).__name__}: {error}"


def _unfit(graph: ForeignGraph) -> str:
    """Why a file has no process to play."""
    if not graph.nodes:
        return "empty"
    starts = [node.id for node in graph.nodes.values() if node.kind == ElementKind.START_EVENT]
    ends = {node.id for node in graph.nodes.values() if node.kind == ElementKind.END_EVENT}
    if not starts:
        return "no begin"
    if not ends:
        return "no end"
    if not any(node.kind in TASKS for node in graph.nodes.values()):
        return "no activity"
    reached, todo = set(starts), list(starts)
    while todo:
        at = todo.pop()
        on_border = [node.id for node in graph.nodes.values() if node.attached_to == at]
        for target in [*(flow.target for flow in graph.out(at)), *on_border]:
            if target not in reached:
                reached.add(target)
                todo.append(target)
    return "" if reached & ends else "no end reached"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="measure one file of so many")
    parser.add_argument("--show", type=int, default=10, help="how many files that fail are named per kind")
    parser.add_argument("--rehearse", type=int, default=0, help="play the generated rehearsals of so many files")
    given = parser.parse_args()
    files = sorted(given.folder.rglob("*.bpmn"))[:: given.every]
    with ProcessPoolExecutor(2) as pool:
        rows = list(pool.map(measure, files, chunksize=8))
        counted = [row.file for row in rows if not row.left_out]
        chosen = counted[:: max(1, len(counted) // given.rehearse)][: given.rehearse] if given.rehearse else []
        with redirect_stdout(StringIO()):
            played = list(pool.map(rehearse, chosen))
    for line in (*report(rows, given.show), *told(played, given.show)):
        print(line)
    return 0


def report(rows: list[MeasuredFile], show: int) -> Iterator[str]:
    yield f"{len(rows)} files; left out: {dict(Counter(row.left_out for row in rows if row.left_out))}"
    counted = [row for row in rows if not row.left_out]
    good = [row for row in counted if not row.crash]
    for words, holds in (
        ("lints without an error", lambda row: not row.codes),
        ("plays to an end, first choices", lambda row: row.first),
        ("plays to an end, first or rotating choices", lambda row: row.first or row.rotating),
        ("keeps every activity of the file", lambda row: not row.lost),
    ):
        share = sum(holds(row) for row in good) / max(1, len(counted))
        yield f"{share:7.1%}  {words}"
        yield from (
            f"           {row.file}: {' '.join(row.codes)}" for row in [row for row in good if not holds(row)][:show]
        )
    yield f"questions per drawing {sum(row.questions for row in good) / max(1, len(good)):.1f}, longest {max((row.seconds for row in good), default=0):.2f} s"
    yield from (f"CRASH {row.file}: {row.crash}" for row in counted if row.crash)


def told(played: list[tuple[str, str]], show: int) -> Iterator[str]:
    """How many of the generated rehearsals passed."""
    if played:
        failed = [one for one in played if one[1]]
        yield f"{1 - len(failed) / len(played):7.1%}  of {len(played)} generated rehearsals pass"
        yield from (f"           {file}: {why}" for file, why in failed[:show])


if __name__ == "__main__":
    sys.exit(main())
