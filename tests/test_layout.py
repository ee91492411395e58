"""The house: a room uses only rooms above it, importing reads no file, and nothing heavy is imported before it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from foedus import snapshot

PACKAGE = Path(__file__).parents[1] / "src" / "foedus"

# From the foundation up. A room may import only rooms that stand above it in this list.
ROOMS = [
    "errors", "spells", "reading", "records", "answers", "conditions", "entries", "proving", "compiling", "snapshot", "sources", "states", "law", "datasets", "press", "cases",
    "findings", "panels", "measures", "deployments", "frames", "briefs", "checking", "books", "verbs", "shell", "server", "cli", "__main__",
]  # fmt: skip
COMPILE_ONLY = {"records", "answers", "entries", "proving", "compiling"}
HEAVY = {
    "polars",
    "pandas",
    "narwhals",
    "pydantic",
    "numpy",
    "vl_convert",
    "typst",
    "lifelines",
    "jinja2",
    "babel",
    "rich",
    "trafilatura",
    "pyarrow",
    "duckdb",
    "fastapi",
    "starlette",
    "uvicorn",
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, top_level_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "foedus" else {node.module}
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_arrows_run_one_way(path: Path) -> None:
    here = room(path)
    assert here in ROOMS, f"a new room: give '{here}' its place in the list"
    used = {name.split(".")[1] for name in imports(path) if name.startswith("foedus.")}
    wrong = {other for other in used if other != here and ROOMS.index(other) >= ROOMS.index(here)}
    assert not wrong


def test_only_the_compiler_knows_the_shapes() -> None:
    """Building the models takes longer than a whole brief, so nothing on that road may import them at the top."""
    for path in FILES:
        if room(path) in COMPILE_ONLY or path.name == "cli.py":
            continue
        used = {name.split(".")[1] for name in imports(path, top_level_only=True) if name.startswith("foedus.")}
        assert not used & COMPILE_ONLY, path


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_importing_the_package_reads_no_file_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, builtins, io\n"
        "opened = []\n"
        "import foedus\n"
        "before = set(sys.modules)\n"
        "sys.addaudithook(lambda event, args: opened.append(args[0]) if event == 'open' and str(args[0]).endswith(('.yaml', '.sqlite', '.po')) else None)\n"
        "import foedus.cli\n"
        f"print(sorted(name for name in sys.modules if name.split('.')[0] in {HEAVY!r}), opened)"
    )
    assert run(code).strip() == "[] []"


def test_a_brief_in_text_needs_no_dataframe_and_no_models() -> None:
    snapshot.fresh()  # building it does need the models
    code = (
        "import sys\n"
        "from foedus.briefs import document, text\n"
        "text.text(document.write('kazakhstan-2022'))\n"
        "print(sorted(name for name in sys.modules if name in ('polars', 'narwhals', 'pydantic', 'pandas', 'vl_convert', 'jinja2')))"
    )
    assert run(code).strip() == "[]"
