import { createPublicKey, verify as nodeVerify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Decoder, Encoder } from "cbor-x";
import fc from "fast-check";
import jsQR from "jsqr";
import encodeQR from "qr";
import { describe, expect, test } from "vitest";
import { fromBase45, toBase45 } from "../../shared/credential/base45.ts";
import { type Item, readCbor, writeCbor } from "../../shared/credential/cbor.ts";
import {
  codeMessage,
  mostLetters,
  read,
  readStatement,
  show,
  slotAt,
  statementMessage,
  write,
} from "../../shared/credential/code.ts";
import { businessTypes, codeSeconds, credentialStates } from "../../shared/credential/credential.ts";
import { keyId, publicKeyFrom, schemes, signerFrom } from "../../shared/credential/keys.ts";
import { messageOf } from "../../shared/credential/signature.ts";
import { verify } from "../../shared/credential/verify.ts";
import { type Day, day } from "../../shared/day.ts";
import { allowing } from "../../shared/machine.ts";
import {
  area,
  both,
  bytes,
  bytesOf,
  fromHex,
  hex,
  issuerOf,
  keyPair,
  knownOf,
  now,
  phoneOf,
  textOf,
} from "./credential.ts";

describe("base45", () => {
  test.each([
    ["AB", "BB8"],
    ["Hello!!", "%69 VD92EX0"],
    ["base-45", "UJCLQE7W581"],
    ["ietf!", "QED8WEX0"],
  ])("the examples of RFC 9285: %s", (plain, text) => {
    expect(toBase45(Buffer.from(plain))).toBe(text);
    expect(Buffer.from(fromBase45(text)!).toString()).toBe(plain);
  });
  test("what no bytes are written as is refused: too great, one letter left over, lower case, a line's end", () => {
    expect([":::", "GGW", "::", "A", "AB8A", "bb8", "BB8\n", "ÄB8", "𝟘B8"].map(fromBase45)).toEqual(
      new Array(9).fill(null),
    );
    expect(fromBase45("FGW")).toEqual(Uint8Array.of(255, 255));
  });
  test("whatever bytes: read back, and never an end that a trim would take", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (some) => {
        const text = toBase45(some);
        expect(fromBase45(text)).toEqual(Uint8Array.from(some));
        expect(text.endsWith(" ")).toBe(false);
      }),
    );
  });
});

describe("CBOR", () => {
  const items = fc.letrec<{ item: Item }>((tie) => ({
    item: fc.oneof(
      { depthSize: "small", maxDepth: 4 },
      fc.nat({ max: 0xffffffff }),
      fc.uint8Array({ maxLength: 300 }).map((some) => Uint8Array.from(some)),
      fc.array(tie("item"), { maxLength: 30 }),
    ),
  })).item;
  const heads = fc
    .array(fc.constantFrom(0x00, 0x17, 0x18, 0x19, 0x1a, 0x41, 0x58, 0x81, 0x82, 0x98), { maxLength: 8 })
    .map((some) => Uint8Array.from(some));
  test("another implementation reads what we write, and we write what it writes", () => {
    const decoder = new Decoder({ useRecords: false });
    const encoder = new Encoder({ useRecords: false, tagUint8Array: false });
    const plain = (item: unknown): unknown =>
      Array.isArray(item) ? item.map(plain) : item instanceof Uint8Array ? hex(item) : Number(item);
    fc.assert(
      fc.property(items, (item) => {
        expect(plain(decoder.decode(Buffer.from(writeCbor(item))))).toEqual(plain(item));
        expect(plain(readCbor(new Uint8Array(encoder.encode(item))))).toEqual(plain(item));
      }),
    );
  });
  test("one value has one spelling: whatever bytes are read, they are what would be written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 12 }), heads, items.map(writeCbor)), (some) => {
        const item = readCbor(Uint8Array.from(some));
        if (item !== null) expect(writeCbor(item)).toEqual(Uint8Array.from(some));
      }),
      { numRuns: 3000 },
    );
  });
  test("longer spellings, indefinite lengths, other kinds, ends too early or too late, and deep nests are refused", () => {
    const refused = [
      "1817",
      "190017",
      "1a0000ffff",
      "1b0000000000000001",
      "5f4100ff",
      "9f01ff",
      "20",
      "6161",
      "a0",
      "c001",
      "f6",
      "f5",
      "1f",
    ];
    const cut = ["18", "19ff", "43aabb", "8201", "5affffffff00", "9affffffff", "", "0100", "81".repeat(20_000)];
    expect([...refused, ...cut].filter((one) => readCbor(fromHex(one)) !== null)).toEqual([]);
    expect(["17", "1818", "190100", "1a00010000", "80"].filter((one) => readCbor(fromHex(one)) === null)).toEqual([]);
  });
  test("what does not fit is not written", () => {
    for (const one of [-1, 1.5, 2 ** 32, Number.NaN]) expect(() => writeCbor(one)).toThrow(RangeError);
  });
});

