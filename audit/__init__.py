"""The append-only record of who saw and did what. Imports nothing of ours; nothing points out of it.

Others use `audit.actions.record`, `audit.domain.actor.Actor`, `audit.domain.refusal.Refusal` and `NotYours`, and
`audit.models.AppendOnly`. This package itself imports nothing, because it is loaded before any model can be.
"""
