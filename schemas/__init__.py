"""Everything that is sent or kept: commands, events, message bodies and the APIs' bodies. It imports no other
package."""
