"""What goes out: mails, formal notices and letters, from template to envelope."""
