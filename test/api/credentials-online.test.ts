import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { tokenMinutes } from "../../functions/credentials/tokens.ts";
import { db } from "../../functions/db.ts";
import { secretHash } from "../../functions/sealing.ts";
import * as ask from "../../hospital/asks.ts";
import { send } from "../../hospital/client.ts";
import type { Resident } from "../../local/county/people.ts";
import { at, charge, codeOf, done, items, next, sumsOf } from "../gateway/desk.ts";
import { refusal } from "../world/world.ts";
import {
  type CodeWorld,
  codeWorld,
  decode,
  found,
  minutes,
  nextTelephone,
  offlineCode,
  registering,
  said,
  settling,
  today,
  wallClock,
} from "./codes.ts";

let it: CodeWorld;
beforeAll(async () => {
  it = await codeWorld();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a code read online", () => {
  test("gives the person and a token for one purpose, which the gateway's transactions take as certificate 01", async () => {
    const { person, phone } = await it.holder();
    const { personName, certificateNo, insuredArea, ecToken } = found(
      await decode(it.hospital, phone.show(), registering),
    );
    expect({ personName, certificateNo, insuredArea }).toEqual({
      personName: person.name,
      certificateNo: person.identityNumber,
      insuredArea: "370600",
    });
    const certificate = { credentialKind: "01", credentialNo: ecToken };
    const identified = done(await send(it.hospital, "1101", { request: { ...certificate, personName: person.name } }));
    expect(identified.person.personNo).toBe(person.personNo);
    const registration = ask.register(person, at(today), next("OP"));
    const { encounter } = done(
      await send(it.hospital, "2201", { request: { ...registration.request, ...certificate } }),
    );
    const { encounterNo } = encounter;
    const see = ask.see(person.personNo, encounterNo, "11", at(today), { code: "I10", name: "高血压" });
    done(await send(it.hospital, "2203", see));
    const charges = [charge(items.amoxicillin, 8, 10, today)];
    const { lines } = done(
      await send(it.hospital, "2204", ask.chargeOutpatient(person.personNo, encounterNo, "B1", charges)),
    );
    const settle = ask.settleOutpatient(person, encounterNo, "B1", "11", sumsOf(lines));
    const by = (credentialNo: string) => ({ request: { ...settle.request, credentialKind: "01", credentialNo } });
    expect(codeOf(await send(it.hospital, "2207", by(ecToken)))).toBe("token-purpose");
    const paying = found(await decode(it.hospital, phone.show(), settling));
    expect(codeOf(await send(it.hospital, "2207", by(paying.ecToken)))).toBe("done");
  });

  test("is written down, and the token nowhere", async () => {
    const { call, phone } = await it.holder();
    const { ecToken, useNo } = found(await decode(it.hospital, phone.show(), settling));
    const { uses } = await call("credentials.uses", { query: {} });
    expect(uses).toMatchObject([{ useNo, provider: it.hospital.providerName, purpose: "结算" }]);
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.mainTable() }));
    const all = JSON.stringify(Items);
    expect(all).toContain(secretHash(ecToken));
    expect(all).not.toContain(ecToken.slice(6));
  });

  test("a token of another provider, of another person, of another time", async () => {
    const [one, two] = [await it.holder(), await it.holder()];
    const { ecToken } = found(await decode(it.hospital, one.phone.show(), registering));
    const register = (who: Resident, credentialNo: string) => ({
      request: { ...ask.register(who, at(today), next("OP")).request, credentialKind: "01", credentialNo },
    });
    expect(codeOf(await send(it.other, "2201", register(one.person, ecToken)))).toBe("token-unknown");
    expect(codeOf(await send(it.hospital, "2201", register(two.person, ecToken)))).toBe("token-unknown");
    expect(codeOf(await send(it.hospital, "2201", register(one.person, `${ecToken.slice(0, -1)}!`)))).toBe(
      "token-unknown",
    );
    wallClock(Date.now() + minutes(tokenMinutes));
    expect(codeOf(await send(it.hospital, "2201", register(one.person, ecToken)))).toBe("token-expired");
  });

  test("the same provider's same question is answered alike, with the same token", async () => {
    const { call, phone } = await it.holder();
    const text = phone.show();
    const [first, again] = [
      found(await decode(it.hospital, text, settling)),
      found(await decode(it.hospital, text, settling)),
    ];
    expect(again).toEqual(first);
    expect((await call("credentials.uses", { query: {} })).uses).toHaveLength(1);
  });

  test("社保卡: its number is registered at the counter and taken as certificate 03, until another takes its place", async () => {
    const person = await it.made.enlist();
    const card = (personNo: string, number: string) =>
      it.officer("credentials-agency.card", { params: { personNo }, body: { number, seen: "social-card" } });
    expect(await card(person.personNo, "a12345678")).toMatchObject({ card: "*******78" });
    const identify = (credentialNo: string) =>
      send(it.hospital, "1101", { request: { credentialKind: "03", credentialNo, personName: person.name } });
    expect(done(await identify("A12345678")).person.personNo).toBe(person.personNo);
    const another = await it.made.enlist();
    expect(await refusal(card(another.personNo, "A12345678"))).toBe("card-taken");
    await card(person.personNo, "B87654321");
    expect(codeOf(await identify("A12345678"))).toBe("person-not-found");
    const by = (who: Resident, credentialNo: string) => ({
      request: { ...ask.register(who, at(today), next("OP")).request, credentialKind: "03", credentialNo },
    });
    expect(codeOf(await send(it.hospital, "2201", by(another, "B87654321")))).toBe("certificate-mismatch");
    expect(codeOf(await send(it.hospital, "2201", by(person, "B87654321")))).toBe("done");
  });

  test("a printed code: only with the number of the identity card, more than once, marked as weaker, out with the next one", async () => {
    const person = await it.made.enlist({ telephone: nextTelephone() });
    const print = () =>
      it.officer("credentials-agency.paper", {
        params: { personNo: person.personNo },
        body: { seen: "identity-card" },
      });
    const paper = await print();
    expect(paper).toMatchObject({ name: person.name, weak: true });
    expect(said(await decode(it.hospital, paper.text, registering))).toBe("paper-needs-card");
    const wrong = (await it.made.enlist()).identityNumber;
    expect(said(await decode(it.hospital, paper.text, registering, wrong))).toBe("paper-needs-card");
    const seen = person.identityNumber;
    expect(said(await decode(it.hospital, paper.text, registering, seen))).toBe("done");
    expect(said(await decode(it.other, paper.text, registering, seen))).toBe("done");
    const { call } = await it.made.signIn(person);
    await it.made.prove(call, person);
    const { uses } = await call("credentials.uses", { query: {} });
    expect(uses.map(({ weak }) => weak)).toEqual([true, true]);
    await print();
    expect(said(await decode(it.hospital, paper.text, registering, seen))).toBe("code-revoked");
    expect(offlineCode(paper.text, (await it.freshBundle()).read)).toBe("code-revoked");
  });
});
