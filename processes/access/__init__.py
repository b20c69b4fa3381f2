"""The rules of who may see and do what, told once: for actions, reads, post and pages alike."""
