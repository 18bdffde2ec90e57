"""The PDF copies: a frozen record goes in, bytes come out."""
