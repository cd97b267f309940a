"""From a message's content to what a channel carries: ``renderer`` divides it into pieces, ``cutting`` keeps each text
within the channel's limit, and ``choices`` knows again which button the customer has pressed or typed."""
