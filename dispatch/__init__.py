"""The outbox, leases, sweeps and e-mail: promises kept in the background. Knows no domain."""
