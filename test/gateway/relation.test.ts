import { Logger } from "@aws-lambda-powertools/logger";
import { afterEach, describe, expect, test, vi } from "vitest";
import { accessesOf } from "../../functions/audit.ts";
import { encountersOf } from "../../functions/claims/encounters.ts";
import { referralsOf } from "../../functions/filings/referrals.ts";
import { registry } from "../../functions/gateway/registry.ts";
import { shownTo } from "../../functions/providers/relation.ts";
import { providerOf } from "../../functions/providers/store.ts";
import * as ask from "../../hospital/asks.ts";
import { type Asked, type Said, type Sender, send, signed } from "../../hospital/client.ts";
import type { Resident } from "../../local/county/people.ts";
import { readInput } from "../../shared/gateway/messages.ts";
import { filingsPath } from "../../shared/gateway/signing.ts";
import type { TransactionNo } from "../../shared/gateway/wire.ts";
import { checkDigit } from "../../shared/person.ts";
import { askingOf } from "../../shared/provider/people.ts";
import type { Refusal } from "../../shared/refusal.ts";
import { direct, senderOf } from "../world/hospitals.ts";
import { later, made, opensHospitals, today, turnsBack } from "../world/opening.ts";
import {
  at,
  charge,
  city,
  codeOf,
  county,
  disease,
  done,
  items,
  next,
  settleStay,
  settleVisit,
  shows,
  stay,
  township,
  visit,
} from "./desk.ts";
import { inputOf, served } from "./wire-messages.ts";

opensHospitals();
turnsBack();
afterEach(() => void vi.restoreAllMocks());

const pharmacy = senderOf("P37061100001");
const nobody = "37060099999999999999";
const to = { code: city.providerCode, name: city.providerName, area: "370611" };

/** What rang while something was done. */
function listening() {
  const warned = vi.spyOn(Logger.prototype, "warn").mockImplementation(() => {});
  return () =>
    warned.mock.calls.flatMap(([what, facts]) => (what === "alarm" ? [(facts as { alarm?: string }).alarm] : []));
}

async function asksFiling(sender: Sender, personNo: string): Promise<string> {
  const body = JSON.stringify({ personNo });
  const { body: answer } = await direct(body, signed(sender, body, filingsPath), filingsPath);
  return /\[([\w-]+)\]/.exec(answer)?.[1] ?? "done";
}

const looksAt = async ({ personNo }: Resident, by: Sender) =>
  (await accessesOf({ personNo }, undefined, 100)).accesses.filter((one) => one.providerCode === by.providerCode);

