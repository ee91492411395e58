"""The `fast` extra: loops compiled by numba where it is installed, the same tables from NumPy where it is not."""

import functools
import os
from collections.abc import Callable
from typing import Any


@functools.cache
def compiled(function: Callable[..., Any], signature: str) -> Callable[..., Any] | None:
    """`function` compiled to run beside others (it lets go of the interpreter's lock), once and kept on disk; None without the `fast` extra.

    signature: the types of its arguments in numba's words, so that it is compiled, or loaded, here and not at its first call.
    `FOEDUS_FAST=no` in the environment does without it, for comparison. A kernel must be a function of a module, over arrays.
    """
    if os.environ.get("FOEDUS_FAST", "").casefold() in ("no", "0", "false"):
        return None
    try:
        import numba
    except ImportError:
        return None
    fast: Callable[..., Any] = numba.njit(signature, nogil=True, cache=True)(function)
    return fast
