"""The web door: every page in every language, the JSON beside it, and bad input and hostile input of every kind."""

import gzip
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from starlette.testclient import TestClient

from foedus import snapshot
from foedus.answers import schemas
from foedus.server import api
from foedus.server.application import PAGES, create, preferred
from foedus.server.guard import MOST_SENT, Guard

SCHEMAS = schemas()
ADDRESSES = [
    "", "?q=ОДКБ", "states", "pacts", "pacts?on=1949-10-01", "state/KAZ", "state/KAZ?on=2022-01-05&attacked_by=UZB", "state/SUN?on=1985-01-01&side=from", "pact/csto",
    "pact/nato?on=1960-01-01", "pact/warsaw-pact", "compare", "compare?pact=csto&pact=nato&pact=warsaw-pact", "case/kazakhstan-2022",
    "case/kazakhstan-2022?known=2022-01-07&assume=by_foreign_group=false", "case/czechoslovakia-1968", "case/kazakhstan-2022/why/csto/4", "forces", "forces?refused=true",
    "forces?host=MLI&on=2014-01-01", "force/kazakhstan-csto-2022", "force/kyrgyzstan-2010", "read", "panels", "panels?frame=state-years&system=cow&from=2000&to=2001",
    "sources", "sources?q=treaty&start=100", "source/cst-text-2010-en",
]  # fmt: skip
PIECE = "The Collective Security Treaty Organization sent 2,500 peacekeepers to Kazakhstan in January 2022. The treaty was signed in 1992."


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create(), raise_server_exceptions=False)


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_in_every_language(client: TestClient, lang: str, address: str) -> None:
    found = client.get(f"/{lang}/{address}")
    assert found.status_code == 200, found.text[-300:]
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in found.text
    assert "<h1" in found.text
    assert not re.search(r"(?:src|href)=\"https?://[^\"]*\.(?:js|css|woff2?|ttf)", found.text), "nothing is loaded from elsewhere"
    assert " style=" not in found.text
    assert "default-src 'none'" in found.headers["content-security-policy"]


def test_every_kind_of_page_is_asked_for_above() -> None:
    shapes = [re.compile("^" + re.sub(r"\{\w+\}", "[^/?]+", path) + r"(\?.*)?$") for path in PAGES]
    assert all(any(shape.match(address) for address in ADDRESSES) for shape in shapes)


def test_every_pact_state_and_case_has_a_page(client: TestClient) -> None:
    for kind in ("pact", "state", "case"):
        for name in snapshot.ids(kind):
            assert client.get(f"/en/{kind}/{name}").status_code == 200, (kind, name)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/en/state/XXX", "no state"),
        ("/en/pact/catso", "Did you mean"),
        ("/en/case/nowhere-1900", "no case"),
        ("/en/state/KAZ?on=2022-13-45", "day"),
        ("/en/case/kazakhstan-2022?assume=armed_atack=true", "Did you mean"),
        ("/en/case/kazakhstan-2022?assume=armed_attack=maybe", "=unknown"),
        ("/en/case/kazakhstan-2022/why/csto/99", "article"),
        ("/en/compare?pact=a&pact=b&pact=c&pact=d&pact=e", "at most 4"),
        ("/en/panels?frame=triads", "no frame"),
        ("/en/panels?column=tpop", "no column"),
        ("/en/panels/panel.xlsx", "no form"),
        ("/en/case/kazakhstan-2022/brief.docx", "not written as"),
        ("/en/nowhere", "/en/nowhere"),
        ("/fr/", "/fr"),
        ("/en/static/../../etc/passwd", "No such page"),
    ],
)
def test_bad_addresses_get_a_page_with_the_way_out(client: TestClient, address: str, says: str) -> None:
    found = client.get(address)
    assert found.status_code == 404
    assert says in found.text


@pytest.mark.parametrize(
    "path", ["/static/..%2f..%2fcli.py", "/static/%2e%2e/%2e%2e/verbs.py", "/static//etc/passwd", "/en/source/..%2f..%2fetc%2fpasswd", "/static/%00"]
)
def test_no_path_leads_out_of_the_site(client: TestClient, path: str) -> None:
    found = client.get(path)
    assert found.status_code in (400, 404)
    assert "import" not in found.text
    assert "root:" not in found.text


def test_the_front_door_speaks_the_readers_language(client: TestClient) -> None:
    found = client.get("/", headers={"accept-language": "ar-EG,ar;q=0.9,en;q=0.5"}, follow_redirects=False)
    assert (found.status_code, found.headers["location"]) == (307, "/ar/")
    assert preferred("ru-RU") == "ru"
    assert preferred("q=;;,x;q=nan") == "en"


