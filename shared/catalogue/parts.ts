/** A part of an import file: the header again, some rows, and which row of the file the first of them is. */
interface Part {
  readonly csv: string;
  readonly firstRow: number;
}

/** What one call takes, in bytes of UTF-8 and in rows. */
export const largestPart = { bytes: 80_000, rows: 1_000 } as const;

/** 分段 · cuts an import file at ends of rows, never inside quotes, into parts that one call takes. */
export function partsOf(csv: string): Part[] {
  const [header = "", ...rows] = rowsOf(csv.replace(/^\uFEFF/, ""));
  const parts: Part[] = [];
  let open = { csv: header, firstRow: 2, rows: 0 };
  const headerBytes = bytesOf(header);
  let bytes = headerBytes;
  for (const [i, row] of rows.entries()) {
    const more = bytesOf(row);
    if (open.rows === largestPart.rows || (open.rows > 0 && bytes + more > largestPart.bytes)) {
      parts.push({ csv: open.csv, firstRow: open.firstRow });
      open = { csv: header, firstRow: i + 2, rows: 0 };
      bytes = headerBytes;
    }
    open = { ...open, csv: open.csv + row, rows: open.rows + 1 };
    bytes += more;
  }
  return [...parts, { csv: open.csv, firstRow: open.firstRow }];
}

/** Rows with their ends; a line break inside quotes belongs to its row. */
function rowsOf(csv: string): string[] {
  const rows: string[] = [];
  let begun = 0;
  let quoted = false;
  for (let i = 0; i < csv.length; i++) {
    const letter = csv.charCodeAt(i);
    if (letter === 34) quoted = !quoted;
    else if (letter === 10 && !quoted) {
      rows.push(csv.slice(begun, i + 1));
      begun = i + 1;
    }
  }
  return begun < csv.length ? [...rows, csv.slice(begun)] : rows;
}

/** Bytes of UTF-8, and a byte more for each quote and line break that JSON spells with a backslash. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes += unit < 0x80 ? (unit === 34 || unit === 92 || unit < 32 ? 2 : 1) : unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
