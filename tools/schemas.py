"""Write the JSON Schemas that ship with the package: `python tools/schemas.py`."""

import json
from pathlib import Path

from foedus.answers import schemas

FOLDER = Path(__file__).parents[1] / "src" / "foedus" / "schemas"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / f"{name}.json").write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
