"""The referral itself: people, answers, form specifications, the frozen submission, addenda."""
