import { ThrottlingException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import type { S3Client } from "@aws-sdk/client-s3";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { random } from "../../shared/random.ts";

/** What may go wrong between a function and the database; the embedded one has a single writer and never conflicts. */
interface Faults {
  /** A write is refused because another transaction touches the same items. */
  readonly conflict?: number;
  /** A request is refused for its rate. */
  readonly throttle?: number;
  /** A write is done and its reply is lost. */
  readonly lostReply?: number;
  /** A write arrives twice. */
  readonly duplicate?: number;
  /** A request is held back, so that later ones pass it. */
  readonly reorder?: number;
}

const isWrite = (command: string | undefined) => /^(Put|Update|Delete|TransactWrite)/.test(command ?? "");

/**
 * A layer under the SDK that makes faults with given probabilities; each comes at one of its first three chances at the
 * latest, so that no history stays fair by luck. It stands below the SDK's own retries, so these are tried too; `stop`
 * takes it away and tells how often each fault was made.
 */
export function injectFaults(client: DynamoDBDocumentClient, faults: Faults, seed: string) {
  const dice = random(seed);
  const made: Record<keyof Faults, number> = {
    conflict: 0,
    throttle: 0,
    lostReply: 0,
    duplicate: 0,
    reorder: 0,
  };
  const latest = new Map(Object.keys(faults).map((fault) => [fault, dice.int(1, 3)]));
  const happens = (fault: keyof Faults) => {
    const left = (latest.get(fault) ?? 0) - 1;
    latest.set(fault, left);
    const now = dice.chance(faults[fault] ?? 0) || (left === 0 && made[fault] === 0);
    if (now) made[fault] += 1;
    return now;
  };
  const metadata = { $metadata: { httpStatusCode: 400 } };

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const write = isWrite(context.commandName);
      if (happens("reorder")) await new Promise((resolve) => setTimeout(resolve, dice.int(1, 20)));
      if (happens("throttle")) throw new ThrottlingException({ message: "injected", ...metadata });
      if (write && happens("conflict")) throw conflictFor(context.commandName, metadata);
      const result = await next(args);
      if (write && happens("duplicate")) await next(args).catch(() => {});
      if (write && happens("lostReply")) {
        throw Object.assign(new Error("injected: the reply was lost"), { name: "TimeoutError", ...metadata });
      }
      return result;
    },
    { step: "finalizeRequest", name: "injectedFaults", priority: "low", override: true },
  );
  return {
    made,
    stop: () => {
      client.middlewareStack.remove("injectedFaults");
      return made;
    },
  };
}

function conflictFor(command: string | undefined, metadata: { $metadata: object }): Error {
  if (command?.startsWith("TransactWrite")) {
    return new TransactionCanceledException({
      message: "injected",
      CancellationReasons: [{ Code: "TransactionConflict" }],
      ...metadata,
    });
  }
  return Object.assign(new Error("injected"), {
    name: "TransactionConflictException",
    $fault: "client",
    ...metadata,
  });
}

/** Replaces the condition of every write whose item key starts so: what a missing guard would look like. */
export function withoutCondition(client: DynamoDBDocumentClient, keyPrefix: string) {
  client.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as {
        TransactItems?: {
          Put?: {
            Item?: { pk?: string; sk?: string };
            ConditionExpression?: string;
            ExpressionAttributeNames?: object;
            ExpressionAttributeValues?: object;
          };
        }[];
      };
      for (const { Put } of input.TransactItems ?? []) {
        if (!Put?.Item?.sk?.startsWith(keyPrefix)) continue;
        delete Put.ConditionExpression;
        delete Put.ExpressionAttributeNames;
        delete Put.ExpressionAttributeValues;
      }
      return next(args);
    },
    { step: "initialize", name: "withoutCondition", priority: "high", override: true },
  );
  return () => client.middlewareStack.remove("withoutCondition");
}

/**
 * A process that stops: so many requests to the database, to the object store and to the network are answered, none after them. Gives how many
 * were asked for, and `restart`.
 */
export function crashAfter(client: DynamoDBDocumentClient, answered: number, objects?: S3Client) {
  let asked = 0;
  const really = globalThis.fetch;
  const orCrash = () => {
    asked += 1;
    if (asked > answered) throw new Error("injected: the process stopped");
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      orCrash();
      return next(args);
    },
    { step: "initialize", name: "crash", priority: "high", override: true },
  );
  objects?.middlewareStack.add(
    (next) => async (args) => {
      orCrash();
      return next(args);
    },
    { step: "initialize", name: "crash", priority: "high", override: true },
  );
  globalThis.fetch = async (...call) => {
    orCrash();
    return really(...call);
  };
  return {
    crashed: () => asked > answered,
    restart: () => {
      client.middlewareStack.remove("crash");
      objects?.middlewareStack.remove("crash");
      globalThis.fetch = really;
    },
  };
}

/** Holds the next transaction back that writes under such a sort key, until it is let go; `held` says when it waits. */
export function holdBack(client: DynamoDBDocumentClient, keyPrefix: string) {
  let [letGo, seen] = [() => {}, () => {}];
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const held = new Promise<void>((resolve) => (seen = resolve));
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { TransactItems?: { Put?: { Item?: { sk?: string } } }[] };
      if (input.TransactItems?.some(({ Put }) => Put?.Item?.sk?.startsWith(keyPrefix))) {
        client.middlewareStack.remove("holdBack");
        seen();
        await free;
      }
      return next(args);
    },
    { step: "initialize", name: "holdBack", priority: "high", override: true },
  );
  return { held, letGo };
}