def test_what_is_typed_is_escaped(client: TestClient) -> None:
    for words in ('"><script>alert(1)</script>', "{{ 7 * 7 }}", "{% include 'base.html' %}", "\u202eevil"):
        text = client.get("/en/", params={"q": words}).text
        assert "<script>alert" not in text
        assert "49" not in text.split("Three questions")[0]


def test_a_page_asked_for_again_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/en/pact/csto")
    assert client.get("/en/pact/csto", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    plain = client.get("/en/pact/csto", headers={"accept-encoding": "identity"})
    assert plain.text == first.text


def test_a_part_and_its_page_say_the_same(client: TestClient) -> None:
    """The slider asks for a part; without scripts the same address gives the whole page, with the same table in it."""
    address = "/en/state/KAZ?on=2005-06-01"
    part, whole = client.get(address, headers={"hx-request": "true"}).text, client.get(address).text
    assert "<html" not in part
    assert part.strip() in whole


def test_switching_a_fact_turns_the_findings(client: TestClient) -> None:
    def standings(**asked: str) -> str:
        return client.get("/en/case/kazakhstan-2022", params=asked, headers={"hx-request": "true"}).text

    told, switched = standings(), standings(**{"assume.armed_attack": "false"})
    assert told != switched
    row = client.get("/api/cases/kazakhstan-2022/findings", params={"assume": "armed_attack=false"}).json()
    assert {found["condition"] for found in row if found["provision"] == "aid-2010"} == {"unmet"}


# The JSON.


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("search?q=article 5", "search"),
        ("states/كازاخستان", "state"),
        ("states/KAZ/owed?on=2022-01-05&attacked_by=UZB&facts=requested=true", "owes"),
        ("states/KAZ/obligations?on=2022-01-05&side=from", "obligations"),
        ("pacts?state=KAZ&on=2022-01-05", "pacts"),
        ("pacts/csto", "pact"),
        ("pacts/csto/articles/4?on=2022-01-05", "article"),
        ("pacts/csto/deciding?on=2022-01-05", "deciding"),
        ("compare?pact=csto&pact=nato", "compare"),
        ("cases/kazakhstan-2022?known=2022-01-07&assume=armed_attack=true", "case"),
        ("cases/kazakhstan-2022/brief?lang=ru", "brief"),
        ("cases/kazakhstan-2022/force", "force"),
        ("cases/kazakhstan-2022/precedents", "precedents"),
        ("cases/kazakhstan-2022/proof/csto/4", "proof"),
        ("forces?under=csto", "forces"),
        ("refusals?under=csto", "refusals"),
        ("sources/cst-text-2010-en", "source"),
    ],
)
def test_answers_have_the_shape_of_their_schemas(client: TestClient, address: str, schema: str) -> None:
    found = client.get(f"/api/{address}")
    assert found.status_code == 200, found.text
    jsonschema.validate(found.json(), SCHEMAS[schema])


def test_every_door_with_a_schema_is_asked_for_above() -> None:
    asked = {mark.args[1][place][1] for mark in test_answers_have_the_shape_of_their_schemas.pytestmark for place in range(len(mark.args[1]))}
    assert set(api.ANSWERS.values()) == asked


@pytest.mark.parametrize(
    "path", ["states/KAZ/owed?on=2022-01-05", "pacts", "forces", "cases/kazakhstan-2022/findings", "search?q=nato", "cases/kazakhstan-2022/precedents"]
)
def test_rows_come_as_csv_too(client: TestClient, path: str) -> None:
    import csv

    joined = f"/api/{path}{'&' if '?' in path else '?'}"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{joined}format=csv").text)))
    told = client.get(f"{joined}format=json").json()
    assert len(rows) == len(told)
    assert set(rows[0]) >= set(told[0])


def test_bad_input_to_the_json_is_one_line(client: TestClient) -> None:
    found = client.get("/api/pacts/catso")
    assert found.status_code == 404
    assert "Did you mean" in found.json()["error"]
    assert client.get("/api/states/KAZ/owed").status_code == 422


# Pieces.


def read(client: TestClient, **form: Any) -> Any:
    return client.post("/en/read", **form)


def test_a_piece_is_checked_and_starts_a_case(client: TestClient) -> None:
    found = read(client, data={"text": PIECE})
    assert found.status_code == 200
    assert '<mark class="' in found.text
    assert "imprecise" in found.text
    assert found.headers["cache-control"] == "no-store"
    brief = client.post("/ar/read/brief", files={"file": ("piece.txt", PIECE.encode())})
    assert brief.status_code == 200
    assert '<html lang="ar" dir="rtl">' in brief.text
    assert "sandbox" in brief.headers["content-security-policy"]


