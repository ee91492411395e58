"""How often alliance commitments that war put to the test were honored: no rate without the rule that counts it and the number it rests on."""

from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.errors import unknown

if TYPE_CHECKING:
    import polars

Row = dict[str, Any]
CARD, TABLE = "alliance-fulfilment", "war_alliance"
RULES: dict[str, Row] = {
    "llm": {"out": "dnaLLM", "honored": "honorLLM", "says": "Leeds, Long and Mitchell: honored if every member did what it had promised"},
    "llm_lenient": {"out": "dnaLLM", "honored": "sabroskyhonorllm", "says": "Leeds, Long and Mitchell's opportunities, counted leniently (after Sabrosky)"},
    "bf": {"out": "dnaBF", "honored": "honorBF", "says": "Berkemeier and Fuhrmann's coding of what was an opportunity and what was honored"},
    "bf_lenient": {"out": "dnaBF", "honored": "sabroskyhonorbf", "says": "Berkemeier and Fuhrmann's opportunities, counted leniently (after Sabrosky)"},
}
PERIODS = {"1816-2003": (0, 1), "1816-1944": (1,), "1945-2003": (0,)}
KINDS = {"defense": "defense", "offense": "offense", "neutrality": "neutral", "nonaggression": "nonagg", "consultation": "consul"}
PARTIES = {"two parties": 0, "more than two": 1}


def reliability(rule: str = "llm", table: "polars.DataFrame | None" = None) -> list[Row]:
    """One row a group of commitments and period: by, group, period, honored, n, rate, rule, says, source.

    by: `all`, `kind` (an alliance that carries several kinds counts under each) or `parties`. n: the commitments that a war put to the test; rate is
    None where there was none. rule: `llm`, `bf`, or one of them `_lenient`; says: the rule in words. table: the user's own copy where not given.
    Errors: InputError for an unknown rule, or where the data set is not in the store.

    What it cannot tell: commitments that deterred were never tested, so the rate is of the tested ones and no forecast of the next.
    """
    import polars

    if rule not in RULES:
        raise unknown("rule of counting", rule, RULES)
    words = RULES[rule]
    rows = datasets.read(CARD, TABLE) if table is None else table
    tested = rows.filter(polars.col(words["out"]).is_null() | (polars.col(words["out"]) != 1))
    groups: list[tuple[str, str, polars.Expr]] = [("all", "all", polars.lit(True))]
    groups += [("kind", kind, polars.col(column) == 1) for kind, column in KINDS.items()]
    groups += [("parties", name, polars.col("multilateral") == value) for name, value in PARTIES.items()]
    found = []
    for by, group, inside in groups:
        for period, samples in PERIODS.items():
            part = tested.filter(inside & polars.col("sample").is_in(samples))
            honored, n = int((part[words["honored"]] == 1).sum()), part.height
            counted = {"honored": honored, "n": n, "rate": honored / n if n else None}
            found.append({"by": by, "group": group, "period": period, **counted, "rule": rule, "says": words["says"], "source": datasets.label(CARD)})
    return found
