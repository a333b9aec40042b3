"""What a message does besides answering: opting out, asking for a person, later, distress, abuse, "
"injection and the rest."""
