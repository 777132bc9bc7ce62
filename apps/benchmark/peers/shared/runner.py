"""What an implementation gives to be timed."""

from typing import Callable, NamedTuple


class Runner(NamedTuple):
    """`call` starts some units of work, `finish` waits until all of it is done; `value` is what the work came to, None where that says nothing."""

    call: Callable[[], object]
    finish: Callable[[], object]
    units: int
    value: float | None
