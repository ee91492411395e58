"""Build hook: the compiled library and the compiled words of the press reader go into the wheel, so that an installed product starts at once."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the library before the wheel is packed. An editable install compiles it when it is first asked something."""

    def packs(self, version: str) -> bool:
        return self.target_name == "wheel" and version != "editable"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self.packs(version):
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from foedus import snapshot
        from foedus.press import gazetteer

        snapshot.build(snapshot.SEALED)
        gazetteer.write(gazetteer.compile_gazetteer(snapshot.records("state"), snapshot.records("pact")), gazetteer.SEALED)
        build_data["artifacts"] += ["src/foedus/library.sqlite", f"src/foedus/press/{gazetteer.SEALED.name}"]

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The sealed words are for the wheel alone: beside a checkout's own lists they would go stale."""
        if self.packs(version):
            from foedus.press import gazetteer

            gazetteer.SEALED.unlink(missing_ok=True)
