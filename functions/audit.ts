import { randomBytes } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { now, today } from "./clock.ts";
import { config } from "./config.ts";
import type { Officer } from "./officers/store.ts";
import { db, key } from "./table.ts";

/**
 * 查阅记录 · who looked at whose data, when, and why. A list is kept under its village, one person under the person;
 * the audit table can only be added to, and a call that cannot be recorded is not answered.
 */
export async function recordAccess(
  officer: Officer,
  subject: { village: string } | { personNo: string },
  what: { call: string; reason?: string; people?: number },
): Promise<void> {
  const at = `${new Date(now()).toISOString()}#${randomBytes(6).toString("hex")}`;
  const pk = "village" in subject ? `VILLAGE#${subject.village}` : `PERSON#${subject.personNo}`;
  await db.send(
    new PutCommand({
      TableName: config.auditTable(),
      Item: { ...key.access(pk, at), officerNo: officer.officerNo, unit: officer.unit, on: today(), ...what },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
}
