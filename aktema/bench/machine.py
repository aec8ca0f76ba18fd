"""What a measurement ran on, without naming the machine, and its results as a section of a document."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

CPU_FILE, MEMORY_FILE = Path("/proc/cpuinfo"), Path("/proc/meminfo")
_MEBI = 1024**2


def machine() -> str:
    """Cores, processor, memory, system and Python, as one line."""
    parts = (
        f"{os.cpu_count()} cores",
        _found(r"model name\s*:\s*(.+)", CPU_FILE) or platform.machine(),
        _memory(),
        platform.system(),
        f"Python {platform.python_version()}",
    )
    return ", ".join(part for part in parts if part)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_section(file: Path, name: str, text: str) -> None:
    """Put the text between the file's marks `<!-- name -->` and `<!-- /name -->`; at its end where it has none."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before = file.read_text("utf-8") if file.exists() else ""
    head, _, rest = before.partition(begin)
    tail = rest.partition(end)[2] or "\n"
    head = head if begin in before or not head else f"{head.rstrip()}\n\n"
    file.write_text(f"{head}{begin}\n{text.strip()}\n{end}{tail}", "utf-8")


def _memory() -> str:
    kibibytes = _found(r"MemTotal:\s*(\d+)", MEMORY_FILE)
    return f"{round(int(kibibytes) / _MEBI)} GiB" if kibibytes else ""


def _found(pattern: str, file: Path) -> str:
    match = re.search(pattern, file.read_text("utf-8")) if file.exists() else None
    return match[1].strip() if match else ""