def test_nothing_of_a_piece_is_kept(client: TestClient) -> None:
    secret = "Zarquonia signed nothing"
    before = dict(snapshot._laid_over)
    read(client, data={"text": f"{PIECE} {secret}."})
    client.post("/en/read/brief", data={"text": f"{PIECE} {secret}."})
    assert snapshot._laid_over == before
    for address in ADDRESSES[:8]:
        assert secret not in client.get(f"/en/{address}").text


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("piece.txt", b"0" * 50_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("bomb.zip", bomb(), 422),
        ("piece.txt", b"a" * 2_000_000, 413),
        ("piece.txt", b"", 422),
        ("piece.txt", bytes(range(256)) * 40, 422),
        ("piece.txt", "這是一篇中文的新聞。".encode() * 20, 422),
        ("../../../etc/passwd", PIECE.encode(), 200),
        ("piece.html", f"<html><body><article><script>alert(1)</script><p>{PIECE}</p><img src=x onerror=alert(1)></article></body></html>".encode(), 200),
        ("piece.html", b"<div>" * 20_000 + PIECE.encode(), 200),
        ("piece.txt", f"\u202e{PIECE}\u2066\u202b {{{{ 7*7 }}}}".encode(), 200),
    ],
    ids=["zip bomb", "too long", "empty", "binary", "another language", "path in the name", "scripts", "nested", "bidi and braces"],
)
def test_hostile_uploads_are_refused_or_made_harmless(client: TestClient, name: str, content: bytes, status: int) -> None:
    found = client.post("/en/read", files={"file": (name, content)})
    assert found.status_code == status, found.text[-400:]
    assert "<script>alert" not in found.text
    assert "onerror=" not in found.text.replace("&lt;img src=x onerror", "")
    assert "/tmp" not in found.text, "no place of the machine is told"
    assert "Traceback" not in found.text
    assert client.get("/en/pacts").status_code == 200, "the server keeps answering"


def test_a_body_of_fifty_megabytes_is_not_read(client: TestClient) -> None:
    assert client.post("/en/read", content=b"text=" + b"a" * 50_000_000, headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 413

    def endless() -> Any:
        for _ in range(MOST_SENT // 100_000 + 2):
            yield b"a" * 100_000

    assert client.post("/en/read", content=endless(), headers={"content-type": "text/plain"}).status_code == 413


def test_a_packed_body_is_not_unpacked(client: TestClient) -> None:
    packed = gzip.compress(b"text=" + b"a" * 1_000_000)
    assert client.post("/en/read", content=packed, headers={"content-encoding": "gzip"}).status_code == 415


def test_one_visitor_cannot_take_all_the_time() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    client = TestClient(Guard(app, most_read=3))
    assert [client.post("/en/read").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert client.get("/en/").status_code == 200


def test_addresses_too_long_are_refused(client: TestClient) -> None:
    assert client.get("/en/?q=" + "a" * 9_000).status_code == 414


def test_the_static_site_leads_nowhere_that_is_not_there(tmp_path: Path) -> None:
    from foedus.errors import InputError
    from foedus.server import site

    few = {"", "pacts", "states", "forces", "sources", "compare", "state/KAZ", "pact/csto", "case/kazakhstan-2022", "source/cst-text-2010-en"}
    made = [(path, page) for path, page in site.pages() if path in few]
    every = {path for path, _ in site.pages()}
    assert {path for path, _ in made} == few
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "pages", lambda: iter(made))
        assert site.build(tmp_path / "site", ("en", "ar")) == 2 * len(few)
    for page in (tmp_path / "site").rglob("index.html"):
        for link in re.findall(r'(?:href|src)="([^"#]+)', page.read_text(encoding="utf-8")):
            if link.startswith(("https://", "http://")):
                continue
            target = (page.parent / unquote(link)).resolve()
            assert target.is_relative_to((tmp_path / "site").resolve()), link
            place = target.relative_to((tmp_path / "site").resolve())
            known = target.exists() or (place.parts[0] in ("en", "ar", "ru") and "/".join(place.parts[1:-1]) in every)
            assert known, (page, link)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="no site of ours"):
        site.build(tmp_path / "mine", ("en",))


def test_the_openapi_document_is_whole(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    text = json.dumps(document)
    for reference in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert reference in document["components"]["schemas"], reference
    assert "#/$defs/" not in text
