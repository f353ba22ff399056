import type { Answered, Asked } from "./endpoint.ts";
import type { EndpointName, Endpoints } from "./endpoints.ts";

/** Method and path of every endpoint, by name: all that a client needs at run time, without the schemas. */
export type RouteTable = Record<EndpointName, { readonly method: string; readonly path: string }>;

/** A refusal from the API, or no answer at all (`offline`): a code, and a sentence for people. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.status = status;
  }
}

/** How a front end reaches the network: fetch in a browser, the mini-program's own request in WeChat. */
export type Send = (request: {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}) => Promise<{ readonly status: number; readonly body: unknown }>;

type Args<N extends EndpointName> = keyof Asked<Endpoints[N]> extends never ? [] : [Asked<Endpoints[N]>];
/** Calls an endpoint by its name; what goes in and what comes out is typed by the endpoint itself. */
export type Call = <N extends EndpointName>(name: N, ...asked: Args<N>) => Promise<Answered<Endpoints[N]>>;

/** What stands before our API, and the cloud itself, refuse in words of their own: `code` and `message` are ours only together. */
export function refusedIn({ status, body }: Awaited<ReturnType<Send>>): Refused {
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === "string" && typeof message === "string") return new Refused(code, message, status);
  if (status === 429) return new Refused("busy", "现在办的人多，请过几分钟再试。", status);
  if (isAway(status)) return new Refused("unreachable", "暂时连不上，请稍后再试。", status);
  return new Refused("fault", "系统出了点问题，请稍后再试，或拨打12393。", status);
}
const isAway = (status: number): boolean => status >= 502 && status <= 504;

/** May it be asked again by itself? What was turned away at the door was not done; whether the rest was is known of questions only. */
const isWorthAnother = (method: string, { code }: Refused): boolean =>
  code === "busy" || (code === "unreachable" && method === "GET");

/** How often one question is asked. */
const mostTries = 3;

/**
 * 接口客户端 · a typed client of the endpoint list over any network; throws `Refused`. `rest`: waits before what was turned away
 * at the door is asked again, so many times already; without it nothing is asked again.
 */
export function client(routes: RouteTable, send: Send, rest?: (tries: number) => Promise<void>): Call {
  return async (name, ...[asked]) => {
    const parts = (asked ?? {}) as {
      params?: Record<string, string>;
      query?: Record<string, string | number>;
      body?: unknown;
    };
    const { method, path } = routes[name];
    const filled = path.replace(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(parts.params?.[field] ?? ""));
    const query = Object.entries(parts.query ?? {})
      .map(([field, value]) => `${field}=${encodeURIComponent(value)}`)
      .join("&");
    const request = {
      method,
      path: query ? `${filled}?${query}` : filled,
      body: parts.body === undefined ? undefined : JSON.stringify(parts.body),
    };
    for (let tries = 1; ; tries++) {
      const reply = await send(request);
      if (reply.status >= 200 && reply.status < 300) return reply.body as never;
      const refused = refusedIn(reply);
      if (!rest || tries === mostTries || !isWorthAnother(method, refused)) throw refused;
      await rest(tries);
    }
  };
}
