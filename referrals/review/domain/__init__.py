"""Pure rules of the agency's desk."""
