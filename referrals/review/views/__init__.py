"""The pages of the agency's desk: the list, one referral, and the questions about it."""
