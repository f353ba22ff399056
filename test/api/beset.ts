import { type Call, Refused } from "../../shared/api/client.ts";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import type { World } from "../world/world.ts";
import { type Relation, relationOf } from "./access-table.ts";
import { aboutNobody, company, doorOf, kinds, numbersIn, watchWrites } from "./stranger-steps.ts";

/** Endpoints at which nobody is a stranger: of nobody, of whoever shows it; and those that are signed, which are tried by themselves. */
const free: readonly Relation[] = ["none", "shown", "shown-or-treated", "signature"];
/** Relations by which whoever calls is answered with their own, where a path names nothing. */
const implied: readonly Relation[] = ["self", "own-unit", "fund"];
/** Answered row by row: of a stranger's list there is no row, of a stranger's batch each is refused. */
const rowByRow: readonly EndpointName[] = [
  "claims-agency.claims",
  "credentials-agency.usage",
  "filings-agency.approve-many",
  "providers.import",
];
/** Refusals that say no more than that there is nothing here for them. */
const nothingHere: readonly string[] = [
  "not-found",
  "person-not-found",
  "name-mismatch",
  "outside-area",
  "phone-unknown",
  "telephone-change-over",
];

export const isTried = (name: EndpointName) => !free.includes(relationOf(name));
/** Is whoever calls answered with what is their own, for there is nothing else to ask for? */
export const answersOwn = (name: EndpointName) => implied.includes(relationOf(name)) && !("params" in endpoints[name]);
/** Whoever gives a name with its number, or means themselves, asks for nothing that is another's. */
const namesOwner = (name: EndpointName, asked: unknown) =>
  relationOf(name) !== "own-ward-or-named" || !/"who":"(other|self)"/.test(JSON.stringify(asked));

type Loose = (name: EndpointName, asked?: object) => Promise<unknown>;
interface Told {
  readonly code: string;
  readonly text: string;
}

async function told(call: Call, name: EndpointName, asked: object | undefined): Promise<Told> {
  try {
    const text = JSON.stringify(await (call as Loose)(name, asked));
    // What they said themselves tells them nothing.
    return { code: "", text: numbersIn(asked).reduce((left, one) => left.replaceAll(one, ""), text) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // A stranger who is slowed down or met a fault was not refused for what they are.
    if (["too-many-requests", "paused", "fault"].includes(error.code)) throw new Error(`${name}: ${error.code}`);
    return { code: error.code, text: error.message };
  }
}

/** What became of strangers, each as a sentence. */
export interface Found {
  readonly tried: Map<EndpointName, Set<string>>;
  /** Endpoints that were asked for a number of somebody, and for one of nobody. */
  readonly named: Set<EndpointName>;
  readonly passed: string[];
  readonly answered: string[];
  readonly apart: string[];
  readonly touched: string[];
  readonly leaked: string[];
}

/**
 * 围着 · a world whose people are beset: whatever it is their turn to ask, every stranger asks first, the same to the letter and
 * once more about nobody. Then they ask it themselves, so each call was a good one.
 */
export async function beset(made: World) {
  const found: Found = {
    tried: new Map(),
    named: new Set(),
    passed: [],
    answered: [],
    apart: [],
    touched: [],
    leaked: [],
  };
  const there = new Set<string>();
  const numbers = new Set<string>();
  const own = (value: unknown) => {
    for (const one of numbersIn(value)) numbers.add(one);
  };
  const theirs = (value: unknown) => numbersIn(value).filter((one) => numbers.has(one));
  let writer: "owner" | "stranger" | "nobody" = "nobody";
  let written: { readonly at: string; readonly what: object }[] = [];
  const stop = watchWrites((at, what) => {
    if (writer === "owner") there.add(at);
    if (writer === "stranger") written.push({ at, what });
  });
  let strangers = await company(made);
  let turn: EndpointName | null = null;
  writer = "owner";

  /** Tries are counted, and that an officer looked is kept with the person, also where they were refused. */
  function mayWrite(name: EndpointName, at: string, what: object): boolean {
    if (at.startsWith("audit ")) return true;
    if (theirs(what).length > 0) return false;
    return at.startsWith("main LIMIT#") || (answersOwn(name) && !there.has(at));
  }

  async function tryAs(kind: (typeof kinds)[number], name: EndpointName, asked: object | undefined, unit: string) {
    const spec: Endpoint = endpoints[name];
    const say = (list: string[], what: string) => list.push(`${name}, ${kind}: ${what}`);
    const call = await strangers(kind, spec, unit);
    written = [];
    writer = "stranger";
    const { code, text } = await told(call, name, asked);
    writer = "nobody";
    for (const { at, what } of written) if (!mayWrite(name, at, what)) say(found.touched, at);
    for (const one of theirs(text)) say(found.leaked, one);
    const isCounty = kind === "officer of the next county";
    const door = doorOf(spec, kind) ?? (isCounty && relationOf(name) === "fund" ? "outside-area" : null);
    if (door !== null) {
      if (code !== door) say(found.passed, code);
      return;
    }
    if (answersOwn(name)) return;
    if (!nothingHere.includes(code) && !(code === "" && rowByRow.includes(name))) say(found.answered, code || text);
    const other = await told(call, name, aboutNobody(asked));
    if (other.code !== code || other.text !== text) say(found.apart, `${code} ${text} / ${other.code} ${other.text}`);
  }

  async function tryAll(name: EndpointName, asked: object | undefined, unit: string): Promise<void> {
    writer = "nobody";
    for (const kind of kinds) {
      await tryAs(kind, name, asked, unit);
      found.tried.set(name, (found.tried.get(name) ?? new Set()).add(kind));
    }
    if (JSON.stringify(aboutNobody(asked)) !== JSON.stringify(asked)) found.named.add(name);
    // Strangers who signed themselves out, or have asked for a while, are followed by others.
    if (name.startsWith("sign-in.sign-out") || found.tried.size % 30 === 0) strangers = await company(made);
    writer = "owner";
  }

  const owners = (call: Call, unit = "370600"): Call =>
    (async (name: EndpointName, asked?: object) => {
      own(asked);
      if (turn === name && isTried(name) && namesOwner(name, asked)) await tryAll(name, asked, unit);
      const answer = await (call as Loose)(name, asked);
      own(answer);
      return answer;
    }) as Call;
  const signedIn = async <T extends { readonly call: Call }>(one: Promise<T>): Promise<T> => {
    const who = await one;
    own("person" in who && who.person);
    return { ...who, call: owners(who.call) };
  };
  const owned: World = {
    ...made,
    anyone: owners(made.anyone),
    as: (token) => owners(made.as(token)),
    enlist: async (facts) => {
      const person = await made.enlist(facts);
      own(person);
      return person;
    },
    signIn: (...asked) => signedIn(made.signIn(...asked)),
    proven: (facts) => signedIn(made.proven(facts)),
    officer: async (subject, unit, roles) => owners(await made.officer(subject, unit, roles), unit),
  };
  const as = async <T>(name: EndpointName, work: () => Promise<T>): Promise<T> => {
    turn = name;
    try {
      return await work();
    } finally {
      turn = null;
    }
  };
  return { owned, as, found, stop };
}
