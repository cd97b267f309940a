"""What WhatsApp, Messenger and Instagram share, which are all of Meta's Graph API: ``signature`` proves who calls,
``calling`` makes calls and reads errors, ``outcomes`` says what became of a call, ``reading`` reads the items of a
request one by one, ``texts`` makes customers' contents, ``media`` fetches files."""
