import { inflateSync } from "node:zlib";
import { Refusal } from "../../shared/refusal.ts";

/** What a paper has no use for: it runs something, or it asks for a password. */
const unwelcome = /\/(JavaScript|Launch|RichMedia|Encrypt)(?![A-Za-z0-9])/;
/** Objects that are packed together are unpacked to so many bytes, of all of a file. */
const mostUnpacked = 30_000_000;

/**
 * PDF · how many pages it has, null where none could be counted; or a refusal. It looks at what the file says openly and in
 * its packed objects, as every reader does; it decodes no page and is no scanner.
 */
export function pagesOf(bytes: Buffer): number | null {
  const open = bytes.toString("latin1");
  // What follows the end is no part of the paper: another file could lie there.
  if (!/%%EOF[\s\0]*$/.test(open.slice(-1_024))) throw new Refusal("attachment-unreadable", { detail: "PDF不完整" });
  const said = `${plain(open)}\n${unpacked(bytes, open)}`;
  const found = unwelcome.exec(said)?.[1];
  if (found === "Encrypt") throw new Refusal("attachment-unreadable", { detail: "PDF有密码或权限限制" });
  if (found) throw new Refusal("attachment-unreadable", { detail: "PDF里有脚本或会自己运行的内容" });
  return said.match(/\/Type\s*\/Page(?![A-Za-z0-9])/g)?.length ?? null;
}

/** A name may spell any letter as #xx. */
const plain = (text: string) =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The objects that lie packed together in streams, as text. */
function unpacked(bytes: Buffer, open: string): string {
  const texts: string[] = [];
  let left = mostUnpacked;
  let headFrom = 0;
  for (const { index, 0: word } of open.matchAll(/\bstream\r?\n/g)) {
    const head = plain(open.slice(headFrom, index));
    headFrom = index;
    if (!head.includes("/ObjStm")) continue;
    const text = inflated(bytes.subarray(index + word.length), head, left);
    left -= text.length;
    texts.push(plain(text));
  }
  return texts.join("\n");
}

function inflated(bytes: Buffer, head: string, most: number): string {
  // One filter and no parameters: what is packed twice, or shifted, could not be looked into.
  if (
    !/\/Filter\s*(\/FlateDecode\b(?!\s*\/\w*Decode)|\[\s*\/FlateDecode\s*\])/.test(head) ||
    head.includes("/DecodeParms")
  )
    throw new Refusal("attachment-unreadable");
  try {
    // The packed objects say themselves where they end; what follows them in the file is left alone.
    return inflateSync(bytes, { maxOutputLength: Math.max(1, most) }).toString("latin1");
  } catch (cause) {
    throw new Refusal("attachment-unreadable", { cause });
  }
}
