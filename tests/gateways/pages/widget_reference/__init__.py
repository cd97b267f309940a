"""The reference of the widget in the documentation, written from the code."""
