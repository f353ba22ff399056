import { today } from "../../functions/clock.ts";
import { newNo } from "../../functions/numbers.ts";
import type { Resident } from "../../local/county/people.ts";
import { type Call, Refused } from "../../shared/api/client.ts";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import { made } from "../world/opening.ts";
import { care, hospital } from "./claims.ts";
import { newPhone } from "./phones.ts";

/** One call as it was made. */
interface Made {
  readonly name: EndpointName;
  readonly asked: object | undefined;
}

/** What somebody did, and every number of ours that they were told while they did it. */
interface Life {
  readonly calls: readonly Made[];
  readonly numbers: ReadonlySet<string>;
}

/** Every endpoint of residents, those that only look first. */
export const residents: readonly EndpointName[] = (Object.entries(endpoints) as [EndpointName, Endpoint][])
  .filter(([, { caller }]) => caller.audience === "resident")
  .sort(([, a], [, b]) => Number(a.method !== "GET") - Number(b.method !== "GET"))
  .map(([name]) => name);

/** Numbers of orders, refunds, ties, claims, filings, receipts, messages and cases are long, and of figures and capitals. */
const numbersIn = (answer: unknown): string[] => JSON.stringify(answer).match(/\b[0-9A-Z]{16,}\b/g) ?? [];

/** One of everything that a proven person can have, each asked for through their account. */
export async function live(person: Resident, given: Call): Promise<Life> {
  const calls: Made[] = [];
  const numbers = new Set<string>();
  const call = (async (name: EndpointName, ...[asked]: [object?]) => {
    calls.push({ name, asked });
    const answer = await (given as (name: EndpointName, asked?: object) => Promise<unknown>)(name, asked);
    for (const number of numbersIn(answer)) numbers.add(number);
    return answer;
  }) as Call;
  const { name, identityNumber, personNo } = person;
  await call("residents.me");
  await call("residents.bind", { body: { name, identityNumber } });
  await call("proof.ways");
  await call("proof.contact");

  const whom = { who: "self" as const };
  await call("contributions.owed", { body: { whom, benefitYear: 2026 } });
  await call("contributions.calendar", { body: { whom, benefitYear: 2026 } });
  const { orderNo } = await call("contributions.order", {
    body: { requestNo: `self-${personNo}`, lines: [{ whom, benefitYear: 2026 }], expected: "400.00" },
  });
  await call("contributions.pay", { params: { orderNo }, body: { how: "h5" } });
  await made.tell(made.notice(orderNo, "400.00"));
  await call("contributions.confirm", { params: { orderNo }, body: { paid: true } });
  const { refundNo } = await call("refunds.request", { body: { orderNo, line: 0, reason: "wrong-payment" } });
  const paidFor = await made.enlist();
  const other = { who: "other" as const, name: paidFor.name, identityNumber: paidFor.identityNumber };
  const open = await call("contributions.order", {
    body: { requestNo: `other-${personNo}`, lines: [{ whom: other, benefitYear: 2026 }], expected: "400.00" },
  });
  calls.push({ name: "contributions.close", asked: { params: { orderNo: open.orderNo } } });
  calls.push({ name: "refunds.withdraw", asked: { params: { refundNo } } });
  await call("contributions.order-state", { params: { orderNo: open.orderNo } });
  for (const list of ["contributions.orders", "refunds.mine", "receipts.mine", "messages.settings"] as const)
    await call(list);
  await call("messages.set", { body: { wechat: false, sms: false } });
  const { messages } = await call("messages.inbox");
  calls.push({ name: "messages.read", asked: { params: { messageNo: messages[0]?.messageNo ?? newNo(today()) } } });

  const parent = await made.enlist({ telephone: person.telephone });
  const asked = { requestNo: `tie-${personNo}`, relationship: "parent" as const };
  const tie = await call("family.ask", {
    body: { ...asked, name: parent.name, identityNumber: parent.identityNumber },
  });
  const params = { tieNo: tie.tieNo };
  await call("family.code", { params });
  calls.push({ name: "family.consent", asked: { params, body: { code: "123456" } } });
  calls.push({ name: "family.answer", asked: { params, body: { agree: true } } });
  const baby = { name: "安小", sex: "female" as const, bornOn: day("2025-11-02"), commitment: true };
  const birthCertificate = `Y37${personNo.slice(-7)}`;
  const child = await call("family.newborn", { body: { requestNo: `baby-${personNo}`, ...baby, birthCertificate } });
  const known = { params: { tieNo: child.tieNo }, body: { name, identityNumber } };
  calls.push({ name: "family.identity-number", asked: known });
  await call("family.members");
  calls.push({ name: "family.end", asked: { params: { tieNo: child.tieNo } } });

  const { claimNo } = await care(person, { provider: await hospital(), lines: [["床位费", "A", 900]] });
  const one = { params: { claimNo }, query: {} };
  await call("claims.mine", { query: {} });
  await call("claims.one", one);
  await call("claims.lines", one);
  const { disputeNo } = await call("claims.dispute", {
    ...one,
    body: { requestNo: `dispute-${personNo}`, kind: "not-mine", words: "" },
  });
  await call("claims.disputes");
  calls.push({ name: "claims.withdraw", asked: { params: { disputeNo }, query: {} } });
  await call("claims.looks");

  const phone = newPhone();
  await phone.open(call);
  await phone.renew(call);
  for (const list of ["credentials.mine", "credentials.uses"] as const) await call(list, { query: {} });
  calls.push({ name: "credentials.shown", asked: { body: { ...params, deviceNo: phone.deviceNo, times: [1] } } });
  for (const what of ["suspend", "resume", "close"] as const)
    calls.push({ name: `credentials.${what}`, asked: { query: {} } });
  calls.push({ name: "credentials.reissue", asked: { query: {}, body: { requestNo: `again-${personNo}` } } });
  calls.push({ name: "credentials.remove-phone", asked: { params: { deviceNo: phone.deviceNo }, query: {} } });
  calls.push({ name: "credentials.not-mine", asked: { params: { useNo: newNo(today()) }, query: {}, body: {} } });

  const wish = {
    requestNo: `filing-${personNo}`,
    kind: "working-elsewhere",
    destination: "110000",
    from: day("2025-11-20"),
  } as const;
  await call("filings.options", { query: {} });
  calls.push({ name: "filings.example", asked: { query: {}, body: wish } });
  const filing = await call("filings.draft", { query: {}, body: { ...wish, replaces: null } });
  const of = { params: { filingNo: filing.filingNo }, query: {} };
  await call("filings.one", of);
  await call("filings.mine", { query: {} });
  const { version } = filing;
  const paper = { attachmentNos: [], commitment: null, version };
  calls.push({ name: "filings.rewrite", asked: { ...of, body: { ...wish, replaces: null, version } } });
  calls.push({ name: "filings.submit", asked: { ...of, body: paper } });
  calls.push({ name: "filings.supply", asked: { ...of, body: paper } });
  calls.push({ name: "filings.end", asked: of });
  const offer = { requestNo: `file-${personNo}`, purpose: "filing-paper", bytes: 1000, type: "image/jpeg" } as const;
  const { attachmentNo } = await call("attachments.offer", { query: {}, body: offer });
  for (const what of ["receive", "look"] as const)
    calls.push({ name: `attachments.${what}`, asked: { params: { attachmentNo }, query: {} } });
  const proofs = ["proof.send-code", "proof.telephone-code", "proof.telephone", "proof.stop-telephone"] as const;
  for (const name of [...proofs, "proof.prove"] as const) calls.push(asking(name, person));
  return { calls, numbers };
}

/** What concerns a telephone is asked for with that of the person before. */
function asking(name: EndpointName, { telephone, identityNumber }: Resident): Made {
  const bodies: { readonly [N in EndpointName]?: object } = {
    "proof.telephone-code": { telephone },
    "proof.telephone": { telephone, code: "123456" },
    "proof.stop-telephone": { changeNo: "0123456789ab" },
    "proof.prove": { way: "telephone", code: "123456", lastSix: identityNumber.slice(-6) },
  };
  return { name, asked: bodies[name] && { body: bodies[name] } };
}

/** Everything that somebody did, asked for again by whoever comes after: the answers, or the code of the refusal. */
export async function replayed(
  life: Life,
  call: Call,
): Promise<{ name: EndpointName; answer: string; refused: string }[]> {
  const told = [];
  for (const name of residents) {
    for (const { asked } of life.calls.filter((one) => one.name === name)) {
      const answer = (call as (name: EndpointName, asked?: object) => Promise<unknown>)(name, asked);
      told.push(
        await answer.then(
          (given) => ({ name, answer: JSON.stringify(given), refused: "" }),
          (error) => {
            if (error instanceof Refused) return { name, answer: "", refused: error.code };
            throw error;
          },
        ),
      );
    }
  }
  return told;
}
