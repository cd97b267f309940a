"""The identity of callers: accounts, tokens, authentication, rate limits and presence."""
