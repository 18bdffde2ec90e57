"""What is added to the record of sharing: one atomic, keyword-only function a verb, permission and audit inside.

`by` is the actor, `now` an aware moment. Nothing is changed: what is said again is a new row. Nobody is told by these;
casework wraps those that somebody has to hear of.
"""

from consent.actions.beside import (
    Saying,
    choose_bases,
    end_telling_word,
    keep_said_since,
    record_told,
    rule_on_telling,
    say_agreement,
)
from consent.actions.disclosing import (
    AS_FROZEN,
    Door,
    Moment,
    disclose,
    disclose_all,
    disclose_offered,
    hand_over,
    hand_over_addendum,
    left_out_words,
    needed_outside,
    record_shared,
)
from consent.actions.recording import Because, Decided, plain_facts, record_sharing

__all__ = [
    "AS_FROZEN",
    "Because",
    "Decided",
    "Door",
    "Moment",
    "Saying",
    "choose_bases",
    "disclose",
    "disclose_all",
    "disclose_offered",
    "end_telling_word",
    "hand_over",
    "hand_over_addendum",
    "keep_said_since",
    "left_out_words",
    "needed_outside",
    "plain_facts",
    "record_shared",
    "record_sharing",
    "record_told",
    "rule_on_telling",
    "say_agreement",
]
