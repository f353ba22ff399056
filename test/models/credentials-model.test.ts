import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Call } from "../../shared/api/client.ts";
import {
  type CredentialEvent,
  type CredentialState,
  credentialStates,
  mostPhones,
} from "../../shared/credential/credential.ts";
import { after } from "../../shared/machine.ts";
import { type CodeWorld, codeWorld, decode, nextTelephone, said, settling } from "../api/codes.ts";
import { newPhone, type TestPhone } from "../api/phones.ts";
import { refusal } from "../world/world.ts";

let it: CodeWorld;
beforeAll(async () => {
  it = await codeWorld();
});

/** What should be: the state as the table says, who suspended, and which phones are on it. */
interface Model {
  state: CredentialState;
  byOfficer: boolean;
  phones: number[];
}
/** What is: the person, an officer, and every phone that ever asked. */
interface Real {
  readonly call: Call;
  readonly personNo: string;
  readonly phones: TestPhone[];
}

const reached = new Set<string>();

/** Moves the model along the table; false where the table says no. */
function move(model: Model, event: CredentialEvent): boolean {
  const next = after(credentialStates, model.state, event);
  if (next === null) return false;
  reached.add(`${model.state} ${event}`);
  model.state = next;
  return true;
}

async function agrees(model: Model, { call, phones }: Real): Promise<void> {
  const is = await call("credentials.mine", { query: {} });
  expect({ state: is.state, held: is.held }).toEqual({ state: model.state, held: model.byOfficer });
  expect(is.phones.map(({ deviceNo }) => deviceNo).sort()).toEqual(model.phones.map((i) => phones[i]!.deviceNo).sort());
}

type Act = "open" | "again" | "remove" | "suspend" | "resume" | "reissue" | "close" | "hold" | "release" | "show";

class Do implements fc.AsyncCommand<Model, Real> {
  readonly act: Act;
  readonly which: number;
  constructor(act: Act, which: number) {
    this.act = act;
    this.which = which;
  }
  check = (model: Readonly<Model>) => this.act !== "show" || model.phones.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    await (this.act === "show" ? this.shown(model, real) : this.acted(model, real));
    await agrees(model, real);
  }
  async shown(model: Model, { phones }: Real): Promise<void> {
    const phone = phones[model.phones[this.which % model.phones.length]!]!;
    const code = said(await decode(it.hospital, phone.show(), settling));
    expect(code).toBe(model.state === "active" ? "done" : "code-revoked");
  }
  async acted(model: Model, real: Real): Promise<void> {
    const before = structuredClone(model);
    const phone = this.which % Math.max(1, real.phones.length);
    const code = await refusal(this.done(real, phone));
    expect(code).toBe(this.expected(model, real, phone));
    if (code !== "") expect(model).toEqual(before);
  }
  /** The refusal that is due, "" where it is done; the model is moved. */
  expected(model: Model, real: Real, phone: number): string {
    const locked = model.state === "suspended" && model.byOfficer;
    switch (this.act) {
      case "open":
      case "again":
        return this.added(model, this.act === "open" ? real.phones.length - 1 : phone);
      case "remove":
        if (model.state === "not-opened") return "credential-state";
        model.phones = model.phones.filter((one) => one !== phone);
        return "";
      case "suspend":
        return model.state === "suspended" || move(model, "suspend") ? "" : "credential-state";
      case "hold":
        if (model.state !== "suspended" && !move(model, "suspend")) return "credential-state";
        model.byOfficer = true;
        return "";
      case "resume":
      case "release":
        if (model.state === "active") return "";
        if (locked && this.act === "resume") return "credential-held";
        if (!move(model, "restore")) return "credential-state";
        model.byOfficer = false;
        return "";
      case "reissue":
        if (locked) return "credential-held";
        if (!move(model, "reissue")) return "credential-state";
        model.phones = [];
        return "";
      case "close":
        if (locked) return "credential-held";
        if (model.state !== "closed" && !move(model, "close")) return "credential-state";
        model.phones = [];
        return "";
      default:
        throw new Error(this.act);
    }
  }
  added(model: Model, phone: number): string {
    if (model.state === "closed") model.state = "not-opened";
    if (model.state === "not-opened") {
      move(model, "open");
      model.phones = [phone];
      return "";
    }
    if (model.state !== "active") return "credential-state";
    if (model.phones.includes(phone)) return "";
    if (model.phones.length >= mostPhones) return "phones-full";
    model.phones.push(phone);
    return "";
  }
  done({ call, personNo, phones }: Real, phone: number): Promise<unknown> {
    const query = {};
    const officers = { params: { personNo }, body: { reason: "模型试验" } };
    switch (this.act) {
      case "open":
        phones.push(newPhone());
        return phones.at(-1)!.open(call);
      case "again":
        if (phones.length === 0) phones.push(newPhone());
        return phones[phone]!.open(call);
      case "remove":
        return call("credentials.remove-phone", {
          params: { deviceNo: phones[phone]?.deviceNo ?? "0".repeat(16) },
          query,
        });
      case "suspend":
        return call("credentials.suspend", { query });
      case "resume":
        return call("credentials.resume", { query });
      case "reissue":
        return call("credentials.reissue", { query, body: { requestNo: `model-${nextTelephone()}` } });
      case "close":
        return call("credentials.close", { query });
      case "hold":
        return it.officer("credentials-agency.hold", officers);
      case "release":
        return it.officer("credentials-agency.release", officers);
      default:
        throw new Error(this.act);
    }
  }
  toString = () => `${this.act} ${this.which}`;
}

test("300 steps through the API go where the table of states says, and reach every arrow of it", async () => {
  const acts: Act[] = ["open", "again", "remove", "suspend", "resume", "reissue", "close", "hold", "release", "show"];
  const weighted = [...acts, "open", "open", "suspend", "suspend", "reissue", "close", "release"] as Act[];
  const commands = fc.commands(
    weighted.map((act) => fc.nat(9).map((which) => new Do(act, which))),
    { maxCommands: 30, size: "max" },
  );
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(commands, async (all) => {
      const { person, call } = await it.proven();
      steps += [...all].length;
      const model: Model = { state: "not-opened", byOfficer: false, phones: [] };
      await fc.asyncModelRun(() => ({ model, real: { call, personNo: person.personNo, phones: [] } }), all);
    }),
    { numRuns: 30, seed: 20251120 },
  );
  expect(steps).toBeGreaterThan(300);
  const arrows = Object.entries(credentialStates).flatMap(([state, { on }]) =>
    Object.keys(on).map((event) => `${state} ${event}`),
  );
  expect(arrows.filter((arrow) => !reached.has(arrow))).toEqual([]);
});
