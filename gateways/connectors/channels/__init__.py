"""Channels by which customers come from elsewhere. ``connector`` is what each of them is; a folder a provider holds its
wire: ``signature`` proves who calls, ``inbound`` reads what comes, ``outbound`` writes what goes, ``checking`` asks the
provider whether all is set up."""
