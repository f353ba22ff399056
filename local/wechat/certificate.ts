import { createPublicKey, type KeyObject, sign } from "node:crypto";

/** DER: a tag, a length, what it holds. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const hex = (digits: string) => Buffer.from(digits, "hex");
const sha256WithRsa = sequence(der(0x06, hex("2a864886f70d01010b")), der(0x05));
const commonName = (name: string) =>
  sequence(der(0x31, sequence(der(0x06, hex("550403")), der(0x0c, Buffer.from(name)))));
/** GeneralizedTime, in UTC to the second. */
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replace(/[-T:]/g, "")}Z`));

/**
 * 自签证书 · an X.509 certificate (RFC 5280, version 3, SHA256 with RSA) of a private key, signed by itself, as PEM.
 * node:crypto reads certificates and makes none; the local channel needs one. `serial` is hexadecimal.
 */
export function selfSigned(key: KeyObject, serial: string, from: Date, until: Date): string {
  const name = commonName("local WeChat Pay");
  // A leading zero byte keeps the number positive.
  const number = der(0x02, hex(Number.parseInt(serial.slice(0, 2), 16) > 0x7f ? `00${serial}` : serial));
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    number,
    sha256WithRsa,
    name,
    sequence(time(from), time(until)),
    name,
    createPublicKey(key).export({ type: "spki", format: "der" }),
  );
  const seal = der(0x03, Buffer.from([0]), sign("RSA-SHA256", signed, key));
  const lines = sequence(signed, sha256WithRsa, seal)
    .toString("base64")
    .match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
