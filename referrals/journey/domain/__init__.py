"""Rules of the practitioner's pages."""
