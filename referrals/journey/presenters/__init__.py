"""What the pages show, shaped from the record's and the rules' answers. No rule here."""
