"""The frozen record shaped for the copy. Pure: the same content and words give the same copy."""

from referrals.documents.presenters.copy import Copy, present

__all__ = ["Copy", "present"]
