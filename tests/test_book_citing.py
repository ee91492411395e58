"""Citations: BibTeX that TeX can read and CSL-JSON with the keys it knows, for whatever the library holds."""

import json
import re

import pytest

from foedus import snapshot
from foedus.books import citing
from foedus.errors import InputError

CSL_KEYS = {
    "id", "type", "title", "title-short", "author", "issued", "accessed", "publisher", "container-title", "event-place", "URL", "language", "note",
    "version", "license",
}  # fmt: skip
ALL = [(kind, name) for kind in ("pact", "source", "case") for name in snapshot.ids(kind)] + [("library", "")]


def test_a_pact_is_cited_as_the_treaty() -> None:
    found = citing.cite("pact", "nato")
    assert found["csl"]["type"] == "treaty"
    assert found["csl"]["issued"] == {"date-parts": [[1949, 4, 4]]}
    assert found["bibtex"].startswith("@misc{foedus-pact-nato,\n  title = {{North Atlantic Treaty}},\n  shorttitle = {NATO},\n  year = {1949},\n  month = apr,")
    assert "In force 1949-08-24" in found["csl"]["note"]


def test_everything_can_be_cited() -> None:
    seen = set()
    for kind, name in ALL:
        found = citing.cite(kind, name)
        item = found["csl"]
        assert set(item) <= CSL_KEYS, (kind, name)
        assert all(value not in (None, "", []) for value in item.values()), (kind, name)
        assert json.loads(json.dumps(item)) == item
        assert balanced(found["bibtex"]), found["bibtex"]
        assert item["id"] not in seen
        seen.add(item["id"])
        assert found == citing.cite(kind, name)


def balanced(entry: str) -> bool:
    """Braces that are not escaped match, none closes too early, and no character that TeX reads as a command stands bare outside the address."""
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", entry):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    bare = [line for line in entry.splitlines() if not line.strip().startswith("url = ")]
    return depth == 0 and not re.search(r"(?<!\\)[$&%#_^~]", "\n".join(line.partition(" = ")[2] for line in bare))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Pacts & wars", r"Pacts \& wars"),
        ("50 % of $1", r"50 \% of \$1"),
        ("a_b#c", r"a\_b\#c"),
        ("{x}\\y", r"\{x\}\textbackslash{}y"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
        ("two\nlines", "two lines"),
        ("معاهدة Договор", "معاهدة Договор"),
    ],
)
def test_signs_that_tex_reads_are_escaped(text: str, escaped: str) -> None:
    assert citing.escaped(text) == escaped


def test_an_address_stays_one_address() -> None:
    assert citing.address("https://a.org/x_y?b={1}&c=\\d e%20f") == "https://a.org/x_y?b=%7B1%7D&c=%5Cd%20e%20f"


def test_unknown_things_are_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no pact 'natto'. Did you mean 'nato'"):
        citing.cite("pact", "natto")
    with pytest.raises(InputError, match=r"no kind 'pakt'. Did you mean 'pact'?"):
        citing.cite("pakt", "nato")
    with pytest.raises(InputError, match=r"which source"):
        citing.cite("source")
