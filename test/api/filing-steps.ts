import { randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import { signed } from "../../hospital/client.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import type { Answered, Asked } from "../../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import { commitment } from "../../shared/filing/words.ts";
import { filingsPath } from "../../shared/gateway/signing.ts";
import type { FilingKind } from "../../shared/policy/remote.ts";
import { shows } from "../gateway/desk.ts";
import { direct, senderOf } from "../world/hospitals.ts";
import { made, opens, today } from "../world/opening.ts";
import type { World } from "../world/world.ts";
import { handIn, paper, received } from "./attachment-steps.ts";
import { tieTo } from "./family-steps.ts";

/** A filing as its person is told it. */
export type Told = Answered<Endpoints["filings.one"]>;
type Evidence = Omit<Asked<Endpoints["filings.submit"]>["body"], "version">;

export const yantai = "370600";
export const nanchang = "360100";
export const shanghai = "310000";
export const beijing = "110000";

let serial = 0;

/** Somebody of 南昌, who is treated in 烟台: there a filing changes what is paid. */
export const southerner = (made: World, facts: Partial<Resident> = {}): Promise<Resident> =>
  made.enlist({ poolingArea: nanchang, village: "360102001201", telephone: telephone(), ...facts });

export const telephone = () => `1370${String(++serial).padStart(7, "0")}`;

/** Officers of 南昌, who decide on filings. */
export let chen: Call;
export let liu: Call;

/** Opens a world in which people of 南昌 file, with two officers of theirs; with hospitals where `open` brings them. */
export function opensFilings(open: typeof opens = opens): void {
  open({ [nanchang]: "南昌市" });
  beforeAll(async () => {
    chen = await made.officer("chen", nanchang, ["filings"]);
    liu = await made.officer("liu", nanchang, ["filings"]);
  });
}

/** Somebody of 南昌, proven, on the day on which tests begin. */
export async function someone(facts: Partial<Resident> = {}): Promise<{ person: Resident; call: Call }> {
  made.turn(today);
  const person = await southerner(made, facts);
  return { person, call: await proven(made, person) };
}

/** Signs somebody in with the second proof. */
export async function proven(made: World, person: Resident): Promise<Call> {
  const { call } = await made.signIn(person);
  await made.prove(call, person);
  return call;
}

interface Wish {
  readonly kind?: FilingKind;
  readonly destination?: string;
  readonly from?: string;
  readonly replaces?: string | null;
  readonly tie?: string;
  readonly requestNo?: string;
}

/** Fills a filing in. */
export const draft = (call: Call, wish: Wish = {}): Promise<Told> => {
  const { kind = "working-elsewhere", destination = yantai, from = "2025-11-20", replaces = null, tie } = wish;
  const body = { requestNo: wish.requestNo ?? randomUUID(), kind, destination, from: day(from), replaces };
  return call("filings.draft", { query: tie ? { tie } : {}, body });
};

/** Signs the commitment of today. */
export const promise = (signedName: string): Evidence => ({
  attachmentNos: [],
  commitment: { version: commitment.version, signedName },
});
export const nothing: Evidence = { attachmentNos: [], commitment: null };

/** A paper that was uploaded and received. */
export async function withPaper(call: Call, tie?: string): Promise<Evidence & { attachmentNos: string[] }> {
  const attachmentNo = await handIn(call, paper(), tie);
  await received(call, attachmentNo, tie ? { tie } : {});
  return { attachmentNos: [attachmentNo], commitment: null };
}

export const submit = (call: Call, { filingNo, version }: Told, evidence: Evidence, tie?: string): Promise<Told> =>
  call("filings.submit", { params: { filingNo }, query: tie ? { tie } : {}, body: { ...evidence, version } });

/** Fills a filing in and submits it. */
export const file = async (call: Call, wish: Wish, evidence: Evidence): Promise<Told> =>
  submit(call, await draft(call, wish), evidence, wish.tie);

export const end = (call: Call, { filingNo }: Told): Promise<Told> =>
  call("filings.end", { params: { filingNo }, query: {} });
export const look = (call: Call, { filingNo }: Told): Promise<Told> =>
  call("filings.one", { params: { filingNo }, query: {} });

type Decision = Asked<Endpoints["filings-agency.decide"]>["body"];
type Said = Decision extends infer D ? (D extends Decision ? Omit<D, "version"> : never) : never;

/** An officer decides on a filing as they read it now. */
export async function decide(
  officer: Call,
  { personNo }: Resident,
  { filingNo }: Pick<Told, "filingNo">,
  said: Said,
  version?: number,
): Promise<Answered<Endpoints["filings-agency.decide"]>> {
  const params = { personNo, filingNo };
  const read = version ?? (await officer("filings-agency.one", { params })).filing.version;
  return officer("filings-agency.decide", { params, body: { ...said, version: read } as Decision });
}

/** Every call about filings, each under its name. */
export async function fileAll(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const [guardian, person] = [await southerner(made), await southerner(made)];
  const call = await proven(made, guardian);
  const tie = await tieTo(made, person, call);
  const query = { tie };
  await as("filings.options", () => call("filings.options", { query }));
  const asked = { destination: yantai, level: "tertiary" as const, total: "20000.00" };
  await as("filings.example", () => call("filings.example", { query, body: asked }));
  const filed = await as("filings.draft", () => draft(call, { tie }));
  const params = { filingNo: filed.filingNo };
  const body = { kind: filed.kind, destination: yantai, from: filed.from, replaces: null, version: filed.version };
  const again = await as("filings.rewrite", () => call("filings.rewrite", { params, query, body }));
  await as("filings.submit", () => submit(call, again, promise(guardian.name), tie));
  await as("filings.one", () => call("filings.one", { params, query }));
  const { attachmentNos } = await withPaper(call, tie);
  await as("filings.supply", () => call("filings.supply", { params, query, body: { attachmentNos } }));
  await as("filings.mine", () => call("filings.mine", { query }));
  await as("hospitals.list", () => made.anyone("hospitals.list", { query: { destination: yantai } }));
  const officer = await made.officer("filings", nanchang, ["filings", "counter"]);
  await as("filings-agency.list", () => officer("filings-agency.list", { query: { unit: nanchang } }));
  const { identityNumber, personNo, name } = person;
  const search = { identityNumber, reason: "本人来窗口问" };
  await as("filings-agency.find", () => officer("filings-agency.find", { body: search }));
  const one = { personNo, filingNo: filed.filingNo };
  const { filing } = await as("filings-agency.one", () => officer("filings-agency.one", { params: one }));
  const approve = { what: "approve" as const, version: filing.version };
  await as("filings-agency.decide", () => officer("filings-agency.decide", { params: one, body: approve }));
  const many = { filings: [{ ...one, version: filing.version }] };
  await as("filings-agency.approve-many", () => officer("filings-agency.approve-many", { body: many }));
  await as("filings-agency.where", () => officer("filings-agency.where", { query: { unit: nanchang } }));
  await as("filings-agency.example", () => officer("filings-agency.example", { params: { personNo }, body: asked }));
  await as("filings-agency.consent", () =>
    officer("filings-agency.consent", { params: { personNo }, body: { destination: shanghai } }),
  );
  const consent = { by: "code" as const, code: made.codeSentTo(person.telephone!) };
  const forHim = { requestNo: randomUUID(), identityNumber, name, consent, ...nothing };
  const trip = { kind: "temporary" as const, destination: shanghai, from: day("2025-11-20") };
  await as("filings-agency.file", () => officer("filings-agency.file", { body: { ...forHim, ...trip } }));
  const temporary = await file(call, { kind: "temporary", destination: beijing, tie }, nothing);
  await as("filings.end", () => call("filings.end", { params: { filingNo: temporary.filingNo }, query }));
}

/** A provider asks whether somebody is filed for. */
export const askFiled = (made: World, as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>) =>
  as("gateway.filing", async () => {
    const [who, sender] = [await made.enlist(), senderOf("H37061100001")];
    await shows(sender, who);
    const body = JSON.stringify({ personNo: who.personNo });
    const reply = await direct(body, signed(sender, body, filingsPath), filingsPath);
    if (!reply.body.includes('"code":0')) throw new Error(reply.body);
  });