describe("signatures", () => {
  test("Ed25519: the second example of RFC 8032", () => {
    const secret = fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    const publicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const signature =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    expect(hex(schemes.Ed25519.publicKeyOf(secret))).toBe(publicKey);
    expect(hex(schemes.Ed25519.sign(secret, fromHex("72")))).toBe(signature);
  });
  test("SM2: the example of GB/T 32918.5", () => {
    const secret = fromHex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
    const signature =
      "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    const publicKey = schemes.SM2.publicKeyOf(secret);
    expect(hex(publicKey)).toBe("0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020");
    expect(schemes.SM2.verify(publicKey, Buffer.from("message digest"), fromHex(signature))).toBe(true);
    expect(schemes.SM2.verify(publicKey, Buffer.from("message digesu"), fromHex(signature))).toBe(false);
  });
  test.each(both)("%s: the same key signs the same message the same way, another message another way", (algorithm) => {
    const { signer } = issuerOf(algorithm);
    expect(signer.sign(bytes(40, 1))).toEqual(signer.sign(bytes(40, 1)));
    expect(hex(signer.sign(bytes(40, 1)).slice(0, 32))).not.toBe(hex(signer.sign(bytes(40, 2)).slice(0, 32)));
  });
  test("SM2: two signatures do not tell the key, as they would under one nonce", () => {
    const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
    const power = (base: bigint, exponent: bigint): bigint => {
      if (exponent === 0n) return 1n;
      const half = power((base * base) % order, exponent / 2n);
      return exponent % 2n ? (half * base) % order : half;
    };
    const numbers = [1, 2].map((no) => {
      const signature = hex(issuerOf("SM2").signer.sign(bytes(40, no)));
      return { r: BigInt(`0x${signature.slice(0, 64)}`), s: BigInt(`0x${signature.slice(64)}`) };
    });
    const [one, two] = [numbers[0]!, numbers[1]!];
    const below = (((one.s + one.r - two.s - two.r) % order) + order) % order;
    const told = ((((two.s - one.s) % order) + order) * power(below, order - 2n)) % order;
    expect(told.toString(16).padStart(64, "0")).not.toBe(keyPair("SM2", 1).secretKey);
  });
  test("Ed25519: a key of low order, whose signature fits every message, is refused", async () => {
    const { ed25519 } = await import("@noble/curves/ed25519.js");
    const key = Uint8Array.of(1, ...new Array(31).fill(0));
    const signature = Uint8Array.from([...key, ...new Array(32).fill(0)]);
    for (const message of [bytes(9, 1), bytes(9, 2)]) {
      expect(ed25519.verify(signature, message, key, { zip215: true })).toBe(true);
      expect(schemes.Ed25519.verify(key, message, signature)).toBe(false);
    }
  });
  test("numbers out of range are no second spelling of a signature", () => {
    const orders = {
      Ed25519: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
      SM2: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
    };
    const message = bytes(50, 3);
    for (const algorithm of both) {
      const { signer } = issuerOf(algorithm);
      const signature = signer.sign(message);
      const half = algorithm === "Ed25519" ? hex(signature.slice(32).reverse()) : hex(signature.slice(32));
      const shifted = fromHex((BigInt(`0x${half}`) + orders[algorithm]).toString(16).padStart(64, "0").slice(-64));
      const other = [...signature.slice(0, 32), ...(algorithm === "Ed25519" ? shifted.reverse() : shifted)];
      expect(schemes[algorithm].verify(signer.publicKey, message, signature)).toBe(true);
      expect(schemes[algorithm].verify(signer.publicKey, message, Uint8Array.from(other))).toBe(false);
      for (const part of [0, 32])
        for (const byte of [0, 255]) {
          expect(
            schemes[algorithm].verify(signer.publicKey, message, signature.slice().fill(byte, part, part + 32)),
          ).toBe(false);
        }
    }
  });
  test.each(both)("%s: bytes of any kind are an answer, never a fault", (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 70 }), (key, signature) => {
        expect(schemes[algorithm].verify(Uint8Array.from(key), bytes(5, 1), Uint8Array.from(signature))).toBe(false);
      }),
    );
    const { keyLength } = { Ed25519: { keyLength: 32 }, SM2: { keyLength: 33 } }[algorithm];
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: keyLength, maxLength: keyLength }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        (key, signature) => {
          expect(schemes[algorithm].verify(Uint8Array.from(key), bytes(5, 1), Uint8Array.from(signature))).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });
  test("a signature of one kind of thing is none of another", () => {
    const kinds = ["yb-statement/1", "yb-code/1", "yb-paper/1", "yb-bundle/1"] as const;
    const messages = kinds.map((kind) => Buffer.from(messageOf(kind, [1])).toString("latin1"));
    for (const one of messages) expect(messages.filter((other) => other.startsWith(one.slice(0, -2)))).toEqual([one]);
  });
  test("a public key's algorithm is told by its length; what is none is null", () => {
    for (const algorithm of both) {
      const { publicKey } = keyPair(algorithm, 5);
      expect(publicKeyFrom(publicKey)).toEqual({ algorithm, publicKey: fromHex(publicKey) });
    }
    expect(["", "0", "zz", "00".repeat(31), "00".repeat(34), "AA".repeat(32)].map(publicKeyFrom)).toEqual(
      new Array(6).fill(null),
    );
  });
});

