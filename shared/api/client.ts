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

/** 接口客户端 · a typed client of the endpoint list over any network; throws `Refused`. */
export function client(routes: RouteTable, send: Send): Call {
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
    const reply = await send({
      method,
      path: query ? `${filled}?${query}` : filled,
      body: parts.body === undefined ? undefined : JSON.stringify(parts.body),
    });
    if (reply.status >= 200 && reply.status < 300) return reply.body as never;
    const { code = "fault", message = "系统出了点问题，请稍后再试，或拨打12393。" } = (reply.body ??
      {}) as Partial<Refused>;
    throw new Refused(code, message, reply.status);
  };
}
