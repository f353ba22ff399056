import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { isOpen, stateOn } from "../../shared/family/family.ts";
import { levelOf, unitPath } from "../../shared/org.ts";
import { mustBeWithin, type Officer } from "../callers/officers.ts";
import { today } from "../clock.ts";
import { config } from "../config.ts";
import { db, index } from "../db.ts";
import { tieOf } from "../family/store.ts";
import { Tie } from "../family/tie.ts";
import { partition } from "../key.ts";

const mostShown = 100;

/** The ties below a unit that wait for a yes, at most a hundred, and whether there are more. */
export async function openTies(unit: string): Promise<{ ties: Tie[]; more: boolean }> {
  // A city's own code ends in 00, its villages' codes do not.
  const below = levelOf(unit) === "city" ? unit.slice(0, 4) : unit;
  const ties: Tie[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        IndexName: index,
        KeyConditionExpression: "gsi1pk = :pk AND begins_with(gsi1sk, :unit)",
        ExpressionAttributeValues: { ":pk": partition.open("TIES", unitPath(unit).at(-1)!), ":unit": below },
        ExclusiveStartKey: start,
        Limit: mostShown + 1,
      }),
    );
    ties.push(...Items.map((item) => Tie.parse(item)).filter((tie) => isOpen(stateOn(tie, today()))));
    start = LastEvaluatedKey;
  } while (start && ties.length <= mostShown);
  return { ties: ties.slice(0, mostShown), more: ties.length > mostShown };
}

/** A tie whose dependant is registered in the officer's area. */
export async function tieOfArea(officer: Officer, tieNo: string): Promise<Tie> {
  const tie = await tieOf(tieNo);
  mustBeWithin(officer, tie.village);
  return tie;
}
