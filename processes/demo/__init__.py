"""What only the demo has: invented people, and a story to start with."""
