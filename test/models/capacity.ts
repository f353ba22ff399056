import { AsyncLocalStorage } from "node:async_hooks";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** One request to the tables. */
export interface Request {
  readonly command: string;
  readonly input: object;
  /** performance.now() when it was asked, and when it was answered. */
  readonly from: number;
  until: number;
}

/** What one call consumed of the tables. */
export interface Used {
  wru: number;
  rru: number;
  /** The requests in the order in which they were made, as the document client was asked. */
  readonly requests: Request[];
}

/**
 * 容量 · counts what the tables say they consumed, call by call. Gives `counted`, which runs something and tells what it used,
 * and `stop`.
 */
export function countCapacity(client: DynamoDBDocumentClient) {
  const current = new AsyncLocalStorage<Used>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const used = current.getStore();
      if (!used) return next(args);
      const input = { ...(args.input as object), ReturnConsumedCapacity: "INDEXES" };
      const request: Request = {
        command: String(context.commandName),
        input: args.input as object,
        from: performance.now(),
        until: Number.POSITIVE_INFINITY,
      };
      used.requests.push(request);
      const result = await next({ ...args, input });
      request.until = performance.now();
      const given = (result.output as { ConsumedCapacity?: Capacity | Capacity[] }).ConsumedCapacity;
      const isWrite = /Put|Update|Delete|Write/.test(String(context.commandName));
      for (const one of [given ?? []].flat()) {
        if (isWrite) used.wru += one.CapacityUnits ?? 0;
        else used.rru += one.CapacityUnits ?? 0;
      }
      return result;
    },
    { step: "initialize", name: "countCapacity", priority: "high", override: true },
  );
  return {
    counted: async <T>(run: () => Promise<T>): Promise<{ value: T; used: Used }> => {
      const used: Used = { wru: 0, rru: 0, requests: [] };
      const value = await current.run(used, run);
      return { value, used };
    },
    stop: () => client.middlewareStack.remove("countCapacity"),
  };
}

interface Capacity {
  readonly CapacityUnits?: number;
}

/** 单价 · AWS on-demand list prices of us-east-1, in US dollars a million (a gigabyte-second as it is); China's regions have their own. */
export const prices = {
  wru: 0.625,
  rru: 0.125,
  gatewayCall: 1,
  invocation: 0.2,
  gigabyteSecond: 0.0000133334,
} as const;
const yuanADollar = 7.2;
/** A function of 1,024 MB that works so long. */
const secondsACall = 0.05;

/** 费用 · what some calls with so many units cost, in yuan. */
export const costOf = ({ wru, rru, calls }: { wru: number; rru: number; calls: number }): number =>
  (yuanADollar *
    (wru * prices.wru +
      rru * prices.rru +
      calls * (prices.gatewayCall + prices.invocation + secondsACall * prices.gigabyteSecond * 1_000_000))) /
  1_000_000;
