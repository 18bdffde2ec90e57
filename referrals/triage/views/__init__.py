"""The pages of the front door's desk: the queue, one intake, and the questions about it."""