describe("relation before data", () => {
  test("a stranger's 5206, 2001, 2501, filing query", async () => {
    const who = await made.enlist();
    done(await settleVisit(county, who, await visit(county, who, today, [charge(items.amoxicillin, 8, 1, today)])));
    for (const personNo of [who.personNo, nobody]) {
      const asked = [
        await send(city, "5206", { request: { personNo } }),
        await send(city, "2001", ask.check(personNo, city.providerCode, "11", at(today))),
        await send(city, "2501", ask.refer(personNo, { ...to, code: county.providerCode }, today, disease)),
        await send(city, "5201", { request: { personNo } }),
        await send(city, "5304", { request: { personNo } }),
      ];
      expect(asked.map(codeOf)).toEqual(Array(5).fill("not-related"));
      expect(await asksFiling(city, personNo)).toBe("not-related");
    }
    expect(await referralsOf(who.personNo)).toEqual([]);
    expect(await looksAt(who, city)).toEqual([]);
    // Where they were treated all of it is answered, long after the card was shown.
    await later(25 * 60, async () => {
      done(await send(county, "5206", { request: { personNo: who.personNo } }));
      done(await send(county, "2501", ask.refer(who.personNo, to, today, disease)));
      expect(await asksFiling(county, who.personNo)).toBe("done");
    });
  });

  test("every transaction that takes a person, tried by a stranger: refused, and alike whether there is such a person", async () => {
    const who = await made.enlist();
    const one = await stay(county, who, { from: today, until: today }, [charge(items.amoxicillin, 8, 1, today)]);
    const { claimNo } = done(await settleStay(county, who, one)).settlement;
    const { filing } = done(await send(county, "2501", ask.refer(who.personNo, to, today, disease)));
    const known = { encounterNo: one.encounterNo, claimNo: claimNo!, filingNo: filing.filingNo };
    const before = await encountersOf(who.personNo);
    const taking = served.filter((no) => JSON.stringify(readInput(no, inputOf(no))).includes('"personNo"'));
    expect(taking.length).toBeGreaterThan(25);
    for (const no of taking) {
      const told = async (personNo: string) => {
        const input = named(readInput(no, inputOf(no)), { ...known, personNo });
        const said: Said<TransactionNo> = await send(township, no, input as Asked<typeof no>);
        return said.kind === "refused" ? `${said.code} ${said.sentence}` : said.kind;
      };
      const answer = await told(who.personNo);
      expect(answer, no).not.toBe("done");
      expect(answer, no).not.toBe("unknown");
      expect(await told(nobody), no).toBe(answer);
      // Whatever has no exception is refused for the relation and for nothing that comes after it.
      if (!registry[no].except) expect(answer, no).toMatch(/^not-related /);
    }
    expect(await encountersOf(who.personNo)).toEqual(before);
    expect((await referralsOf(who.personNo)).map(({ withdrawnOn }) => withdrawnOn)).toEqual([null]);
    expect(await looksAt(who, township)).toEqual([]);
  });

  test("a card that was shown opens for a day, at that provider alone; a visit that was taken back opens nothing", async () => {
    const who = await made.enlist();
    const asks = (sender: Sender) => send(sender, "5206", { request: { personNo: who.personNo } });
    await shows(city, who);
    done(await asks(city));
    expect(codeOf(await asks(county))).toBe("not-related");
    await later(23 * 60, async () => void done(await asks(city)));
    await later(25 * 60, async () => expect(codeOf(await asks(city))).toBe("not-related"));
    const local = next("OP");
    const { encounter } = done(await send(county, "2201", ask.register(who, at(today), local)));
    done(await asks(county));
    done(await send(county, "2202", ask.unregister(who.personNo, encounter.encounterNo, local)));
    await later(25 * 60, async () => expect(codeOf(await asks(county))).toBe("not-related"));
  });

  test("a wrong card with a person's number tells nothing of the number, and counts as a guess", async () => {
    const [who, other] = [await made.enlist(), await made.enlist()];
    const tries = (personNo: string) =>
      send(township, "2201", ask.register({ ...other, personNo }, at(today), next("OP")));
    expect(codeOf(await tries(who.personNo))).toBe("certificate-mismatch");
    expect(codeOf(await tries(nobody))).toBe("certificate-mismatch");
  });

  test("the thousandth person of a pharmacy", async () => {
    const rang = listening();
    const { peopleADay } = askingOf({ kind: "pharmacy", real: "11" });
    const first = await made.enlist();
    await shows(pharmacy, first);
    const shop = await providerOf(pharmacy.providerCode);
    const codes: string[] = [];
    for (let n = 1; n < 999; n += 1)
      codes.push(
        await shownTo(shop, `379900${String(n).padStart(14, "0")}`, Date.now()).then(
          () => "done",
          (error) => (error as Refusal).code,
        ),
      );
    expect(new Set(codes.slice(0, peopleADay - 1))).toEqual(new Set(["done"]));
    expect(new Set(codes.slice(peopleADay - 1))).toEqual(new Set(["too-many-people"]));
    const thousandth = await made.enlist();
    const asked = [
      await send(pharmacy, "1101", ask.identify(thousandth.identityNumber)),
      await send(pharmacy, "2201", ask.register(thousandth, at(today), next("OP"))),
      await send(pharmacy, "5206", { request: { personNo: thousandth.personNo } }),
    ];
    expect(asked.map(codeOf)).toEqual(["too-many-people", "too-many-people", "not-related"]);
    expect(await looksAt(thousandth, pharmacy)).toEqual([]);
    expect(new Set(rang())).toEqual(new Set(["many-people", "too-many-people"]));
    // Whoever was here today is served on, and tomorrow is another day.
    await shows(pharmacy, first);
    done(await send(pharmacy, "5206", { request: { personNo: first.personNo } }));
    await later(24 * 60, () => shows(pharmacy, thousandth));
  });

  test("numbers that are nobody's are counted: after too many of them nothing is told of a right one", async () => {
    const clinic = township;
    await later(3 * 24 * 60, async () => {
      const rang = listening();
      const who = await made.enlist();
      const { missesAnHour } = askingOf({ kind: "hospital", real: "08" });
      const strange = (n: number) => {
        const first17 = `37999819000101${String(n).padStart(3, "0")}`;
        return first17 + checkDigit(first17);
      };
      for (let n = 0; n < missesAnHour; n++) {
        const asked =
          n % 2 === 0
            ? send(clinic, "1101", ask.identify(strange(n)))
            : send(clinic, "5206", { request: { personNo: nobody.slice(0, -3) + String(n).padStart(3, "0") } });
        expect(codeOf(await asked)).toBe(n % 2 === 0 ? "person-not-found" : "not-related");
      }
      expect(codeOf(await send(clinic, "1101", ask.identify(who.identityNumber)))).toBe("paused");
      expect(codeOf(await send(clinic, "5206", { request: { personNo: nobody } }))).toBe("paused");
      expect(rang()).toContain("many-misses");
    });
  });
});

/** An input whose numbers are these, wherever they stand in it. */
function named(input: unknown, numbers: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(input)) return input.map((one) => named(one, numbers));
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      value !== null && name in numbers ? numbers[name] : named(value, numbers),
    ]),
  );
}
