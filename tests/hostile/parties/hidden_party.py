"""What is known of the party whose address is secret, and what nobody else may read."""

STREET = "Schuilhoek 7"
SECRETS = (STREET, "1234 AB", "06 12345678", "tess@post.example", "999993653")
