"""What keeps pages safe: headers, sessions, forms that only our own pages can send, and guards on every door."""
