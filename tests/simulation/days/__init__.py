"""Days of a contact centre: people who come and go by the clock, wait, answer, forget, and lose their connections."""
