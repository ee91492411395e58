"""Files written whole or not at all."""

import os
import tempfile
from pathlib import Path

from foedus.errors import InputError


def write(path: str | Path, content: str | bytes) -> None:
    """`content` at `path`. Atomic: a killed command leaves the old file. Errors: InputError where the folder is missing or closed."""
    target = Path(path)
    data = content.encode() if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(path)) from None
