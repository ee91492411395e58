"""The verbs as JSON, or as CSV where the answer is rows; and the OpenAPI document, whose answers are the schemas that ship."""

import copy
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi import Path as InPath
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

import foedus
from foedus import errors, verbs
from foedus.books import citing
from foedus.briefs import document
from foedus.panels import mapping
from foedus.server.asking import Asked
from foedus.spells import day

Row = dict[str, Any]
SCHEMAS = Path(foedus.__file__).parent / "schemas"
router = APIRouter()
FACT = r"^[a-z][a-z0-9_]*=(true|false|unknown)$"

Name = Annotated[str, InPath(max_length=120, description="An id, or a name in English, Arabic or Russian.", examples=["KAZ"])]
On = Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"}, description="The day.", examples=["2022-01-05"])]
Known = Annotated[
    str | None,
    Query(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"}, description="Only what could be known by this day.", examples=["2022-01-07"]),
]
MaybeOn = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"}, description="The day.", examples=["2022-01-05"])]
Facts = Annotated[
    list[Annotated[str, Query(pattern=FACT)]], Query(max_length=24, description="Facts taken as given: armed_attack=true.", examples=[["armed_attack=true"]])
]
States = Annotated[list[str], Query(max_length=24, description="States.", examples=[["RUS"]])]
Lang = Annotated[Literal["en", "ar", "ru"], Query(description="Language of the answer.")]
Form = Annotated[Literal["json", "csv"], Query(description="How rows are written.")]
BAD: dict[int | str, dict[str, Any]] = {
    404: {"description": "Nothing under that name or on that day: the line says what there is.", "content": {"application/json": {}}}
}
ANSWERS: dict[str, str] = {}  # the schema that ships, by the name of the operation


def door(path: str, answer: str | None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """One address and the verb behind it; `answer` names its schema."""

    def put(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        router.add_api_route(path, function, methods=["GET"], responses=BAD, operation_id=name, response_class=JSONResponse, response_model=None)
        if answer:
            ANSWERS[name] = answer
        return function

    return put


def rows(found: list[Row], form: str) -> Response:
    """Rows as JSON, or as CSV: in a CSV a list is text with '; ' between its parts, and what has an inside is JSON."""
    if form == "json":
        return JSONResponse(found)
    held = io.StringIO()
    heads = list(dict.fromkeys(name for row in found for name in row))
    writer = csv.DictWriter(held, heads)
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in found)
    return Response(held.getvalue(), media_type="text/csv; charset=utf-8")


def cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def facts(pairs: list[str]) -> dict[str, bool | None]:
    return Asked({"facts": pairs}).facts("facts")


@door("/search", "search")
def search(q: Annotated[str, Query(max_length=200, examples=["ОДКБ"])], format: Form = "json") -> Response:
    """What words in English, Arabic or Russian may mean: states, pacts, articles, cases, forces."""
    return rows(verbs.search(q), format)


@door("/states/{name}", "state")
def state(name: Name) -> Any:
    """One state: names, spells of statehood, codes, cases, forces."""
    return JSONResponse(verbs.state(name))


@door("/states/{name}/owed", "owes")
def owes(name: Name, on: On, attacked_by: States = [], facts_given: Annotated[Facts, Query(alias="facts")] = [], format: Form = "json") -> Response:  # noqa: B006
    """Who owes the state what on a day, under which article, and on what it hinges."""
    return rows(verbs.owes(name, on, attacked_by, facts(facts_given)), format)


@door("/states/{name}/obligations", "obligations")
def obligations(name: Name, on: On, side: Literal["toward", "from"] = "toward", format: Form = "json") -> Response:
    """Each state that owes it anything on the day, or that it owes anything: kinds, strength, pacts."""
    return rows({"toward": mapping.toward, "from": mapping.owing}[side](name, on), format)


@door("/pacts", "pacts")
def pacts(state: Annotated[str | None, Query(max_length=120)] = None, on: MaybeOn = None, format: Form = "json") -> Response:
    """The pacts of the library, of a state, of a day."""
    return rows(verbs.pacts(state, on), format)


@door("/pacts/{name}", "pact")
def pact(name: Name, on: MaybeOn = None) -> Any:
    """One pact: parties with their legal life, provisions, organs, procedures, invocations."""
    return JSONResponse(verbs.pact(name, on))


@door("/pacts/{name}/articles/{number}", "article")
def article(name: Name, number: Annotated[str, InPath(max_length=40, examples=["4"])], on: MaybeOn = None) -> Any:
    """One article in every text version, or as it read on a day."""
    return JSONResponse(verbs.article(name, number, on))


@door("/pacts/{name}/deciding", "deciding")
def deciding(name: Name, on: On, concerned: Annotated[str | None, Query(max_length=120)] = None, format: Form = "json") -> Response:
    """How the pact must decide on a day: who can pass and who can block."""
    return rows(verbs.deciding(name, on, concerned), format)


@door("/compare", "compare")
def compare(pact: Annotated[list[str], Query(min_length=2, max_length=4, examples=[["csto", "nato"]])], on: MaybeOn = None) -> Any:
    """Up to four pacts side by side."""
    return JSONResponse(verbs.compare(pact, on))


@door("/cases/{name}", "case")
def case(name: Name, known: Known = None, assume: Facts = [], on: MaybeOn = None) -> Any:  # noqa: B006
    """One case: events, claims, accounts, findings."""
    return JSONResponse(verbs.case(name, known, facts(assume), on))


@door("/cases/{name}/findings", None)
def findings(name: Name, known: Known = None, assume: Facts = [], on: MaybeOn = None, format: Form = "json") -> Response:  # noqa: B006
    """The findings of a case as rows: a provision on an account."""
    return rows(verbs.case(name, known, facts(assume), on)["findings"], format)


@door("/cases/{name}/brief", "brief")
def brief(name: Name, lang: Lang = "en", known: Known = None, on: MaybeOn = None) -> Any:
    """The brief of a case, each sentence with what it was made of."""
    return JSONResponse(document.write(name, lang, known and day(known), on and day(on)).to_json())


@door("/cases/{name}/force", "force")
def force(name: Name, known: Known = None) -> Any:
    """What the force of a case amounts to beside the register's others."""
    return JSONResponse(verbs.force(name, known))


@door("/cases/{name}/precedents", "precedents")
def precedents(name: Name, known: Known = None, format: Form = "json") -> Response:
    """The forces and refused requests most like the one of a case."""
    return rows(verbs.precedents(name, known), format)


@door("/cases/{name}/proof/{pact}/{number}", "proof")
def proof(name: Name, pact: Name, number: Annotated[str, InPath(max_length=40, examples=["4"])], known: Known = None, on: MaybeOn = None) -> Any:
    """The findings on an article, unfolded down to claims and places in sources."""
    return JSONResponse(verbs.proof(name, pact, number, known, on))


@door("/forces", "forces")
def forces(
    host: Annotated[str | None, Query(max_length=120)] = None,
    sender: Annotated[str | None, Query(max_length=120)] = None,
    under: Annotated[str | None, Query(max_length=60)] = None,
    trigger: Annotated[str | None, Query(max_length=60)] = None,
    consent: Annotated[str | None, Query(max_length=60)] = None,
    on: MaybeOn = None,
    known: Known = None,
    format: Form = "json",
) -> Response:
    """The register of forces abroad since 1945."""
    return rows(verbs.forces(known, on, host=host, sender=sender, under=under, trigger=trigger, consent=consent), format)


@door("/refusals", "refusals")
def refusals(
    host: Annotated[str | None, Query(max_length=120)] = None,
    sender: Annotated[str | None, Query(max_length=120, description="A state that was asked.")] = None,
    under: Annotated[str | None, Query(max_length=60)] = None,
    known: Known = None,
    format: Form = "json",
) -> Response:
    """The requests for a force that were made in vain."""
    return rows(verbs.forces(known, None, True, host=host, sender=sender, under=under), format)


@door("/sources/{name}", "source")
def source(name: Name) -> Any:
    """One source, with all that rests on it."""
    return JSONResponse(verbs.source(name))


@door("/cite/{kind}/{name}", None)
def cite(kind: Literal["pact", "source", "case"], name: Name) -> Any:
    """How to cite a pact, a source or a case: BibTeX and CSL-JSON."""
    return JSONResponse(citing.cite(kind, name))


async def refused(request: Request, error: Exception) -> Response:
    """Bad input of the right form: one line with the way out."""
    return JSONResponse({"error": str(error)}, 404)


async def nowhere(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": "no such door. See /openapi.json"}, 404)


def create() -> FastAPI:
    """The doors as an application of their own, below `/api`."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(router)
    app.add_exception_handler(errors.InputError, refused)
    app.add_exception_handler(404, nowhere)
    return app


def document_of() -> Row:
    """The OpenAPI document. Its answers are the JSON Schemas of the package, the same that `foedus schema` prints."""
    made = get_openapi(title="Foedus", version=foedus.__version__, summary=foedus.__doc__, routes=router.routes, servers=[{"url": "/api"}])
    shared = made.setdefault("components", {}).setdefault("schemas", {})
    for path in made["paths"].values():
        for operation in path.values():
            name = ANSWERS.get(operation["operationId"])
            content = operation["responses"]["200"]["content"]
            content["application/json"] = {"schema": _schema(name, shared) if name else {}}
            if any(parameter["name"] == "format" for parameter in operation.get("parameters", ())):
                content["text/csv"] = {"schema": {"type": "string"}}
            operation["responses"]["404"]["content"]["application/json"] = {
                "schema": {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
            }
    return made


def _schema(name: str, shared: Row) -> Row:
    """The shipped schema, its definitions moved to where the document keeps them."""
    text = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8").replace('"#/$defs/', f'"#/components/schemas/{name}.')
    found: Row = copy.copy(json.loads(text))
    found.pop("$schema", None)
    shared.update({f"{name}.{part}": schema for part, schema in found.pop("$defs", {}).items()})
    return found


def described() -> Response:
    return JSONResponse(document_of())
