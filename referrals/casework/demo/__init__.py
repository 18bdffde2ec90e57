"""Invented referrals of a demonstration, in every state, made by the very actions that pages call, in the past."""

from referrals.casework.demo.making import make_referrals

__all__ = ["make_referrals"]
