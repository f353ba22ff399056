/** RFC 9285 in our own lines: the package of that name needs `Buffer`, which a mini-program lacks. */
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const values = new Map([...alphabet].map((letter, value) => [letter, value]));

/** Bytes as text for a QR in alphanumeric mode: three letters for two bytes, two for a last one. Never ends in a space. */
export function toBase45(bytes: Uint8Array): string {
  const letters: string[] = [];
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    let rest = pair ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!;
    for (let letter = 0; letter < (pair ? 3 : 2); letter++) {
      letters.push(alphabet[rest % 45]!);
      rest = Math.floor(rest / 45);
    }
  }
  return letters.join("");
}

/** The bytes of a text, or null where a letter is strange, a group is too great or one letter is left over. */
export function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const group = [...text.slice(i, i + 3)].map((letter) => values.get(letter) ?? Number.NaN);
    const number = group.reduceRight((sum, value) => sum * 45 + value, 0);
    // Not a number is not below anything: a strange letter ends here too.
    if (!(number < (group.length === 3 ? 0x10000 : 0x100))) return null;
    if (group.length === 3) bytes.push(number >> 8);
    bytes.push(number & 0xff);
  }
  return Uint8Array.from(bytes);
}
