"""The data that only the demo has: invented people, and cases to start with."""
