"""What can't be converted, in a sentence for a person."""


class ConvertError(Exception):
    """The message is one or more sentences: what is wrong, and the next step."""
