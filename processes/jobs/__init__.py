"""The work that runs without a person: workers of the outbox, sweeps, destruction, verification, figures."""
