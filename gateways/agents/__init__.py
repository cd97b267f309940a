"""What every API and every desk does with agents, without HTTP: sessions, states, offers, announcements."""