interface Vector {
  algorithm: "Ed25519" | "SM2";
  issuer: { seed: string; publicKey: string; id: string };
  phone: { seed: string; publicKey: string; id: string };
  facts: { pseudonym: string; area: string; coverUntil: Day | null; issuedOn: Day };
  statement: string;
  now: string;
  counter: number;
  text: string;
}
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/credential.json"), "utf8")) as Vector[];

describe.each(both)("a code signed with %s", (algorithm) => {
  const issuer = issuerOf(algorithm);
  const known = knownOf(algorithm);

  test("fixed keys and times give the bytes written down", () => {
    const of = vectors.filter((one) => one.algorithm === algorithm);
    expect(of.length).toBe(2);
    for (const vector of of) {
      const { signer } = issuerOf(algorithm);
      expect([hex(bytes(48, 1)), hex(bytes(48, 2))]).toEqual([vector.issuer.seed, vector.phone.seed]);
      const phone = phoneOf(algorithm, 2, {
        pseudonym: fromHex(vector.facts.pseudonym),
        coverUntil: vector.facts.coverUntil,
        issuedOn: vector.facts.issuedOn,
        area: vector.facts.area,
      });
      expect([hex(signer.publicKey), hex(keyId(algorithm, signer.publicKey))]).toEqual([
        vector.issuer.publicKey,
        vector.issuer.id,
      ]);
      expect([phone.pair.publicKey, phone.pair.id]).toEqual([vector.phone.publicKey, vector.phone.id]);
      expect(hex(phone.statement)).toBe(vector.statement);
      expect(phone.show(Date.parse(vector.now), vector.counter)).toBe(vector.text);
    }
  });

  test("what is shown is what is found true: pseudonym, area, cover, phone, slot, counter, and no more", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        fc.constantFrom(null, day("2026-12-31"), day("2026-03-31")),
        fc.nat({ max: 0xffffffff }),
        fc.nat({ max: 2 * 86_400_000 }),
        (pseudonym, coverUntil, counter, later) => {
          const phone = phoneOf(algorithm, 3, { pseudonym: Uint8Array.from(pseudonym), coverUntil }, issuer);
          const text = phone.show(now + later, counter);
          expect(verify(text, { ...known, now: now + later })).toEqual({
            weak: false,
            pseudonym: hex(Uint8Array.from(pseudonym)),
            area,
            coverUntil,
            algorithm,
            deviceKeyId: phone.pair.id,
            slot: slotAt(now + later),
            counter,
          });
          expect(write(read(text))).toBe(text);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("the largest code is a QR of version 10 at level M, 311 letters, and is read from its pixels", () => {
    const text = phoneOf(algorithm, 2, { area: "659006" }).show(now, 0xffffffff);
    expect(text.length).toBeLessThanOrEqual(mostLetters);
    expect(bytesOf(text).length).toBeLessThanOrEqual(207);
    const modules = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 });
    expect((modules.length - 8 - 17) / 4).toBeLessThanOrEqual(10);
    const scale = 4;
    const side = modules.length * scale;
    const pixels = new Uint8ClampedArray(side * side * 4);
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const dark = modules[Math.floor(y / scale)]![Math.floor(x / scale)];
        pixels.set(dark ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * side + x) * 4);
      }
    expect(jsQR(pixels, side, side)?.data).toBe(text);
  });

  test("no name, no number: the fields, as another implementation reads them", () => {
    const phone = phoneOf(algorithm);
    const fields = new Decoder({ useRecords: false }).decode(Buffer.from(bytesOf(phone.show()))) as (
      | number
      | Uint8Array
    )[];
    const id = keyId(algorithm, issuer.signer.publicKey);
    const { deviceKey } = readStatement(phone.statement)!;
    expect(fields.slice(0, 10).map((one) => (typeof one === "number" ? one : hex(one)))).toEqual([
      algorithm === "Ed25519" ? 1 : 2,
      hex(id.slice(0, 4)),
      hex(phone.pseudonym),
      370600,
      2556,
      2260,
      3,
      hex(deviceKey),
      1440 + 600,
      7,
    ]);
    expect(fields).toHaveLength(11);
  });

  test("a phone shows its own statement only", () => {
    const [one, other] = [phoneOf(algorithm, 2), phoneOf(algorithm, 3)];
    expect(() => show(one.statement, other.signer, { now, counter: 1 })).toThrow(RangeError);
    expect(() => show(bytes(100, 1), one.signer, { now, counter: 1 })).toThrow(RangeError);
    expect(() => one.show(now, 2 ** 32)).toThrow(RangeError);
  });

  test("two showings never have one text, and a text is read in one spelling only", () => {
    const phone = phoneOf(algorithm);
    const texts = [phone.show(now, 1), phone.show(now, 2), phone.show(now + 60_000, 1)];
    expect(new Set(texts).size).toBe(3);
    expect(texts.map((text) => read(text).counter)).toEqual([1, 2, 1]);
  });
});

