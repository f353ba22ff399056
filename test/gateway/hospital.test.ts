import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { sm2 } from "sm-crypto-v2";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { keyItem } from "../../functions/providers/store.ts";
import { faultsOfLines, type Line, returnTotal } from "../../hospital/arithmetic.ts";
import { type Group, groups, type Row } from "../../hospital/checks.ts";
import { type Sender, signed } from "../../hospital/client.ts";
import { conform } from "../../hospital/conform.ts";
import { errorsDocument, errorsWritten } from "../../hospital/errors.ts";
import { failed, playVisits, type Report } from "../../hospital/play.ts";
import { gatewayCodes } from "../../hospital/remedies.ts";
import { soldOf } from "../../hospital/visit.ts";
import type { Resident } from "../../local/county/people.ts";
import { demonstrationProviders } from "../../local/county/providers.ts";
import { demonstrationItems, servicesOf } from "../../local/hospital/supply.ts";
import { splitReturn } from "../../shared/care/encounter.ts";
import { share } from "../../shared/money.ts";
import { splitLine } from "../../shared/settlement/scope.ts";
import { direct, openHospitals, senderOf } from "../world/hospitals.ts";
import { type World, world } from "../world/world.ts";

let w: World;
beforeAll(async () => {
  w = await world();
  await openHospitals(w);
});

/** Every provider in force, through a network of one's own. */
const hospitals = (post: Sender["post"] = direct) =>
  demonstrationProviders
    .filter(({ state }) => state === "in-force")
    .map(({ code }) => ({ ...senderOf(code, post), services: servicesOf(code) }));

const of = (transaction: string, body: string) => body.includes(`"infno":"${transaction}"`);

/** Some people, every sixth of them not covered. */
const crowd = (size: number): Promise<Resident[]> =>
  Promise.all(Array.from({ length: size }, (_, i) => w.enlist(i % 6 === 5 ? { coverBefore: [] } : {})));

describe("the kit plays hospitals", () => {
  const played = (people: readonly Resident[], post?: Sender["post"], visits = 30) =>
    playVisits({ senders: hospitals(post), people, items: demonstrationItems(0), seed: 7, visits, timeouts: 0.1 });
  let people: Resident[];
  let report: Report;
  beforeAll(async () => {
    people = await crowd(12);
    report = await played(people);
  });
  const shapeOf = ({ visits }: Report) =>
    visits.map((one) => [one.no, one.providerCode, one.end, one.claims.map(({ amounts }) => amounts.total)]);

  test("thirty seeded visits end clean, through lost messages and lost answers", () => {
    expect(failed(report).map((one) => one.faults)).toEqual([]);
    expect(report.visits).toHaveLength(30);
    expect(new Set(report.visits.map((one) => one.end))).toContain("settled");
    expect(report.tally.timeouts).toBeGreaterThan(5);
    expect(report.tally.undone).toBeGreaterThan(0);
  });
  test("the same seed chooses the same visits again", async () => {
    const again = await played(await crowd(12));
    expect(shapeOf(again)).toEqual(shapeOf(report));
  });
  test("settlements of one person never overlap, and each says when it was taken back", () => {
    const orders = report.visits.flatMap((one) => one.claims.flatMap(({ order, reversed }) => [order, reversed ?? 0]));
    const counted = orders.filter((one) => one > 0);
    expect(new Set(counted).size).toBe(counted.length);
  });
  test("a gateway that pays a fen too much is not clean", async () => {
    const generous: Sender["post"] = async (body, headers) => {
      const reply = await direct(body, headers);
      return { ...reply, body: reply.body.replace(/"fund_pay_sumamt":(\d+)\.(\d)\d/, '"fund_pay_sumamt":$1.$29') };
    };
    const wrong = await played(people, generous);
    expect(failed(wrong).length).toBeGreaterThan(10);
    expect(failed(wrong)[0]?.faults.join()).toContain("基金支付总额");
  });
  test("a gateway that never answers a settlement is not clean", async () => {
    const forgetful: Sender["post"] = async (body, headers) => {
      const reply = await direct(body, headers);
      return of("2207", body) ? { status: 500, body: "" } : reply;
    };
    const wrong = await played(people, forgetful, 4);
    expect(failed(wrong).length).toBeGreaterThan(0);
  });
});

