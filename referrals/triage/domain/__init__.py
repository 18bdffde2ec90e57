"""Pure rules of the front door's desk."""
