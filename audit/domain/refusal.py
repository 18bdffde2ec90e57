"""What a check raises when somebody may not do something. The same sentence is shown beside a disabled button."""

from uuid import UUID


class Refusal(Exception):  # a refusal is an answer, not an error
    """May not. `check_x` raises it; `audit.middleware.RecordRefusals` shows and records it.

    `reason` is the sentence that the person reads, so it holds no name and no detail of a case. `rule` is the
    stable name of the rule that refused, such as "people.view". `subject_type` and `subject_id` say what was
    asked for, when the rule knows. `about` names the answer that it is about, where it is about one: a page then leads
    to its field.
    """

    def __init__(
        self,
        reason: str,
        *,
        rule: str,
        subject_type: str = "",
        subject_id: UUID | int | str | None = None,
        about: str = "",
    ) -> None:
        super().__init__(rule)
        self.reason = reason
        self.rule = rule
        self.subject_type = subject_type
        self.subject_id = subject_id
        self.about = about


class NotYours(Refusal):
    """Out of the actor's scope. Shown as the page for something that does not exist, and recorded as a refusal.

    Scoped selectors raise it for a record that is there but not theirs. The answer must not differ from that for a
    record that is not there, or addresses could be used to find out who is known.
    """

    def __init__(
        self,
        reason: str = "It does not exist, or you may not see it.",
        *,
        rule: str,
        subject_type: str = "",
        subject_id: UUID | int | str | None = None,
    ) -> None:
        super().__init__(reason, rule=rule, subject_type=subject_type, subject_id=subject_id)
