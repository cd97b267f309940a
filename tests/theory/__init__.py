"""The routing engine against queueing theory: its queues are those of Erlang C and Erlang A."""
