import { createHash } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Day } from "../../shared/day.ts";
import {
  isLive,
  isOpen,
  mostDependants,
  mostParents,
  stateOn,
  type TieEvent,
  tieStates,
} from "../../shared/family/family.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { randomText } from "../numbers.ts";
import { pause } from "../pause.ts";
import { itemAt, itemsUnder, mustBeAt } from "../read.ts";
import { failedAt } from "../write.ts";
import { Pointer, Tie } from "./tie.ts";
import { answeredTold, askedTold } from "./told.ts";

export type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** An action and what its failed condition means to the person; without one it is tried again. */
export interface Step {
  readonly action: Action;
  readonly refusal?: () => Refusal;
}

export const isNew = "attribute_not_exists(pk)";
const mostAttempts = 8;
const newTieNo = () => randomText(20);

/** A tie by its number, or a refusal. */
export const tieOf = (tieNo: string): Promise<Tie> => mustBeAt(key.tie(tieNo), Tie);

/** A tie that this person is a side of; for anybody else it does not exist. */
export async function ownTie(tieNo: string, personNo: string): Promise<Tie> {
  const tie = await tieOf(tieNo);
  if (tie.guardianNo !== personNo && tie.dependantNo !== personNo) throw new Refusal("not-found");
  return tie;
}

/** A tie that this person opened. */
export async function ownDependant(tieNo: string, personNo: string): Promise<Tie> {
  const tie = await tieOf(tieNo);
  if (tie.guardianNo !== personNo) throw new Refusal("not-found");
  return tie;
}

/** The dependant of a tie that holds today, for the guardian. */
export async function agreedDependant(tieNo: string, guardianNo: string): Promise<string> {
  const tie = await ownDependant(tieNo, guardianNo);
  if (stateOn(tie, today()) !== "agreed") throw new Refusal("member-not-agreed");
  return tie.dependantNo;
}

/** The ties of a person on one side of them, over or not. */
export async function tiesOf(personNo: string, side: "member" | "guardian"): Promise<Tie[]> {
  const pointers = await itemsUnder(partition.person(personNo), beginning[side], Pointer);
  return Promise.all(pointers.map(({ tieNo }) => tieOf(tieNo)));
}

/** The last tie between two people, or null. */
async function tieBetween(guardianNo: string, dependantNo: string): Promise<Tie | null> {
  const pointer = await itemAt(key.member(guardianNo, dependantNo), Pointer);
  return pointer && tieOf(pointer.tieNo);
}

/** The tie between two people where it counts today, or null. */
export async function liveTie(guardianNo: string, dependantNo: string): Promise<Tie | null> {
  const tie = await tieBetween(guardianNo, dependantNo);
  return tie && isLive(stateOn(tie, today())) ? tie : null;
}

/** The tie that a request made before, or null; the same request number with another body is refused. */
export async function requestedTie(accountNo: string, requestNo: string, request: unknown): Promise<Tie | null> {
  const { Item } = await db.send(
    new GetCommand({
      TableName: config.mainTable(),
      Key: key.familyRequest(accountNo, requestNo),
      ConsistentRead: true,
    }),
  );
  if (!Item) return null;
  if (Item.body !== fingerprint(request)) throw new Refusal("request-reused");
  return tieOf(z.string().parse(Item.tieNo));
}

const fingerprint = (request: unknown) => createHash("sha256").update(JSON.stringify(request)).digest("base64url");

/** Who asks, with what: the request is answered once. */
export interface FamilyRequest {
  readonly accountNo: string;
  readonly requestNo: string;
  readonly body: unknown;
}

export type Opening = Pick<
  Tie,
  | "guardianNo"
  | "dependantNo"
  | "relationship"
  | "state"
  | "minor"
  | "proof"
  | "birthCertificateMasked"
  | "village"
  | "until"
  | "decidedBy"
>;

