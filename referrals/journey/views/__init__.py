"""The practitioner's pages, by what somebody is doing: starting, writing, people, sending, reading the record."""
