import type * as z from "zod";

/** Every path of the API begins so, locally and behind the sites' own domain: one origin, no cross-origin rules. */
export const prefix = "/api";

/** 岗位 · what an officer may do, within the unit that they belong to. */
export const roles = {
  progress: "进度查看",
  visits: "入户走访",
  targets: "目标管理",
  finance: "基金财务",
  counter: "服务窗口",
  refunds: "退费审核",
  providers: "定点管理",
  catalogue: "目录维护",
  claims: "费用与争议",
  credentials: "医保码管理",
  filings: "异地备案",
  audit: "查阅审计",
} as const;
export type Role = keyof typeof roles;

/**
 * 信任等级 · signed-in: a phone or a WeChat account; bound: name and identity number agree with the register; proven: a second
 * proof was given within the day; fresh: within the half hour, for what can hurt; weighty: the same, and it takes effect at once only where the
 * person was looked at, else after a wait in which it can be stopped (`proof/proof.ts`).
 */
export const trustSteps = ["signed-in", "bound", "proven", "fresh", "weighty"] as const;
type Trust = (typeof trustSteps)[number];

/**
 * Who may call: anybody, a resident from a step of trust on, an officer with one of the roles, the payment channel, or a
 * provider's system by its signature.
 */
export type Caller =
  | { readonly audience: "anyone" }
  | { readonly audience: "resident"; readonly trust: Trust }
  | { readonly audience: "officer"; readonly roles: readonly Role[] }
  | { readonly audience: "channel" }
  | { readonly audience: "provider" };

/** What a call touches; grants are made from this and from nothing else. `ledger` and `audit` can only ever be added to. */
export interface Access {
  readonly main?: "read" | "write";
  readonly ledger?: "read" | "append";
  readonly audit?: "read" | "append" | "read-append";
  /** Files: a place for one to come in, what came in looked at and kept, what is kept shown, or all of it deleted. */
  readonly objects?: "offer" | "receive" | "look" | "remove";
}

/** 接口 · one way in, as data: routes, grants, the OpenAPI document and the typed clients are all read from it. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: `/${string}`;
  /** 中文名, as people call it. */
  readonly title: string;
  readonly caller: Caller;
  readonly access: Access;
  /** 两人经办 · the call is a proposal, which another officer carries out (`functions/proposal.ts`). */
  readonly hands?: 2;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
}

/** Keeps the exact types of an endpoint. */
export const endpoint = <const E extends Endpoint>(spec: E): E => spec;

type Part = "params" | "query" | "body";
type Parts<E> = { [P in Part as E extends { [K in P]: z.ZodType } ? P : never]: E[P & keyof E] };

/** What a handler reads: params, query and body, decoded (money as `Yuan`). Only those that the endpoint has. */
export type Read<E extends Endpoint> = { [P in keyof Parts<E>]: z.output<Extract<Parts<E>[P], z.ZodType>> };
/** What a client sends, as text. */
export type Asked<E extends Endpoint> = { [P in keyof Parts<E>]: z.input<Extract<Parts<E>[P], z.ZodType>> };
/** What a handler answers with, before it is spelt as text. */
export type Answer<E extends Endpoint> = z.output<E["reply"]>;
/** What a client receives, as text. */
export type Answered<E extends Endpoint> = z.input<E["reply"]>;
