"""The case work: cases, parties, documents, requests, deadlines, mails and retention."""
