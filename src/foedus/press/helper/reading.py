"""A piece read by the rules, then the helper asked for more."""

from datetime import date
from typing import Any

from foedus.press import reader
from foedus.press.helper import settings as environment
from foedus.press.helper.asking import HelperError, ask
from foedus.press.helper.evidence import evidence
from foedus.press.helper.items import Items
from foedus.press.helper.proposals import proposals
from foedus.press.helper.question import SCHEMA, messages
from foedus.press.helper.settings import Settings
from foedus.press.page import read_page

MOST_STRETCHES = 5  # a request each
MOST_PROPOSALS = 100
Row = dict[str, Any]


def read(text: str, lang: str | None = None, published: str | date | None = None, settings: Settings | None = None) -> Row:
    """What `foedus.press.read` gives, unchanged, and after it in `speakers`, `claims` and `events` what the helper adds.

    What it adds has the rule `llm:MODEL`, stands in the text word for word, and takes codes, names and days from our own reading of that place.
    `settings`: those of the environment where not given. One more key, `helper`: `made_by`, `proposed`, `added`, `known`, `dropped` (a count by
    reason) and `problem` (a line, where the helper was not reached, gave nothing of use or was given only a part).
    Errors: those of `foedus.press.read`; InputError where the environment does not name a helper, or urllib3 is not installed. A helper that fails is no
    error: the rules' own answer stands.
    """
    chosen = settings or environment.settings()
    answer = reader.read(text, lang, published)
    view = read_page(text).view
    items = Items(answer, chosen.mark)
    proposed, problem = 0, None
    parts = reader.stretches(view)
    for stretch in parts[:MOST_STRETCHES]:
        try:
            content = ask(chosen, messages(view[slice(*stretch)]), SCHEMA)
        except HelperError as error:
            problem = str(error)
            break
        found = proposals(content)
        if not found and '"items"' not in content:
            problem = f"the helper at {chosen.host} answered with no items that can be read"
        proposed += len(found)
        seen = evidence(text, view, stretch, answer)
        for item in found[:MOST_PROPOSALS]:
            items.take(seen, item)
        if found[MOST_PROPOSALS:]:
            items.dropped["too many"] += len(found) - MOST_PROPOSALS
    if problem is None and len(parts) > MOST_STRETCHES:
        problem = f"the helper was given the first {parts[MOST_STRETCHES - 1][1]:,} characters only"
    report = {"made_by": chosen.mark, "proposed": proposed, "added": items.added, "known": items.known, "dropped": dict(items.dropped), "problem": problem}
    return {**answer, **items.made, "helper": report}


def summary(report: Row) -> str:
    """The report in one line.

    >>> summary({"made_by": "llm:small", "proposed": 3, "added": 1, "known": 1, "dropped": {"quote not in the text": 1}, "problem": None})
    'llm:small: 3 items proposed, 1 added, 1 known already, 1 dropped (1 quote not in the text)'
    """
    reasons = ", ".join(f"{count} {reason}" for reason, count in report["dropped"].items())
    line = f"{report['made_by']}: {report['proposed']} items proposed, {report['added']} added, {report['known']} known already, {sum(report['dropped'].values())} dropped"
    return line + (f" ({reasons})" if reasons else "") + (f"; {report['problem']}" if report["problem"] else "")
