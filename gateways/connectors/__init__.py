"""What connects Hybrid Chat with one outside system each."""