/**
 * 添加成员 · opens a tie, once for a request: the tie, both pointers and both counts in one transaction, so that two
 * requests at the same moment never make a sixth. `also` is written with it or not at all.
 */
export async function openTie(
  request: FamilyRequest,
  opening: Opening,
  temporary: boolean,
  also: readonly Step[],
): Promise<Tie> {
  await writeLapsed(opening.guardianNo);
  const on = today();
  const tie: Tie = {
    tieNo: newTieNo(),
    ...opening,
    askedOn: on,
    changedOn: on,
    officerNo: null,
    reason: "",
    version: 1,
  };
  const steps = [requestStep(request, tie), ...openingSteps(tie, temporary), ...also, ...(await askedTold(tie))];
  return transact(
    steps,
    () => tie,
    () => requestedTie(request.accountNo, request.requestNo, request.body),
  );
}

const requestStep = ({ accountNo, requestNo, body }: FamilyRequest, tie: Tie): Step => ({
  action: {
    Put: {
      TableName: config.mainTable(),
      Item: { ...key.familyRequest(accountNo, requestNo), tieNo: tie.tieNo, body: fingerprint(body) },
      ConditionExpression: isNew,
    },
  },
});

/** Remembers for a request the tie that stood already, so that its repeat is answered alike. */
export const rememberRequest = (request: FamilyRequest, tie: Tie): Promise<Tie> =>
  transact(
    [requestStep(request, tie)],
    () => tie,
    () => requestedTie(request.accountNo, request.requestNo, request.body),
  );

function openingSteps(tie: Tie, temporary: boolean): Step[] {
  const TableName = config.mainTable();
  const { tieNo, guardianNo, dependantNo } = tie;
  return [
    { action: { Put: { TableName, Item: tieItem(tie), ConditionExpression: isNew } } },
    {
      action: pointAt(key.member(guardianNo, dependantNo), tieNo),
      refusal: () => new Refusal("already-held"),
    },
    { action: pointAt(key.guardian(dependantNo, guardianNo), tieNo) },
    { action: counted(guardianNo, "held", 1, mostDependants), refusal: () => new Refusal("family-full") },
    {
      action: counted(dependantNo, "holders", 1, temporary ? mostParents : null),
      refusal: () => new Refusal("newborn-has-parents"),
    },
  ];
}

/** The stored tie; one that waits for a yes lies in the indexKey of its village. */
export const tieItem = (tie: Tie) => ({
  ...key.tie(tie.tieNo),
  ...(isOpen(tie.state) && indexKey.open("TIES", tie.village, tie.askedOn, tie.tieNo)),
  ...tie,
});

/** Points one side at a tie that counts from now on, where none counts. */
export const pointAt = (Key: { pk: string; sk: string }, tieNo: string): Action => ({
  Put: {
    TableName: config.mainTable(),
    Item: { ...Key, tieNo, live: true },
    ConditionExpression: `${isNew} OR live = :no`,
    ExpressionAttributeValues: { ":no": false },
  },
});

/** The tie that one side points at no longer counts. */
export const pointAway = (Key: { pk: string; sk: string }, tieNo: string): Action => ({
  Update: {
    TableName: config.mainTable(),
    Key,
    UpdateExpression: "SET live = :no",
    ConditionExpression: "tieNo = :tie",
    ExpressionAttributeValues: { ":no": false, ":tie": tieNo },
  },
});

/** Counts live ties: whom a person holds, and by how many they are held; the bound is the condition, so it holds in a race. */
export function counted(personNo: string, what: "held" | "holders", by: 1 | -1, most: number | null): Action {
  const below = by < 0 ? "#count > :bound" : "attribute_not_exists(#count) OR #count < :bound";
  const bound = by < 0 ? 0 : most;
  return {
    Update: {
      TableName: config.mainTable(),
      Key: key.family(personNo),
      UpdateExpression: "ADD #count :by",
      ...(bound !== null && { ConditionExpression: below }),
      ExpressionAttributeNames: { "#count": what },
      ExpressionAttributeValues: { ":by": by, ...(bound !== null && { ":bound": bound }) },
    },
  };
}

