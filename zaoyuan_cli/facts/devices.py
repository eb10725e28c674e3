"""The machines that write into a book."""

from . import Fact


class DeviceAdded(Fact, kind="devices.added.v1", lasting=True):
    """A machine was given a letter; `device` is the letter and random digits, `person` who keeps it (an id)."""

    device: str
    person: str = ""


class DeviceRetired(Fact, kind="devices.retired.v1", lasting=True):
    """A machine's chain ends here; its letter is never given again."""

    device: str
