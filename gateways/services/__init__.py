"""What every handler and every effect is given."""