describe("the kit's own arithmetic", () => {
  test("a return totals what the law makes of what is left, also where the line does not divide into fen", () => {
    for (const price of [105_000, 333_333, 2_600_000_000, 125_000]) {
      for (const [left, back] of [
        [20_000, 10_000],
        [30_000, 10_000],
        [10_000, 2_500],
      ] as const) {
        const line = { code: "", class: "A", price, quantity: left, priceCap: null, upfrontShare: share("0") } as const;
        expect(returnTotal(price, left, back)).toBe(splitReturn(line, 0, back).total);
      }
    }
  });
  test("a line splits as the law splits it", () => {
    for (const [letter, classCode] of [
      ["A", "01"],
      ["B", "02"],
      ["C", "03"],
    ] as const) {
      const [price, quantity, upfrontShare] = [7_333_300, 12_500, letter === "C" ? share("1") : share("0.15")];
      const split = splitLine({ code: "", class: letter, price, quantity, priceCap: 6_400_000, upfrontShare });
      const { total, outsideCatalogue, overPriceCap, upfront } = split;
      const inScope = total - outsideCatalogue - overPriceCap - upfront;
      const facts = {
        serial: "1",
        itemCode: "",
        chargedAt: "",
        original: null,
        ownPay: false,
        priceCap: 6_400_000,
        upfrontShare,
      };
      const line: Line = { ...facts, ...split, inScope, price, quantity, classCode };
      expect(faultsOfLines([line])).toEqual([]);
      expect(faultsOfLines([{ ...line, inScope: inScope + 1 }])).toHaveLength(1);
    }
  });
});

const items = ["001102000010000,12.00", "XC10AAA099A001010100004,7.00", "XV03AED004A001010100016,58.50"].map(soldOf);

/** The whole conformance run for somebody new, through a network of one's own. */
async function conformed(post: Sender["post"] = direct): Promise<Row[]> {
  const { identityNumber } = await w.enlist();
  return conform({ sender: senderOf("H37061100002", post), identityNumber, insuredArea: "370600", items });
}
const broken = (rows: readonly Row[]): Group[] => [...new Set(rows.filter((one) => !one.ok).map((one) => one.group))];

