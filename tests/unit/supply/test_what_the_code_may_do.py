"""The few modules that reach outside the program, and what no module does at all (T8; see docs/hardening.md)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPTS = [
    *sorted((ROOT / "portal/static/own").glob("*.js")),
    *sorted((ROOT / "portal/assets/src").rglob("*.js")),
]
TEMPLATES = sorted((ROOT / "portal/templates").rglob("*.html"))
OF_A_FILE = sorted((ROOT / "processes").rglob("*.html"))  # of a page that is a file: nobody is signed in on it
# who makes pages out of templates, and how it says that all is escaped
ESCAPES = {
    "portal/pages.py": "autoescape=select_autoescape(default=True, default_for_string=True)",
    "processes/jobs/person_package/page.py": "autoescape=True",
}

REACHES = {
    # reads and plays a drawing, and makes and joins PDFs of files of others: each with fixed words
    "subprocess": {"processes/base/own_process.py", "processes/base/warm_process.py"},
    "httpx": {
        "portal/played/pages.py",  # asks the program itself, in a process that plays a rehearsal; no connection is opened
        "portal/sign_on/choose.py",
        "portal/sign_on/provider.py",
        "portal/sign_on/reachable.py",
        "portal/sign_on/saml/reachable.py",
        "portal/sign_on/saml/resolving.py",
        "portal/simulator/employees.py",  # tells the portal that somebody signed out, in the demo only
    },
    "socketserver": {"portal/figures.py"},  # the figures of a worker, answered inside only
    "imapclient": {"processes/post/incoming/mailbox.py"},
    "smtplib": {"processes/post/mail_server.py", "processes/post/sending.py", "processes/jobs/connections.py"},
}
NEVER = {
    "pickle", "marshal", "shelve", "dill", "jsonpickle",  # what they read can run
    "random",  # its numbers can be told beforehand
    "ctypes", "requests", "ftplib", "telnetlib", "xmlrpc", "urllib.request", "http.client", "memcache", "ldap3",
}  # fmt: skip
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "system", "popen", "spawn", "md5", "sha1", "ECB", "from_string"}


# an f-string, and where only text is given also a sum
MADE_TEXT = {
    "execute": ast.JoinedStr,
    **dict.fromkeys(("text", "exec_driver_sql", "literal_column"), ast.JoinedStr | ast.BinOp),
}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program, by its place."""
    paths = (path for room in ("engine", "processes", "portal") for path in (ROOT / room).rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in paths}


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """The last name of what is called: `compile` of `re.compile(...)`, with the whole of it before the dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


@pytest.mark.parametrize("name", REACHES)
def test_t8_only_these_modules_reach_outside(name: str) -> None:
    found = {place for place, tree in modules().items() if any(one.split(".")[0] == name for one in imports(tree))}
    assert found == REACHES[name]


def test_t8_nothing_is_loaded_that_runs_what_it_reads() -> None:
    found = {(place, one) for place, tree in modules().items() for one in imports(tree) if one in NEVER}
    assert found == set()


def test_t8_no_text_is_run_and_no_weak_hash_is_made() -> None:
    found = {
        (place, name)
        for place, tree in modules().items()
        for name, call in calls(tree)
        if name in RUNS_TEXT and not ast.unparse(call.func).startswith(("re.", "statement.", "self._"))
    }
    assert found == set()


def test_t8_no_statement_of_sql_is_made_of_text() -> None:
    """But of words of our own: an enumeration's, or the names of tables, which no input reaches. Migrations have no input."""
    found = {
        (place, ast.unparse(one))
        for place, tree in modules().items()
        for name, call in calls(tree)
        if not place.startswith("processes/storage/migrations/")
        for one in call.args
        if name in MADE_TEXT and isinstance(one, MADE_TEXT[name]) and not _of_our_own(one)
        if not ast.unparse(call.func).startswith("form.")  # the text of a field, not of a statement
    }
    assert {(place, text.replace('"', "").replace("'", "")) for place, text in found} == {
        ("processes/execution/queries.py", "f{kind}"),
        ("processes/storage/among.py", "f{value}"),
        ("processes/storage/fast/new_rows.py", "fnextval({name}_id_seq)"),
        ("processes/storage/fast/new_rows.py", "f{name}"),
        ("processes/storage/own_looks.py", "f{BEGINS}"),
        ("processes/storage/session.py", "fPRAGMA {pragma}"),
    }


def _of_our_own(made: ast.expr) -> bool:
    placed = [one.value for one in ast.walk(made) if isinstance(one, ast.FormattedValue)]
    return bool(placed) and all(re.fullmatch(r"[A-Z]\w+\.[A-Z_]+|table\.name", ast.unparse(one)) for one in placed)


def test_t8_no_pattern_is_made_of_what_somebody_typed() -> None:
    found = {
        place
        for place, tree in modules().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)  # a constant is made at import, of no input
        for _, call in calls(function)
        if ast.unparse(call.func).startswith("re.")
        and ast.unparse(call.func) != "re.escape"
        and call.args
        and not isinstance(call.args[0], ast.Constant)
        and "escape" not in ast.unparse(call.args[0])
        and not all(one.id.isupper() for one in ast.walk(call.args[0]) if isinstance(one, ast.Name))
    }
    assert found == set()


def test_t8_every_template_escapes() -> None:
    told = [path.name for path in (*TEMPLATES, *OF_A_FILE) if re.search(r"\|\s*safe\b|autoescape", path.read_text())]
    assert told == []
    made = {place for place, tree in modules().items() if any(name == "Environment" for name, _ in calls(tree))}
    assert made == set(ESCAPES)
    assert [place for place, how in ESCAPES.items() if how not in (ROOT / place).read_text()] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_t8_no_script_of_ours_stores_anything_in_the_browser(script: Path) -> None:
    """Nor runs text, writes HTML, listens to other windows or opens a connection of another kind."""
    words = (
        r"localStorage|sessionStorage|indexedDB|document\.cookie|innerHTML|outerHTML|insertAdjacentHTML|document\.write"
    )
    words += r"|\beval\(|new Function|postMessage|addEventListener\(.message.|WebSocket|__proto__|Object\.assign"
    assert re.findall(words, script.read_text()) == []


def test_t8_signing_out_stands_on_every_page() -> None:
    """There is one page, which all others fill in; no template takes the block away in which it stands."""
    assert [path.name for path in TEMPLATES if "<html" in path.read_text()] == ["base.html"]
    page = (ROOT / "portal/templates/base.html").read_text()
    button = page.index('<form method="post" action="/uitloggen')
    blocks = re.findall(r"{%-? (block|endblock)", page[:button])
    assert blocks.count("block") == blocks.count("endblock")
    assert page[:button].rindex("{% if session %}") > page[:button].rindex("<header")
