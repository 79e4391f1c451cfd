"""Mistakes in mops.yaml, told with the line they are on."""


class SettingsError(Exception):
    """A mistake of the user in mops.yaml or in the environment it names; the message is all there is to say."""
