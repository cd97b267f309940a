"""Facebook Messenger and Instagram, which share one API: ``messages`` is what comes, ``contents`` makes customers'
contents of it, ``inbound`` reads requests, ``outbound`` writes messages, ``media`` fetches and uploads files,
``errors`` knows the codes, ``checking`` asks Meta whether all is set up, ``connector`` puts it together."""
