"""The e-mails of this room. Each says that somebody should look, and links to the referral; none says about whom."""

from dispatch.email import SYSTEM_NAME, register_template

SUBJECTS: dict[str, str] = {
    "approval_asked": "a referral waits for you to look at it",
    "approval_waiting": "a referral still waits for somebody to look at it",
    "approval_answered": "your referral has been looked at",
    "sent_urgent": "an urgent referral has gone",
    "sent_routine": "a referral has gone",
    "sent_without_answer": "a referral has gone without an answer",
    "advice_given": "there is advice on your referral",
    "information_asked": "a front door asks you something",
    "information_given": "the referrer has answered",
    "decided": "a front door has decided",
    "disagreement_raised": "a decision is contested",
    "disagreement_answered": "a disagreement has been answered",
    "withdrawal_asked": "a referrer asks to withdraw",
    "withdrawal_answered": "your request to withdraw has been answered",
}

for name, subject in SUBJECTS.items():
    register_template(name, subject=f"{SYSTEM_NAME}: {subject}", url_name="referral", path_references=("referral",))
