"""Opening the packed parts of a workbook without letting them unpack to more than they should."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

from flask_babel import gettext as _

from aktema.core.tabular.model import FileRefused

_DIRECTORY_ENTRY = b"PK\x01\x02"
_KNOWN_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for much memory
_LOCKED = 0x1  # general purpose bit 0: the member is encrypted
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    OSError,
    ValueError,
    LookupError,
    EOFError,
)


def damaged() -> FileRefused:
    return FileRefused(_("Filen är skadad och går inte att läsa. Öppna den i Excel och spara den på nytt."))


def locked() -> FileRefused:
    return FileRefused(_("Filen är skyddad med lösenord. Ta bort lösenordet i Excel och spara den på nytt."))


def swollen() -> FileRefused:
    return FileRefused(_("Filen blir för stor när den packas upp. Kopiera tabellen till en ny arbetsbok."))


class Archive:
    """The parts of a zip file, checked before anything is unpacked. Raises FileRefused.

    As it is: a workbook. Other packed files are read by a subclass with bounds and words of its own.
    """

    most_members = 1_000
    most_unpacked = 64 * 1024 * 1024  # bytes, all parts together
    most_read = 16 * 1024 * 1024  # bytes, the parts that are read; a full table of long texts has 15
    most_ratio = 150  # a sheet full of equal cells packs to about a twentieth
    damaged = staticmethod(damaged)
    locked = staticmethod(locked)
    swollen = staticmethod(swollen)

    def __init__(self, data: bytes) -> None:
        if (
            data.count(_DIRECTORY_ENTRY) > self.most_members
        ):  # before opening: entries alone can fill the memory
            raise self.swollen()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self.damaged() from error
        self._left = self.most_read
        self._check(len(data))

    def _check(self, packed: int) -> None:
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > self.most_unpacked or unpacked > self.most_ratio * packed:
            raise self.swollen()
        if any(member.flag_bits & _LOCKED for member in members):
            raise self.locked()
        if any(member.compress_type not in _KNOWN_PACKING for member in members):
            raise self.damaged()

    @property
    def members(self) -> Sequence[zipfile.ZipInfo]:
        return self._zip.infolist()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Return one part unpacked; one that is missing or broken is refused, and one too many bytes."""
        try:
            self._left -= self._zip.getinfo(name).file_size
            if self._left < 0:
                raise self.swollen()
            return self._zip.read(name)  # never yields more than file_size
        except _BROKEN as error:
            raise self.damaged() from error
