"""Write docs/differences.md, where the library and ATOP 5.1 differ: `python tools/differences.py [FOLDER]`.

FOLDER holds the ATOP 5.1 member table; without it, the reference data beside the repository.
"""

import sys
from pathlib import Path

from foedus.books import differences
from foedus.briefs.output import write
from foedus.errors import InputError

HERE = Path(__file__).parents[1]
REFERENCE = HERE.parent / "shared" / "data" / "reference"
PAGE = HERE / "docs" / "differences.md"


def main() -> None:
    reference = Path(sys.argv[1]) if len(sys.argv) > 1 else REFERENCE
    try:
        write(PAGE, differences.document(reference))
    except InputError as error:
        sys.exit(f"differences: {error}")
    open_ = differences.unexplained(reference)
    for row in open_:
        print(f"unexplained: {row['pact']} ({', '.join(row['states'])}), {row['what']}: ATOP {row['atop'] or '–'}, library {row['library'] or '–'}")
    print(f"{PAGE.relative_to(HERE)}: {len(differences.differences(reference))} differences, {len(open_)} unexplained")


if __name__ == "__main__":
    main()
