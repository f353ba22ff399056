/** A cell that a spreadsheet would take for a formula begins with an apostrophe; quotes and commas stay inside it. */
function cell(words: string): string {
  const harmless = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** 表格文本 · rows as CSV that spreadsheets open. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(cell).join(",")).join("\r\n");

/** 导出 · saves rows as a file on the officer's machine. */
export function download(name: string, rows: readonly (readonly string[])[]): void {
  const address = URL.createObjectURL(new Blob([`\ufeff${csvOf(rows)}\r\n`], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
