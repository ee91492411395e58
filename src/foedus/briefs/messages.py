"""Every English wording that a brief can use, found in the code and the templates: what the catalogues must translate."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
FOLDERS = (FOLDER, FOLDER.parent / "checking", FOLDER.parent / "server", FOLDER.parent / "server" / "pages")
CALLS = {"say": 0, "Sentence": 0, "Block": 0, "Section": 1, "Verdict": 2}
TABLES = {"SILENT", "COURSE", "MAP_NOTE", "MATRIX_NOTE", "WORDS", "QUALIFIERS", "LEGEND", "STAGES", "ARTICLES"}


def messages() -> list[str]:
    """The wordings, each once, in order."""
    found = [text for folder in FOLDERS for path in sorted(folder.glob("*.py")) for text in _in_code(ast.parse(path.read_text(encoding="utf-8")))]
    for path in sorted(template for folder in FOLDERS for template in (folder / "templates").glob("*.html")):
        found += re.findall(r"\bt\('([^']+)'\)", path.read_text(encoding="utf-8"))
    return sorted(set(found))


def _in_code(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _called(node.func)) in CALLS:
            place = CALLS[name]
            if len(node.args) > place:
                yield from _texts(node.args[place])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            if names & TABLES or (names & {"template"} and node.value is not None):
                yield from _texts(node.value)


def _called(function: ast.AST) -> str:
    """The last word of what is called: `Verdict` of `rules.Verdict`."""
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


def _texts(node: ast.AST | None) -> Iterator[str]:
    """The texts that an expression can come to: a literal, either side of a choice, the values of a table."""
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body)
            yield from _texts(other)
        case ast.Dict(values=values):
            for value in values:
                yield from _texts(value)
        case ast.Subscript(value=ast.Dict() as table):
            yield from _texts(table)
        case ast.Tuple(elts=elements):
            for element in elements:
                yield from (_texts(element) if isinstance(element, ast.Tuple) else ())
            if elements and all(isinstance(element, ast.Constant) for element in elements):
                yield from _texts(elements[-1])
