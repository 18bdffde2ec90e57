"""The front door's desk."""
