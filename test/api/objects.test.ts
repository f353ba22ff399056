import { createHmac } from "node:crypto";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { addressesOf, keepOnce, s3, uploadForm } from "../../functions/attachments/objects.ts";
import { world } from "../world/world.ts";
import { postForm } from "./attachment-steps.ts";

beforeAll(async () => {
  await world();
});
afterEach(() => {
  vi.useRealTimers();
});

const Bucket = "resident-attachments";
const file = Buffer.from("twenty bytes of text");
let serial = 0;
const place = async () => ({
  no: `20251120OBJECTS${++serial}`,
  ...(await uploadForm(`20251120OBJECTS${serial}`, 20, "image/jpeg")),
});
type Place = Awaited<ReturnType<typeof place>>;

const later = (minutes: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
const arrivedAs = async (Key: string) => {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key }));
  return Body!.transformToString();
};

describe("a form that lets one file in", () => {
  test("takes the file, and puts it under its number", async () => {
    const { no, ...form } = await place();
    expect(await postForm(form, file)).toEqual({ status: 204, text: "" });
    expect(await arrivedAs(`incoming/${no}`)).toBe("twenty bytes of text");
  });

  const edits: readonly [what: string, edit: (place: Place) => Partial<Place["fields"]>, says: string][] = [
    ["another key", () => ({ key: "incoming/of-somebody-else" }), "Policy Condition failed"],
    ["a key where only our functions write", ({ no }) => ({ key: `kept/${no}` }), "Policy Condition failed"],
    ["another type", () => ({ "Content-Type": "text/html" }), "Policy Condition failed"],
    ["a field that the policy does not name", () => ({ acl: "public-read" }), "Extra input fields: acl"],
    ["another policy", ({ fields }) => ({ Policy: edited(fields.Policy!) }), "SignatureDoesNotMatch"],
    ["another signature", () => ({ "X-Amz-Signature": "0".repeat(64) }), "SignatureDoesNotMatch"],
    [
      "another's key",
      () => ({ "X-Amz-Credential": "another/20251120/cn-north-1/s3/aws4_request" }),
      "InvalidAccessKeyId",
    ],
    ["another day", () => ({ "X-Amz-Date": "20200101T000000Z" }), "AccessDenied"],
    ["no policy", () => ({ Policy: "" }), "a form needs a policy"],
  ];
  test.each(edits)("is refused with %s", async (_, edit, says) => {
    const made = await place();
    const fields = { ...made.fields, ...edit(made) } as Place["fields"];
    const { status, text } = await postForm({ url: made.url, fields }, file);
    expect([status, text]).toEqual([403, expect.stringContaining(says)]);
    await expect(arrivedAs(`incoming/${made.no}`)).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  test("is refused where the policy was signed by somebody else, in the same words", async () => {
    const made = await place();
    const [, day, region] = made.fields["X-Amz-Credential"]!.split("/");
    const key = [day!, region!, "s3", "aws4_request"].reduce<string | Buffer>(
      (at, part) => createHmac("sha256", at).update(part).digest(),
      "AWS4guessed",
    );
    const signature = createHmac("sha256", key).update(made.fields.Policy!).digest("hex");
    const fields = { ...made.fields, "X-Amz-Signature": signature };
    expect((await postForm({ url: made.url, fields }, file)).text).toContain("SignatureDoesNotMatch");
  });

  test("is refused for another bucket, for one byte too many, for nothing, and after a quarter of an hour", async () => {
    const made = await place();
    const elsewhere = made.url.replace(Bucket, "another-bucket");
    expect((await postForm({ ...made, url: elsewhere }, file)).text).toContain("Policy Condition failed");
    expect(await postForm(made, Buffer.concat([file, file.subarray(0, 1)]))).toMatchObject({
      status: 400,
      text: expect.stringContaining("EntityTooLarge"),
    });
    expect((await postForm(made, Buffer.alloc(0))).text).toContain("EntityTooSmall");
    later(16);
    expect((await postForm(made, file)).text).toContain("Policy expired");
    vi.useRealTimers();
    expect((await postForm(made, file)).status).toBe(204);
  });

  test("a page of another origin may ask first", async () => {
    const { url } = await place();
    const asked = await fetch(url, {
      method: "OPTIONS",
      headers: { origin: "https://resident.example.org", "access-control-request-method": "POST" },
    });
    expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([
      200,
      "https://resident.example.org",
    ]);
  });
});

describe("what is kept", () => {
  const kept = async () => {
    const no = `20251120KEPT${++serial}`;
    await keepOnce(no, file, [file]);
    return { no, url: (await addressesOf(no, 1)).urls[0]! };
  };

  test("is shown at its address for some minutes, and at no other", async () => {
    const [one, two] = [await kept(), await kept()];
    const shown = await fetch(one.url);
    expect([shown.status, await shown.text()]).toEqual([200, "twenty bytes of text"]);
    expect(shown.headers.get("content-disposition")).toBe("inline");
    expect(shown.headers.get("cache-control")).toBe("private, no-store");
    for (const edit of [one.no, "inline", "X-Amz-Expires=300"] as const)
      expect((await fetch(one.url.replace(edit, edit === one.no ? two.no : "attachment"))).status, edit).toBe(403);
    expect((await fetch(one.url, { method: "DELETE" })).status).toBe(403);
    expect((await fetch(one.url.split("?")[0]!)).status).toBe(403);
    later(6);
    expect((await fetch(one.url)).status).toBe(403);
  });

  test("is never written over, and by nobody without our key", async () => {
    const { no, url } = await kept();
    const other = Buffer.from("something else");
    await keepOnce(no, other, [other]);
    expect(await (await fetch(url)).text()).toBe("twenty bytes of text");
    const stranger = new S3Client({
      endpoint: process.env.OBJECTS_ENDPOINT,
      forcePathStyle: true,
      credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID!, secretAccessKey: "guessed" },
    });
    const put = new PutObjectCommand({ Bucket, Key: `kept/${no}/1`, Body: "something else" });
    await expect(stranger.send(put)).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  });
});

/** The same policy with room for more. */
function edited(policy: string): string {
  const said = JSON.parse(Buffer.from(policy, "base64").toString("utf8"));
  said.conditions[0] = ["content-length-range", 1, 1_000_000];
  return Buffer.from(JSON.stringify(said)).toString("base64");
}