describe("the conformance run", () => {
  test("finds nothing wrong with this gateway", async () => {
    const rows = await conformed();
    expect(rows.filter((one) => !one.ok)).toEqual([]);
    expect(new Set(rows.map((one) => one.group))).toEqual(new Set(Object.keys(groups)));
    // README.md says so, too.
    expect(rows).toHaveLength(143);
  });

  test("finds nothing wrong where a provider signs with its own SM2 key", async () => {
    const { publicKey, privateKey } = sm2.generateKeyPairHex();
    const facts = { keyNo: "SM2KEY000001", algorithm: "SM2", secretSealed: null, publicKey } as const;
    const issuedBy = { hand: "officer" as const, no: "test", name: "测试" };
    const Item = keyItem("H37061100003", { ...facts, from: 0, until: null, issuedBy });
    await db.send(new PutCommand({ TableName: config.mainTable(), Item }));
    const { identityNumber } = await w.enlist();
    const sender: Sender = { ...senderOf("H37061100003"), ...facts, secret: privateKey };
    const rows = await conform({ sender, identityNumber, insuredArea: "370600", items });
    expect(rows.filter((one) => !one.ok)).toEqual([]);
  });

  const answering =
    (change: (answer: string, asked: string) => string): Sender["post"] =>
    async (body, headers) => {
      const reply = await direct(body, headers);
      return { ...reply, body: change(reply.body, body) };
    };
  const own = senderOf("H37061100002");
  const fresh = (() => {
    let n = 0;
    return () => `${Date.now()}${++n}`.slice(-18).padStart(18, "0");
  })();
  const broke: [Group, string, () => Sender["post"]][] = [
    [
      "envelope",
      "leaves the time of answering out",
      () => answering((one) => one.replace(/"respond_time":"\d+",?/, "")),
    ],
    [
      "signature",
      "signs for whoever did not",
      () => (body, headers) => direct(body, { ...headers, ...signed(own, body) }),
    ],
    [
      "idempotency",
      "takes a message sent again for another one",
      () => (body, headers) => {
        if (!of("2201", body)) return direct(body, headers);
        const renamed = body
          .replace(/("msgid":"H\d{11})\d{18}/, `$1${fresh()}`)
          .replace(/("ipt_otp_no":")[^"]*/, `$1R${fresh()}`);
        return direct(renamed, { ...headers, ...signed(own, renamed) });
      },
    ],
    [
      "person",
      "answers with somebody else",
      () =>
        answering((one, asked) =>
          of("1101", asked) ? one.replace(/"certno":"\d{17}/, '"certno":"37990119900501999') : one,
        ),
    ],
    [
      "outpatient",
      "previews a fen less than it settles",
      () =>
        answering((one, asked) =>
          of("2206", asked) ? one.replace(/"psn_cash_pay":(\d+)\.\d\d/, '"psn_cash_pay":$1.99') : one,
        ),
    ],
    [
      "stay",
      "splits a line otherwise",
      () =>
        answering((one, asked) =>
          of("2301", asked) ? one.replace(/"overlmt_amt":(\d+)\.\d\d/, '"overlmt_amt":$1.77') : one,
        ),
    ],
    [
      "reversal",
      "tells a reversal with the sign of the settlement",
      () => answering((one, asked) => (of("2208", asked) ? one.replaceAll(":-", ":") : one)),
    ],
    [
      "queries",
      "lists no lines",
      () => answering((one, asked) => (of("5204", asked) ? one.replace(/"result":\[.*\]/, '"result":[]') : one)),
    ],
    [
      "refusals",
      "does whatever is wrong with the lines",
      () =>
        answering((one, asked) =>
          of("2204", asked)
            ? one.replace('"infcode":-1', '"infcode":0').replace(/"err_msg":"[^"]*"/, '"output":{"result":[]}')
            : one,
        ),
    ],
  ];
  test.each(broke)("%s: a gateway that %s does not conform", async (group, _, post) => {
    expect(broken(await conformed(post()))).toContain(group);
  });
  test("every group can fail", () => {
    expect(broke.map(([group]) => group)).toEqual(Object.keys(groups));
  });
});

describe("the error codes", () => {
  test("ERRORS.md is what the tables say: npm run errors writes it", () => {
    expect(errorsWritten()).toBe(errorsDocument());
  });
  test("every code that a message can be refused with says what to do", () => {
    const root = join(import.meta.dirname, "../..");
    const inFolder = (folder: string) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);
    const files = [
      ...["functions/gateway", "shared/care", "shared/gateway"].flatMap(inFolder),
      ...[
        "functions/read.ts",
        "functions/providers/store.ts",
        "functions/providers/sender.ts",
        "functions/providers/relation.ts",
        "functions/claims/encounters.ts",
        "functions/claims/settling.ts",
        "functions/catalogue/store.ts",
        "functions/credentials/tokens.ts",
        "functions/limits.ts",
        "shared/edge.ts",
      ],
    ].filter((file) => file.endsWith(".ts"));
    const thrown = files.flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/(?:Refusal\(|mustBeAt\([^;]*?,)\s*"([a-z-]+)"/g)].map(
        (match) => match[1]!,
      ),
    );
    // What only an officer can hear: of another's write, and of a code or an area that they typed.
    const officers = ["provider-changed", "provider-exists", "provider-code", "unknown-area"];
    const untold = [...new Set(thrown)].filter((code) => !(code in gatewayCodes) && !officers.includes(code));
    expect(thrown.length).toBeGreaterThan(80);
    expect(untold).toEqual([]);
    // The one that is thrown before the gateway is asked.
    expect(Object.keys(gatewayCodes).filter((code) => !thrown.includes(code))).toEqual(["too-large"]);
  });
});
