"""Build hook: the compiled snapshot of the library goes into the wheel, so that an installed product starts at once."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the library before the wheel is packed. An editable install compiles it when it is first asked something."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from foedus import snapshot

        snapshot.build(snapshot.SEALED)
        build_data["artifacts"].append("src/foedus/library.sqlite")
