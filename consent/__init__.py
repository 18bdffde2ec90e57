"""The decision to share: lawful basis, agreement, the seven golden rules."""
