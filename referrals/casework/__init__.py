"""What more than one desk shares: submit, approve, send, receive, decide, transfer, withdraw, advise, disagree."""
