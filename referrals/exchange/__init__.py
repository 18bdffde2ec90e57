"""What a front door's own case management system gets: a signed webhook, and an interface to fetch from."""
