import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { type Encounter, encounterOf, opened, type StoredLine } from "../../functions/claims/encounters.ts";
import { reversed, settled } from "../../functions/claims/settling.ts";
import { type Claim, claimOf, yearOfClaim } from "../../functions/claims/store.ts";
import { now, today } from "../../functions/clock.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { newNo } from "../../functions/numbers.ts";
import { factsOf, personYearOn } from "../../functions/people/facts.ts";
import { type Provider, providerItem } from "../../functions/providers/store.ts";
import { decideAndWrite } from "../../functions/write.ts";
import type { Resident } from "../../local/county/people.ts";
import type { EndpointName } from "../../shared/api/endpoints.ts";
import { batchWith, newBatch } from "../../shared/care/encounter.ts";
import { type Day, day, yearOf } from "../../shared/day.ts";
import { share } from "../../shared/money.ts";
import type { CareType } from "../../shared/policy/table.ts";
import { splitLine } from "../../shared/settlement/scope.ts";
import type { World } from "../world/world.ts";

const put = (Item: Record<string, unknown>) => db.send(new PutCommand({ TableName: config.mainTable(), Item }));
const careCodes: Partial<Record<CareType, string>> = { inpatient: "21", "chronic-outpatient": "14" };

/** A county hospital on the register. */
export async function hospital(name = "福山区人民医院", code = "H37061100001"): Promise<Provider> {
  const by = { hand: "officer" as const, no: "test", name: "测试" };
  const [from, until] = [day("2020-01-01"), day("2030-12-31")];
  const provider: Provider = {
    code,
    name,
    kind: "hospital",
    county: "370611",
    poolingArea: "370600",
    ownership: "public",
    reformed: true,
    address: "",
    telephone: "",
    terms: [
      {
        real: "05",
        price: "secondary",
        deductible: "secondary",
        from,
        services: ["outpatient", "chronic-outpatient", "inpatient"],
      },
    ],
    agreement: { state: "in-force", from, until, history: [{ on: from, state: "in-force", until }] },
    hands: { applied: by, evaluated: by, decided: by },
    version: 1,
    last: { officerNo: "test", request: "test" },
  };
  await put(providerItem(provider));
  return provider;
}

/** One line of a bill: name, class, price in yuan, how many. */
export type BillLine = readonly [name: string, kind: "A" | "B" | "C", yuan: number, quantity?: number];

interface Care {
  readonly provider: Provider;
  readonly lines: readonly BillLine[];
  readonly on?: Day;
  readonly careType?: "inpatient" | "outpatient" | "chronic-outpatient";
  readonly disease?: string;
}

/** Care of a person that is settled at once: an encounter, its lines, and the claim that the law makes of them. */
export async function care({ personNo }: Resident, asked: Care): Promise<Claim> {
  const { provider, lines, on = today(), careType = "inpatient", disease = "肺炎" } = asked;
  const inpatient = careType === "inpatient";
  const careCode = careCodes[careType] ?? "11";
  const encounterNo = newNo(today());
  const stored = lines.map((line, i) => storedLine(line, String(i + 1).padStart(5, "0"), on));
  const batch = batchWith(
    newBatch(0),
    stored.map((split) => ({ split, on })),
  );
  const encounter: Encounter = {
    encounterNo,
    personNo,
    providerCode: provider.code,
    insuredArea: "370600",
    inpatient,
    state: inpatient ? "discharged" : "open",
    hospitalNo: encounterNo,
    careCode,
    admittedOn: on,
    admittedAt: `${on} 08:00:00`,
    dischargedOn: inpatient ? on : null,
    dischargedAt: inpatient ? `${on} 16:00:00` : null,
    disease: { code: "J18.9", name: disease },
    diagnoses: [],
    department: "内科",
    doctor: "",
    referralNo: null,
    batches: { 1: batch },
    version: 1,
    untaken: [],
    kept: {},
  };
  for (const { Put } of opened(encounter)) await put(Put!.Item!);
  await Promise.all(
    stored.map((is) => put({ ...key.line(encounterNo, is.serial), serial: is.serial, write: 1, is, was: null })),
  );
  return decideAndWrite(async () => {
    const [facts, standing] = await Promise.all([
      factsOf(personNo, [yearOf(on)]),
      encounterOf(encounterNo, personNo, provider.code),
    ]);
    const { claim, steps } = settled(
      {
        encounter: standing,
        batchNo: "1",
        batch,
        provider,
        level: "secondary",
        facts,
        careType,
        careCode,
        dischargedOn: on,
        filing: "none",
        filingNo: null,
        transferred: false,
      },
      newNo(today()),
      today(),
      now(),
    );
    return { answer: claim, steps };
  });
}

function storedLine([name, kind, yuan, quantity = 1]: BillLine, serial: string, on: Day): StoredLine {
  const line = {
    code: serial,
    class: kind,
    price: Math.round(yuan * 1_000_000),
    quantity: quantity * 10_000,
    priceCap: null,
    upfrontShare: share(kind === "B" ? "0.1" : "0"),
  };
  return {
    ...line,
    ...splitLine(line),
    serial,
    batchNo: "1",
    generation: 0,
    messageNo: "",
    name,
    chargedAt: `${on} 09:00:00`,
    chargeType: "09",
    limited: false,
    returned: 0,
    ownPay: false,
    originalSerial: null,
    kept: {},
  };
}

/** Takes a claim back, as its provider does. */
export async function takeBack({ personNo, claimNo, encounterNo, provider, dischargedOn }: Claim): Promise<void> {
  await decideAndWrite(async () => {
    const [claim, encounter, facts] = await Promise.all([
      claimOf(personNo, claimNo),
      encounterOf(encounterNo, personNo, provider.code),
      factsOf(personNo, [yearOfClaim(claimNo)]),
    ]);
    const personYear = personYearOn(facts, dischargedOn)!;
    return { answer: null, steps: reversed({ claim, encounter, personYear }, "test", "重复结算", today(), now()) };
  });
}

/** Every call about claims, by a guardian of somebody who has one; `as` is told whose turn it is. */
export async function lookAndDispute(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const [guardian, mother] = await Promise.all([1, 2].map(() => made.proven()));
  const { claimNo } = await care(mother!.person, { provider: await hospital(), lines: [["床位费", "A", 900]] });
  const { name, identityNumber } = mother!.person;
  const asking = { requestNo: "claims-tie", name, identityNumber, relationship: "parent" as const };
  const { tieNo } = await guardian!.call("family.ask", { body: asking });
  await mother!.call("family.answer", { params: { tieNo }, body: { agree: true } });
  const { call } = guardian!;
  const query = { tie: tieNo };
  const params = { claimNo };
  await as("claims.mine", () => call("claims.mine", { query }));
  await as("claims.one", () => call("claims.one", { params, query }));
  await as("claims.lines", () => call("claims.lines", { params, query }));
  const body = { requestNo: "claims-dispute", kind: "not-mine" as const, words: "" };
  const { disputeNo } = await as("claims.dispute", () => call("claims.dispute", { params, query, body }));
  await as("claims.disputes", () => call("claims.disputes"));
  await as("claims.withdraw", () => call("claims.withdraw", { params: { disputeNo }, query }));
  await as("claims.looks", () => mother!.call("claims.looks"));
}
