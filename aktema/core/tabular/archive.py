"""Opening the packed parts of a workbook without letting them unpack to more than they should."""

import io
import struct
import zipfile
import zlib

from flask_babel import gettext as _

from aktema.core.tabular.model import FileRefused

MAX_MEMBERS = 1_000
MAX_UNPACKED = 64 * 1024 * 1024  # bytes, all parts together
MAX_READ = 16 * 1024 * 1024  # bytes, the parts that are read; a full table of long texts has 15
MAX_RATIO = 150  # a sheet full of equal cells packs to about a twentieth

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
    """The parts of a zip file, checked before anything is unpacked. Raises FileRefused."""

    def __init__(self, data: bytes) -> None:
        if data.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:  # before opening: entries alone can fill the memory
            raise swollen()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise damaged() from error
        self._left = MAX_READ
        self._check(len(data))

    def _check(self, packed: int) -> None:
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
            raise swollen()
        if any(member.flag_bits & _LOCKED for member in members):
            raise locked()
        if any(member.compress_type not in _KNOWN_PACKING for member in members):
            raise damaged()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Return one part unpacked; one that is missing or broken is refused, and one too many bytes."""
        try:
            self._left -= self._zip.getinfo(name).file_size
            if self._left < 0:
                raise swollen()
            return self._zip.read(name)  # never yields more than file_size
        except _BROKEN as error:
            raise damaged() from error
