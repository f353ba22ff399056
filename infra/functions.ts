import { type Access, type Caller, type Endpoint, prefix } from "../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../shared/api/endpoints.ts";

type Audience = Caller["audience"];
type SideName = "resident" | "agency" | "provider";

/** 两侧 · which side serves an audience. A side is an API, a site and a stack of its own, so that they can be deployed apart. */
const sideOf: Record<Audience, SideName> = {
  anyone: "resident",
  resident: "resident",
  channel: "resident",
  officer: "agency",
  provider: "provider",
};

/** What every side answers itself: which day it is, and how it is spoken to. */
const everywhere = "about";

/** The credentials of outside systems, and the endpoints that use them; nobody else is given them. */
export const secrets = {
  wechat: ["sign-in.wechat"],
  sms: [
    "sign-in.send-code",
    "proof.send-code",
    "proof.telephone-code",
    "proof.telephone",
    "family.ask",
    "family.code",
    "filings-agency.consent",
  ],
  face: ["proof.ways", "proof.prove"],
  wechatPay: ["contributions.pay", "contributions.confirm", "contributions.close", "payments.notified"],
} as const satisfies Record<string, readonly EndpointName[]>;
export type SecretName = keyof typeof secrets;

interface Scheduled {
  /** A handler below `functions/`. */
  readonly entry: string;
  readonly every: string;
  readonly access: Access;
  readonly secrets: readonly SecretName[];
}

/** 定时任务 · what the clock calls, on the residents' side: it speaks to the payment channel. Times are UTC. */
export const scheduled = {
  sweep: {
    entry: "payments/sweep",
    every: "rate(1 minute)",
    access: { main: "write", ledger: "append" },
    secrets: ["wechatPay"],
  },
  reconcile: {
    entry: "payments/reconcile",
    // 10:30 to 16:30 in Shanghai: the bill of the day before is ready from ten o'clock on.
    every: "cron(30 2-8 * * ? *)",
    access: { main: "write", ledger: "append" },
    secrets: ["wechatPay"],
  },
  send: {
    entry: "messages/send",
    every: "rate(1 minute)",
    access: { main: "write" },
    secrets: ["wechat", "sms"],
  },
  clear: {
    entry: "attachments/clear",
    every: "rate(1 hour)",
    access: { main: "write", objects: "remove" },
    secrets: [],
  },
  "expire-filings": {
    entry: "filings/expire",
    every: "rate(1 hour)",
    access: { main: "write" },
    secrets: [],
  },
  "take-effect": {
    entry: "telephone/take-effect",
    every: "rate(5 minutes)",
    access: { main: "write" },
    secrets: ["sms"],
  },
  remind: {
    entry: "messages/remind",
    every: "rate(5 minutes)",
    access: { main: "write" },
    secrets: [],
  },
} as const satisfies Record<string, Scheduled>;
export type ScheduledName = keyof typeof scheduled;
export const scheduledNames = Object.keys(scheduled) as ScheduledName[];

/** One route and the handler that answers it, a path below `functions/`. */
export interface Route {
  readonly routeKey: string;
  readonly entry: string;
}

/** One function: the routes that it answers, what it may touch, and for whom. */
export interface FunctionSpec {
  readonly name: string;
  readonly audience: Audience;
  readonly access: Access;
  readonly secrets: readonly SecretName[];
  readonly routes: readonly Route[];
}

/** Every other path · 没有这个地址. */
const unknown: Route = { routeKey: "$default", entry: "about/unknown" };

/** How endpoints are put together: the same key, the same function. */
export type Grouping = (name: EndpointName, endpoint: Endpoint) => string;

/** By capability, audience and access: what may do the same for the same people shares a function, and nothing more does. */
export const byCapability: Grouping = (name, { caller, access }) =>
  [capabilityOf(name), caller.audience, ...accessWords(access)].join("-");

/** One function for each route, to measure against. */
export const byRoute: Grouping = (name) => name.replace(".", "-");

const capabilityOf = (name: EndpointName) => name.slice(0, name.indexOf("."));
const accessWords = ({ main, ledger, audit, objects }: Access) => [
  ...(main ? [main] : []),
  ...(ledger ? [`ledger-${ledger}`] : []),
  ...(audit ? [`audit-${audit}`] : []),
  ...(objects ? [`objects-${objects}`] : []),
];

/** The functions of a side, in the order of the endpoint list. */
export function functionsOf(side: SideName, grouping: Grouping = byCapability): FunctionSpec[] {
  const groups = new Map<string, EndpointName[]>();
  for (const name of served(side)) {
    const group = grouping(name, endpoints[name]);
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(([name, members]) => specOf(name, members));
}

/** The endpoints that a side serves. */
export const served = (side: SideName): EndpointName[] =>
  names.filter((name) => sideOf[endpoints[name].caller.audience] === side || capabilityOf(name) === everywhere);

const names = Object.keys(endpoints) as EndpointName[];
export const sideNames = [...new Set(Object.values(sideOf))];

function specOf(name: string, members: readonly EndpointName[]): FunctionSpec {
  const { caller, access }: Endpoint = endpoints[members[0]!];
  const routes = members.map((one) => ({
    routeKey: `${endpoints[one].method} ${prefix}${endpoints[one].path}`,
    entry: one.replace(".", "/"),
  }));
  const needed = (Object.keys(secrets) as SecretName[]).filter((secret) =>
    members.some((one) => (secrets[secret] as readonly EndpointName[]).includes(one)),
  );
  const answersTheRest = members.includes("about.today");
  return {
    name,
    audience: caller.audience,
    access,
    secrets: needed,
    routes: answersTheRest ? [...routes, unknown] : routes,
  };
}
