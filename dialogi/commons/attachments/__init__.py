"""Files people send: recognised by what is in them, made harmless, stored under random names, shown to those who may see their Subject.

`prepare_upload` does the slow work before the transaction, `attach` keeps the result inside it. `PhotosField` and `FilesField`
hold what was sent while the rest of the form still has errors; what they clean is handed to `attach` as it is.
"""

from dialogi.commons.attachments.fields import FilesField, PhotosField
from dialogi.commons.attachments.holding import held, hold, release, token
from dialogi.commons.attachments.kinds import EVERY_KIND, IMAGES, FileKind
from dialogi.commons.attachments.links import open_address
from dialogi.commons.attachments.preparing import Prepared, prepare_upload
from dialogi.commons.attachments.storing import Upload, attach, read, remove

__all__ = [
    "EVERY_KIND",
    "IMAGES",
    "FileKind",
    "FilesField",
    "PhotosField",
    "Prepared",
    "Upload",
    "attach",
    "held",
    "hold",
    "open_address",
    "prepare_upload",
    "read",
    "release",
    "remove",
    "token",
]
