"""Composing one interviewer by talking: drafts, edits, publishing, inviting."""
