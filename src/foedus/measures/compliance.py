"""Whether what a force did lies within its mandate: on whose account, and by whose wording of the mandate."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

# A wording that lets a force do a thing itself lets it help others to do it, and watch it; never the other way round.
REACH = {"monitor": 0, "assist": 1, "secure": 2}


def status(mandate: Row, conduct: Iterable[Row]) -> str:
    """`within`, `outside` or `unknown`: conduct against one wording of a mandate.

    mandate: `tasks` (each `task` and `modality`) and `limits` (tasks it rules out). conduct: each with `task`, `modality`, and `done`, false where the account denies it.
    A wording that names no task says nothing either way, and so does an account that tells of no deed: both are `unknown`, never `within`.

    >>> status({"tasks": [{"task": "guard_sites", "modality": "secure"}], "limits": []}, [{"task": "fight_rebels", "modality": "secure", "done": True}])
    'outside'
    """
    deeds = [deed for deed in conduct if deed["done"]]
    if any(deed["task"] in mandate["limits"] for deed in deeds):
        return "outside"
    if not mandate["tasks"] or not deeds:
        return "unknown"
    return "within" if all(_allowed(mandate["tasks"], deed) for deed in deeds) else "outside"


def _allowed(tasks: Sequence[Row], deed: Row) -> bool:
    return any(task["task"] == deed["task"] and REACH[deed["modality"]] <= REACH[task["modality"]] for task in tasks)
