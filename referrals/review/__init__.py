"""The designated safeguarding lead's desk."""
