import { describe, expect, test } from "vitest";
import { client, type Refused, type RouteTable, refusedIn } from "../../shared/api/client.ts";
import { routeTable } from "../../shared/api/routes.ts";

const routes = routeTable() as RouteTable;
type Reply = { status: number; body: unknown };

/** A client that hears these replies one after the other, the last one for good; how often it asked, and rested. */
function heard(...replies: Reply[]) {
  const seen = { asked: 0, rested: [] as number[] };
  const call = client(
    routes,
    async () => replies[Math.min(seen.asked++, replies.length - 1)]!,
    async (tries) => void seen.rested.push(tries),
  );
  return { call, seen };
}
const refused = (one: Promise<unknown>) => one.then(() => null).catch((error: Refused) => error);
const isChinese = /^[\u4e00-\u9fff，。、0-9]+$/;

describe("what stands before the API refuses in words of its own", () => {
  const foreign: Reply[] = [
    { status: 429, body: { message: "Too Many Requests" } },
    { status: 403, body: { message: "Forbidden" } },
    { status: 413, body: { message: "Request Too Long" } },
    { status: 404, body: { message: "Not Found" } },
    { status: 500, body: { message: "Internal Server Error" } },
    { status: 502, body: "<html><title>502 Bad Gateway</title></html>" },
    { status: 503, body: null },
    { status: 503, body: { code: 503, message: "Service Unavailable" } },
    { status: 504, body: { message: null, code: "X" } },
    { status: 429, body: ["Too Many Requests"] },
  ];
  test.each(foreign)("its %j is told in Chinese", (reply) => {
    const { message, code, status } = refusedIn(reply);
    expect(message).toMatch(isChinese);
    expect(code).toMatch(/^(busy|unreachable|fault)$/);
    expect(status).toBe(reply.status);
  });
  test("ours are told as they are", () => {
    const ours = { code: "too-many-requests", message: "操作太快了，请稍等一会儿再试。" };
    expect(refusedIn({ status: 429, body: ours })).toMatchObject(ours);
  });

  test("a question is asked again, and its answer comes; three times at most", async () => {
    const soon = heard({ status: 502, body: null }, { status: 429, body: null }, { status: 200, body: { today: 1 } });
    expect(await soon.call("about.today")).toEqual({ today: 1 });
    expect(soon.seen).toEqual({ asked: 3, rested: [1, 2] });
    const never = heard({ status: 503, body: "" });
    expect(await refused(never.call("about.today"))).toMatchObject({ code: "unreachable", status: 503 });
    expect(never.seen.asked).toBe(3);
  });
  test("what writes is asked again where it was turned away at the door, never where nobody knows what was done", async () => {
    const body = { requestNo: "client-1", lines: [], expected: "0.00" } as never;
    const door = heard({ status: 429, body: { message: "Too Many Requests" } });
    expect(await refused(door.call("contributions.order", { body }))).toMatchObject({ code: "busy" });
    expect(door.seen.asked).toBe(3);
    for (const status of [500, 502, 503, 504]) {
      const unknown = heard({ status, body: null });
      await refused(unknown.call("contributions.order", { body }));
      expect(unknown.seen.asked, String(status)).toBe(1);
    }
  });
  test("a refusal of ours is never asked again by itself", async () => {
    for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 503]) {
      const own = heard({ status, body: { code: "too-many-requests", message: "操作太快了，请稍等一会儿再试。" } });
      await refused(own.call("about.today"));
      expect([status, own.seen.asked]).toEqual([status, 1]);
    }
  });
});
