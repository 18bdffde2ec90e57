"""The GOV.UK template pack: components, form base class, fields and tags. Knows nothing of the domain.

The markup stands in `templates/govuk/` and is compared with govuk-frontend's published fixtures by `tests/components/`.
"""
