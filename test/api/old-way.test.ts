import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Resident } from "../../local/county/people.ts";
import { faceTicket } from "../../local/face.ts";
import type { Call } from "../../shared/api/client.ts";
import { made } from "../world/opening.ts";
import { clock, delivered, noon } from "./messages-steps.ts";
import { aTelephone, at, bound, byCounter, byFace, counter, opensCounter, proven, seen } from "./proof-steps.ts";

opensCounter();
beforeAll(() => clock(noon));
afterEach(() => clock(noon));

/** What an account of somebody else's can do about the telling: it has all of it switched off. */
async function switchedOff(call: Call) {
  await call("messages.set", { body: { wechat: false, sms: false } });
}

/** Every event after which somebody can be a person who could not before, and the words of which the person is told. */
const events: readonly (readonly [
  what: string,
  words: string,
  happens: (person: Resident, own: Call) => Promise<unknown>,
])[] = [
  ["an account is bound by name and number", "新绑定了一个账号", (person) => made.signIn(person)],
  ["a counter gives a code out", "由窗口发出一个核验码", (person) => counter("counter.code", at(person))],
  [
    "an account proves by a counter's code",
    "有账号经窗口或人脸核验为本人",
    async (person) => {
      const { code } = await counter("counter.code", at(person));
      await (await made.signIn(person)).call("proof.prove", byCounter(code));
    },
  ],
  [
    "an account proves by a face",
    "有账号经窗口或人脸核验为本人",
    async (person) => (await made.signIn(person)).call("proof.prove", byFace(faceTicket(person.identityNumber))),
  ],
  ["a counter closes the accounts", "已由窗口全部注销", (person) => counter("counter.recover", at(person))],
  [
    "a counter records consent to a family tie",
    "由窗口登记了同意家人代管",
    async ({ name, identityNumber }) => {
      const guardian = await proven();
      const body = { requestNo: "old-way-consent", name, identityNumber, relationship: "parent" as const };
      const { tieNo } = await guardian.call("family.ask", { body });
      await counter("family-agency.consent", { params: { tieNo }, body: seen });
    },
  ],
  [
    "a counter puts another telephone on record",
    "登记的手机号已换成",
    ({ personNo }) =>
      counter("counter.telephone", { params: { personNo }, body: { telephone: aTelephone(), ...seen } }),
  ],
];

test.each(events)(
  "%s: the person of record is told on the old way, whatever is switched off",
  async (_, words, happens) => {
    clock(noon);
    const { person, telephone, call } = await bound();
    await made.prove(call, person);
    await switchedOff(call);
    await delivered();
    const told = () => made.textsTo(telephone).filter((text) => text.includes(words)).length;
    const before = told();
    await happens(person, call);
    await delivered();
    expect(told()).toBe(before + 1);
    const own = await made.signIn({ ...person, telephone: aTelephone() });
    const { code } = await counter("counter.code", at(person));
    await own.call("proof.prove", byCounter(code));
    const { messages } = await own.call("messages.inbox");
    expect(messages.filter(({ text }) => text.includes(words)).length).toBeGreaterThan(0);
  },
);

test("the same account bound again tells nothing; a person without a telephone reads it inside", async () => {
  clock(noon);
  const person = await made.enlist({ telephone: null });
  const { call } = await made.signIn(person);
  await call("residents.bind", { body: { name: person.name, identityNumber: person.identityNumber } });
  await delivered();
  const { code } = await counter("counter.code", at(person));
  await call("proof.prove", byCounter(code));
  await delivered();
  const { messages } = await call("messages.inbox");
  expect(messages.map(({ text }) => /新绑定|核验码|核验为本人/.exec(text)?.[0]).sort()).toEqual([
    "新绑定",
    "核验为本人",
    "核验码",
  ]);
  vi.useRealTimers();
});
