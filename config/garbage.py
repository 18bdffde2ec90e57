"""When a process that serves or works looks for garbage.

Python counts what is made and not yet let go, and at a certain number looks at everything alive for rings that nothing
leads to. The program itself is some 800,000 objects that never go: looking at them again and again was an eighth
of drawing a copy (docs/reference/benchmarks.md). Commands and tests keep Python's own ways.
"""

import gc

NEW_ONES = 20_000
"""How many more objects are made than let go before the youngest are looked at; Python's own is 700."""


def look_less() -> None:
    """Leave what this process is made of so far out of every later look, and look less often at the rest.

    To be called once, when everything that stays is loaded. What is let go otherwise is let go at once, as ever.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_ONES, *gc.get_threshold()[1:])
