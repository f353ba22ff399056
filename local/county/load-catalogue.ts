import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { loadRest } from "./catalogue-items.ts";

/** Brings the rest of the demonstration's catalogue into a running database; a process of its own, behind everything else. */
const [people = "100000", marker = ""] = process.argv.slice(2);
setPriority(10);
const done = existsSync(marker) ? Number(readFileSync(marker, "utf8")) : 0;
await loadRest(Number(people), done, (items, of) => {
  // A marker that was half written would be read as a smaller number, and items written once more.
  writeFileSync(`${marker}.partial`, String(items));
  renameSync(`${marker}.partial`, marker);
  if (items % 50_000 < 5_000 || items === of) console.log(`已装入 ${items} / ${of} 条 · items loaded`);
});
