"""A store of data sets for the tests: filled from the reference copies, once a run, in a folder of its own; skipped where they are absent."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "reference"

# By card: the reference copies that together are the data set.
COPIES = {
    "atop": ["atop51_member", "atop51_directed_dyad_year", "atop51_dyad_year", "atop51_state_year", "atop51_alliance", "atop51_alliance_phase"],
    "cow-states": ["cow_states2016"],
    "cow-majors": ["cow_majors2016"],
    "cow-contiguity": ["cow_contiguity32"],
    "cow-nmc": ["cow_nmc7"],
    "cow-mid": ["mid5_participant", "mid5_dispute"],
    "gml-mid": ["gml_mid_directed_dyad_year", "gml_mid_participant"],
    "cow-wars-interstate": ["cow_war_interstate40"],
    "cow-wars-intrastate": ["cow_war_intrastate41"],
    "cow-wars-extrastate": ["cow_war_extrastate40"],
    "cow-igo": ["cow_igo3_state_year"],
    "cow-capitals": ["cow_capitals"],
    "gw-states": ["gw_states"],
    "ucdp-acd": ["ucdp_acd241"],
    "icb": ["icb_system13", "icb_actor13"],
    "un-votes": ["un_votes", "un_roll_calls"],
    "un-ideal-points": ["un_ideal_points_2025"],
    "rivalries": ["rivalry_tss2021"],
    "alliance-fulfilment": ["alliance_fulfilment_bf2018"],
}


def fill(names: list[str], folder: Path) -> None:
    """Add the reference copies of these cards to the store that FOEDUS_DATA names."""
    from foedus import datasets

    for name in names:
        copies = folder / name
        copies.mkdir(parents=True)
        for file in COPIES[name]:
            (copies / f"{file}.parquet").symlink_to(REFERENCE / f"{file}.parquet")
        datasets.add(name, copies)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The store with every card; FOEDUS_DATA names it while the tests that ask for it run."""
    if not REFERENCE.exists():
        pytest.skip(f"the reference tables are not at {REFERENCE}")
    folder = tmp_path_factory.mktemp("store")
    before = os.environ.get("FOEDUS_DATA")
    os.environ["FOEDUS_DATA"] = str(folder / "data")
    fill(list(COPIES), folder / "copies")
    yield folder / "data"
    if before is None:
        del os.environ["FOEDUS_DATA"]
    else:
        os.environ["FOEDUS_DATA"] = before