test("Node's own Ed25519 agrees with both signatures of a code", () => {
  const phone = phoneOf("Ed25519");
  const code = read(phone.show());
  const agrees = (raw: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw).toString("base64url") };
    return nodeVerify(null, message, createPublicKey({ key: jwk, format: "jwk" }), signature);
  };
  const { statement } = code;
  expect(agrees(issuerOf("Ed25519").signer.publicKey, statementMessage(statement), statement.signature)).toBe(true);
  expect(agrees(phone.signer.publicKey, codeMessage(code), code.signature)).toBe(true);
  expect(agrees(phone.signer.publicKey, statementMessage(statement), code.signature)).toBe(false);
});

test("the table of states: open once, suspended and back, re-issued, closed for good", () => {
  expect(allowing(credentialStates, "open")).toEqual(["not-opened"]);
  expect(allowing(credentialStates, "reissue")).toEqual(["active", "suspended"]);
  expect(allowing(credentialStates, "restore")).toEqual(["suspended"]);
  expect(credentialStates.closed.on).toEqual({});
  expect(3600 % codeSeconds).toBe(0);
  expect(Object.keys(businessTypes)).toHaveLength(16);
});

test("a key pair as it is kept signs again after it was read back", () => {
  for (const algorithm of both) {
    const pair = keyPair(algorithm, 9);
    const message = bytes(20, 1);
    const { sign } = signerFrom(JSON.parse(JSON.stringify(pair)));
    expect(schemes[algorithm].verify(fromHex(pair.publicKey), message, sign(message))).toBe(true);
    expect(pair.id).toBe(hex(schemes[algorithm].digest(fromHex(pair.publicKey)).slice(0, 8)));
  }
  expect(() => schemes.SM2.secretKeyOf(bytes(32, 1))).toThrow(RangeError);
});

test("what is said in another letter case or with spaces around it is no code", () => {
  const text = phoneOf("Ed25519").show();
  const others = [
    text.toLowerCase(),
    ` ${text}`,
    `${text} `,
    `${text}\n`,
    text.replace("YB1", "yb1"),
    textOf(bytesOf(text), "YB2"),
  ];
  for (const other of others) expect(() => read(other), other).toThrow("这不是医保码");
});
