"""Who calls: accounts, tokens, authentication, rate limits and presence."""
