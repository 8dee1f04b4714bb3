"""Quick phrases as files: Qianniu's CSV, our own CSV and XLSX, there and back without loss."""

from phrases.transfer.cells import HEADER, QIANNIU, FilePhrase
from phrases.transfer.reading import MAX_BYTES, read_file
from phrases.transfer.writing import FORMS, write_file, write_table

__all__ = ["FORMS", "HEADER", "MAX_BYTES", "QIANNIU", "FilePhrase", "read_file", "write_file", "write_table"]