/** Who decided, and why. */
interface Decision {
  readonly by: Tie["decidedBy"];
  readonly officerNo?: string;
  readonly reason?: string;
  /** The last day of the state that this makes, where it has one. */
  readonly until?: Day | null;
}

/**
 * 变更 · moves a tie along its machine; the same decision again changes nothing, any other on a closed tie is refused.
 * `also` is written with it or not at all.
 */
export async function moveTie(
  tieNo: string,
  event: TieEvent,
  decision: Decision,
  also: readonly Step[] = [],
): Promise<Tie> {
  for (let attempt = 1; ; attempt++) {
    const tie = await tieOf(tieNo);
    const again = event === "end" || (tie.decidedBy === decision.by && also.length === 0);
    if (again && stateOn(tie, today()) === resultOf[event]) return tie;
    const state = after(tieStates, event === "lapse" ? tie.state : stateOn(tie, today()), event);
    if (state === null && event === "lapse") return tie;
    if (state === null) throw new Refusal("family-request-closed");
    const moved: Tie = {
      ...tie,
      state,
      changedOn: today(),
      until: decision.until ?? null,
      decidedBy: decision.by,
      officerNo: decision.officerNo ?? null,
      reason: decision.reason ?? "",
      version: tie.version + 1,
    };
    const steps = [...movingSteps(tie, moved), ...also, ...(await answeredTold(moved))];
    try {
      await db.send(new TransactWriteCommand({ TransactItems: steps.map(({ action }) => action) }));
      return moved;
    } catch (error) {
      await refuseOrWait(error, steps, attempt);
    }
  }
}

const resultOf = { agree: "agreed", refuse: "refused", lapse: "lapsed", end: "ended" } as const;

/** The tie itself, and where it stops counting the pointers and counts of both sides. */
function movingSteps(before: Tie, moved: Tie): Step[] {
  const { tieNo, guardianNo, dependantNo } = before;
  const put: Step = {
    action: {
      Put: {
        TableName: config.mainTable(),
        Item: tieItem(moved),
        ConditionExpression: "version = :version",
        ExpressionAttributeValues: { ":version": before.version },
      },
    },
  };
  if (isLive(moved.state)) return [put];
  return [
    put,
    { action: pointAway(key.member(guardianNo, dependantNo), tieNo) },
    { action: pointAway(key.guardian(dependantNo, guardianNo), tieNo) },
    { action: counted(guardianNo, "held", -1, null) },
    { action: counted(dependantNo, "holders", -1, null) },
  ];
}

/** Writes down what has lapsed among a guardian's ties, so that the count of five is of living ones. */
async function writeLapsed(guardianNo: string): Promise<void> {
  const ties = await tiesOf(guardianNo, "member");
  const due = ties.filter((tie) => isLive(tie.state) && stateOn(tie, today()) === "lapsed");
  for (const tie of due) await moveTie(tie.tieNo, "lapse", { by: "law", until: tie.until });
}

/** Writes steps together; `standing` looks whether the same request was faster, each time that the table says no. */
async function transact<T>(steps: readonly Step[], done: () => T, standing: () => Promise<T | null>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.send(new TransactWriteCommand({ TransactItems: steps.map(({ action }) => action) }));
      return done();
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const before = await standing();
      if (before) return before;
      await refuseOrWait(error, steps, attempt);
    }
  }
}

/** Throws what a failed condition means; waits a moment where somebody was only faster. */
async function refuseOrWait(error: unknown, steps: readonly Step[], attempt: number): Promise<void> {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const failed = steps.find(({ refusal }, place) => refusal && failedAt(error, place));
  if (failed?.refusal) throw failed.refusal();
  if (attempt >= mostAttempts) throw new Refusal("try-again", { cause: error });
  await pause(attempt);
}
