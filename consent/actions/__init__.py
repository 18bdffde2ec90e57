"""What is added to the record of sharing: one atomic, keyword-only function a verb, permission and audit inside.

`by` is the actor, `now` an aware moment. Nothing is changed: what is said again is a new row. Nobody is told by these;
casework wraps those that somebody has to hear of.
"""

from consent.actions.beside import Saying, choose_bases, record_told, rule_on_telling, say_agreement
from consent.actions.recording import Because, Decided, plain_facts, record_sharing

__all__ = [
    "Because",
    "Decided",
    "Saying",
    "choose_bases",
    "plain_facts",
    "record_sharing",
    "record_told",
    "rule_on_telling",
    "say_agreement",
]
