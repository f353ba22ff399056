import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { mustBeSigned, mustKeepPolicy, ObjectsRefused } from "./objects-signed.ts";
import type { Mount } from "./server.ts";

/** Where the local object store is mounted. */
export const objectsPath = "/stand-ins/objects/";

interface Stored {
  readonly type: string;
  /** Headers that come back as they were sent: the object's own metadata. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly at: string;
}

/**
 * 对象存储替身 · speaks S3's own protocol to the SDK and to a browser's form, as far as attachments need it: signatures, policies
 * and conditions are held to as S3 holds to them. One file an object below its folder, with another for what is said of it.
 */
export function objectStore(folder: string): Mount {
  return async (request, response, url, body) => {
    allowOrigin(request, response);
    // The clock by which signatures are good: the SDK corrects its own by it.
    response.setHeader("date", new Date().toUTCString());
    try {
      const [bucket = "", ...rest] = url.pathname.slice(objectsPath.length).split("/");
      const key = rest.join("/");
      if (request.method === "OPTIONS") return void response.writeHead(200).end();
      if (request.method === "POST" && key === "") return await upload(folder, bucket, request, response, body);
      mustBeSigned({ method: request.method ?? "", url, headers: request.headers, body });
      serve(objectAt(folder, bucket, key), { request, response, url, body });
    } catch (error) {
      if (!(error instanceof ObjectsRefused)) throw error;
      answer(response, error.status, `<Error><Code>${error.code}</Code><Message>${error.message}</Message></Error>`);
    }
  };
}

/** Pages of any origin may send here: it is one's own machine. On AWS the bucket names the two sites. */
function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (!origin) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-methods", "GET, POST");
  response.setHeader("access-control-allow-headers", request.headers["access-control-request-headers"] ?? "");
  response.setHeader("vary", "origin");
}

const answer = (response: ServerResponse, status: number, xml: string) =>
  response.writeHead(status, { "content-type": "application/xml" }).end(xml);

/** A form with a file, as a browser or a mini-program sends it: the fields are first, and what follows the file is not read. */
async function upload(
  folder: string,
  bucket: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const type = request.headers["content-type"] ?? "";
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData().catch(() => {
    throw new ObjectsRefused(400, "MalformedPOSTRequest");
  });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value === "string") {
      fields.set(name.toLowerCase(), value);
      continue;
    }
    const file = Buffer.from(await value.arrayBuffer());
    mustKeepPolicy(fields, file.length, bucket);
    const object = objectAt(folder, bucket, fields.get("key") ?? "");
    object.write(file, fields.get("content-type") ?? "binary/octet-stream", {});
    return void response.writeHead(204, { etag: object.read()!.etag }).end();
  }
  throw new ObjectsRefused(400, "InvalidArgument", "POST requires exactly one file upload per request.");
}

/** One object's files; it is there when what is said of it is, which is written last. */
function objectAt(folder: string, bucket: string, key: string) {
  if (!/^[a-z][a-z0-9-]+$/.test(bucket)) throw new ObjectsRefused(404, "NoSuchBucket");
  if (!/^[\w-]+(\/[\w-]+)*$/.test(key)) throw new ObjectsRefused(400, "InvalidArgument", "not a key of ours");
  const path = join(folder, bucket, key);
  const said = `${path}.json`;
  const keep = (to: string, data: string | Buffer) => {
    writeFileSync(`${to}.new`, data);
    renameSync(`${to}.new`, to);
  };
  return {
    read: (): Stored | null => (existsSync(said) ? JSON.parse(readFileSync(said, "utf8")) : null),
    bytes: () => readFileSync(path),
    write: (data: Buffer, type: string, metadata: Stored["metadata"]) => {
      mkdirSync(dirname(path), { recursive: true });
      keep(path, data);
      const etag = `"${createHash("md5").update(data).digest("hex")}"`;
      keep(said, JSON.stringify({ type, metadata, tags: {}, etag, at: new Date().toUTCString() } satisfies Stored));
    },
    tag: (stored: Stored, tags: Stored["tags"]) => keep(said, JSON.stringify({ ...stored, tags })),
    remove: () => {
      rmSync(said, { force: true });
      rmSync(path, { force: true });
    },
  };
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: Buffer;
}

function serve(object: ReturnType<typeof objectAt>, { request, response, url, body }: Call): void {
  const stored = object.read();
  const call = `${request.method}${url.searchParams.has("tagging") ? " tagging" : ""}`;
  if (call === "PUT") {
    if (request.headers["if-none-match"] === "*" && stored) throw new ObjectsRefused(412, "PreconditionFailed");
    const own = Object.entries(request.headers).filter(([name]) => name.startsWith("x-amz-meta-"));
    object.write(
      body,
      request.headers["content-type"] ?? "binary/octet-stream",
      Object.fromEntries(own) as Stored["metadata"],
    );
    return void response.writeHead(200, { etag: object.read()!.etag }).end();
  }
  if (call === "DELETE") {
    object.remove();
    return void response.writeHead(204).end();
  }
  if (!stored) throw new ObjectsRefused(404, "NoSuchKey");
  if (call === "GET tagging") {
    const tags = Object.entries(stored.tags).map(
      ([name, value]) => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`,
    );
    return void answer(response, 200, `<Tagging><TagSet>${tags.join("")}</TagSet></Tagging>`);
  }
  if (call === "PUT tagging") {
    const tags = body.toString("utf8").matchAll(/<Key>([^<]+)<\/Key>\s*<Value>([^<]*)<\/Value>/g);
    object.tag(stored, Object.fromEntries([...tags].map(([, name, value]) => [name!, value!])));
    return void response.writeHead(200).end();
  }
  if (call !== "GET" && call !== "HEAD") throw new ObjectsRefused(501, "NotImplemented");
  const asked = (name: string) => {
    const value = url.searchParams.get(`response-${name}`);
    return value === null ? {} : { [name]: value };
  };
  const bytes = object.bytes();
  response
    .writeHead(200, {
      "content-type": stored.type,
      "content-length": bytes.length,
      etag: stored.etag,
      "last-modified": stored.at,
      ...stored.metadata,
      ...asked("content-disposition"),
      ...asked("cache-control"),
    })
    .end(call === "HEAD" ? undefined : bytes);
}
