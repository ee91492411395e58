"""Write docs/differences-forces.md from the register and the reference copies of other data.

python tools/force_differences.py [FOLDER] [--unplaced]
"""

import sys
from pathlib import Path

from foedus.books import force_differences

ROOT = Path(__file__).parents[1]


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    folder = Path(words[0]) if words else ROOT.parent / "shared" / "data" / "reference"
    if "--unplaced" in sys.argv:
        print("\n".join(force_differences.unplaced(folder)))
        return
    (ROOT / "docs" / "differences-forces.md").write_text(force_differences.page(folder), encoding="utf-8")


if __name__ == "__main__":
    main()
