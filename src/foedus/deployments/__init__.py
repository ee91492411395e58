"""Forces abroad: the register of forces that states sent to others, as it could be known on a day."""
