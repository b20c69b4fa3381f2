"""Mail that comes in: read from a mailbox, taken apart safely, and told apart."""
