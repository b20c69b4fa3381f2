"""The safety of pages: headers, sessions, forms that only our own pages can send, and guards of every page."""
