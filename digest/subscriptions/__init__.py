"""Subscribe, confirm, choose, move, leave, be forgotten: the use cases behind the web and the command line."""

from digest.subscriptions.addresses import parse as parse_address
from digest.subscriptions.asking import ask, confirm, pending
from digest.subscriptions.choosing import Choice, by_mail, choice, choose, chooser, end, holder, move, mover, propose
from digest.subscriptions.keeping import forget
from digest.subscriptions.notes import is_busy
from digest.subscriptions.office import Imported, Refused, add, import_list, listed, unsubscribe
from digest.subscriptions.owning import data, erase, erase_address, offer, owner

__all__ = [
    "Choice",
    "Imported",
    "Refused",
    "add",
    "ask",
    "by_mail",
    "choice",
    "choose",
    "chooser",
    "confirm",
    "data",
    "end",
    "erase",
    "erase_address",
    "forget",
    "holder",
    "import_list",
    "is_busy",
    "listed",
    "move",
    "mover",
    "offer",
    "owner",
    "parse_address",
    "pending",
    "propose",
    "unsubscribe",
]
