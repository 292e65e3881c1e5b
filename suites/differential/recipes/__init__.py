"""Recipes: a base request, a fault, and what AWS answers. Each yields cases for whatever target it is given."""

from dataclasses import dataclass, field


@dataclass
class Case:
    name: str
    why: str
    # The letters of the sources; the corpus's manual page says what they stand for.
    source: str
    wire: object
    expected: dict
    # What the verifier knows besides the target's own key: {"token": ..., "expired": True}.
    known: dict = field(default_factory=dict)
    # Whether real servers are asked too. Not where the answer hangs on something they cannot be given.
    live: bool = True
