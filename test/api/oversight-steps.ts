import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { listClaims } from "../../functions/claims/store.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition } from "../../functions/key.ts";
import type { Asked } from "../../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../../shared/api/endpoints.ts";
import { agreedBy } from "../world/hands.ts";
import type { World } from "../world/world.ts";
import { care, hospital } from "./claims.ts";

const reason = "居民来电核对费用";

/** Every call of officers about claims, disputes and who looked, each under its name. */
export async function oversee(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const provider = await hospital("福山区第二医院", "H37061100002");
  const person = await made.enlist({ telephone: "13900007777" });
  const claim = await care(person, { provider, lines: [["床位费", "A", 50, 10]] });
  const { claimNo, personNo, settledOn: on } = claim;
  await listClaims([{ kind: "claim", claimNo, personNo, providerCode: provider.code, on }]);
  const { call } = await made.signIn(person);
  await made.prove(call, person);
  const filing = { requestNo: "grants-oversight", kind: "not-mine" as const };
  const { disputeNo } = await call("claims.dispute", { params: { claimNo }, query: {}, body: filing });

  const officer = await made.officer("oversight", "370611", ["claims"]);
  const search = (body: Asked<Endpoints["claims-agency.claims"]>["body"]) =>
    as("claims-agency.claims", () => officer("claims-agency.claims", { body }));
  await search({ by: "person", identityNumber: person.identityNumber, reason });
  await search({ by: "claim", claimNo, of: provider.code, reason });
  await search({ by: "provider", providerCode: provider.code, on, reason });
  const params = { personNo, claimNo };
  await as("claims-agency.claim", () => officer("claims-agency.claim", { params }));
  await as("claims-agency.lines", () => officer("claims-agency.lines", { params, query: {} }));
  await as("claims-agency.disputes", () => officer("claims-agency.disputes", { query: { unit: "370611" } }));
  const of = { params: { disputeNo } };
  await as("claims-agency.dispute", () => officer("claims-agency.dispute", of));
  await as("claims-agency.take", () => officer("claims-agency.take", of));
  await as("claims-agency.hand-back", () => officer("claims-agency.hand-back", of));
  await officer("claims-agency.take", of);
  const { proposed } = await as("claims-agency.decide", () =>
    officer("claims-agency.decide", { ...of, body: { uphold: true, reason: "已经核实" } }),
  );
  const second = await made.officer("oversight-second", "370611", ["claims"]);
  await as("proposals.answer", () => agreedBy(second)(proposed!));
  const auditor = await made.officer("oversight-audit", "370600", ["audit"]);
  const looked = { by: "identity-number" as const, identityNumber: person.identityNumber, reason };
  await as("claims-agency.access", () => auditor("claims-agency.access", { body: looked }));
  const day = { unit: "370600", on, reason };
  await as("claims-agency.access-day", () => auditor("claims-agency.access-day", { body: day }));
}

/** How an officer answers a dispute. */
export const answer = (of: { params: { disputeNo: string } }, uphold: boolean) => ({
  ...of,
  body: { uphold, reason: uphold ? "已和医院核实，不是本人" : "已核对病历，是本人就诊" },
});

/** What the audit table keeps of a person or of a village. */
export async function recorded(pk: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.auditTable(),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
    }),
  );
  return Items;
}
export const recordedOf = ({ personNo }: { personNo: string }) => recorded(partition.person(personNo));
