"""`library check`: the library as it is, and one of 2,000 pacts made of copies of it, each beside a bare YAML parse of the same files.

Bars: 5 s for the library, 60 s for 2,000 pacts.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from foedus.compiling import ROOT

PACTS = 2000
CHECK = "import sys; from foedus.cli import main; main(['library', 'check', sys.argv[1]])"
PARSE = (
    "import sys, yaml\n"
    "from pathlib import Path\n"
    "for path in sorted(Path(sys.argv[1]).rglob('*.yaml')):\n"
    "    yaml.load(path.read_text(encoding='utf-8'), Loader=yaml.CSafeLoader)\n"
)


def copies(folder: Path, wanted: int) -> Path:
    """The library in `folder`, with renamed copies of its pacts until there are `wanted`. Sources, states and cases stay as they are."""
    root = folder / "library"
    shutil.copytree(ROOT, root)
    names = sorted(path.name for path in (ROOT / "pacts").iterdir() if (path / "pact.yaml").exists())
    for number in range(wanted - len(names)):
        name = names[number % len(names)]
        twin = root / "pacts" / f"{name}-copy-{number}"
        shutil.copytree(ROOT / "pacts" / name, twin)
        text = (twin / "pact.yaml").read_text(encoding="utf-8")
        (twin / "pact.yaml").write_text(text.replace(f"id: {name}\n", f"id: {twin.name}\n", 1), encoding="utf-8")
    return root


def run(code: str, root: Path) -> tuple[float, str]:
    """Seconds, and the last line printed."""
    start = time.perf_counter()
    found = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True)
    if found.returncode:
        sys.exit(found.stderr.splitlines()[0] if found.stderr else f"exit code {found.returncode}")
    return time.perf_counter() - start, (found.stdout.splitlines() or [""])[-1]


def peak() -> float:
    """MB of the largest process waited for so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def values(root: Path) -> int:
    """Rows: every line of the files that is not blank."""
    return sum(bool(line.strip()) for path in root.rglob("*.yaml") for line in path.read_text(encoding="utf-8").splitlines())


def report(title: str, root: Path, bar: int, times: int) -> None:
    parsed = min(run(PARSE, root)[0] for _ in range(times))
    before = peak()
    checks: list[Any] = sorted(run(CHECK, root) for _ in range(times))
    seconds, line = checks[len(checks) // 2]
    rows = values(root)
    print(f"{title}: {seconds:.2f} s (bar {bar}); {rows:,} lines, {rows / seconds:,.0f} a second; {peak():.0f} MB at most (parse alone {before:.0f} MB)")
    print(f"  a bare YAML parse of the same files: {parsed:.2f} s; the check takes {seconds / parsed:.1f} times as long")
    print(f"  {line}")


def main() -> None:
    report("library check", ROOT, 5, 3)
    with tempfile.TemporaryDirectory() as folder:
        report(f"{PACTS:,} pacts", copies(Path(folder), PACTS), 60, 1)


if __name__ == "__main__":
    main()
