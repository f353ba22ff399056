import { dayOfMoment } from "../shared/gateway/field.ts";
import type { TransactionNo } from "../shared/gateway/wire.ts";
import { random } from "../shared/random.ts";
import * as asks from "./asks.ts";
import { playOutpatient } from "./outpatient.ts";
import { playStay } from "./stay.ts";
import { freshTally, type Talk, type Tally, talkOf } from "./talk.ts";
import type { Disease, Hospital, Patient, Sold, Stage, Visit } from "./visit.ts";

/** What a run is played with. The same seed, people, items and hospitals choose the same again. */
interface Run {
  readonly senders: readonly Hospital[];
  readonly people: readonly Patient[];
  readonly items: readonly Sold[];
  readonly diseases?: readonly Disease[];
  readonly seed: number | string;
  readonly visits: number;
  /** How many visits go on at once. */
  readonly clients?: number;
  /** The chance that a message that changes something, or its answer, is lost. */
  readonly timeouts?: number;
  /** 参保地 of the people. */
  readonly insuredArea?: string;
  readonly onProgress?: (done: number, of: number) => void;
}

/** 一次运行 · every visit, and how it went. */
export interface Report {
  readonly visits: readonly Visit[];
  readonly tally: Tally;
  readonly seconds: number;
}

const commonDiseases: readonly Disease[] = [
  { code: "I10.x00", name: "原发性高血压" },
  { code: "J06.900", name: "急性上呼吸道感染" },
  { code: "J18.900", name: "肺炎" },
  { code: "E11.900", name: "2型糖尿病" },
  { code: "I63.900", name: "脑梗死" },
  { code: "K35.900", name: "急性阑尾炎" },
  { code: "M17.900", name: "膝关节病" },
];

/**
 * 模拟医院 · plays hospitals against a gateway. Visits go on side by side, those of one person one after the other, as they have
 * but one body; nothing is waited for but answers.
 */
export async function playVisits(run: Run): Promise<Report> {
  const { visits: count, clients = 8, onProgress } = run;
  const from = performance.now();
  const tally = freshTally();
  const day = signIns(run, tally);
  const turns = new Map<Patient, Promise<unknown>>();
  const visits: Visit[] = [];
  let [next, order] = [0, 0];
  const stamp = Date.now().toString(36);
  const play = async (no: number): Promise<Visit> => {
    const dice = random(`${run.seed} visit ${no}`);
    const hospital = dice.pick(run.senders);
    const patient = dice.pick(run.people);
    const before = turns.get(patient);
    const talk = async (one: Hospital) => day.talk(one, dice);
    const played = (async () => {
      await before;
      const stage: Stage = {
        dice,
        hospital,
        patient,
        items: run.items,
        diseases: run.diseases ?? commonDiseases,
        talk: await talk(hospital),
        today: dayOfMoment(hospital.business()),
        localNo: `${stamp}V${no}`,
        nextOrder: () => ++order,
        next: async () => {
          const others = run.senders.filter((one) => one !== hospital && one.services.includes("inpatient"));
          const one = others.length > 0 ? dice.pick(others) : null;
          return one && { hospital: one, talk: await talk(one) };
        },
      };
      return playOne(no, stage);
    })();
    turns.set(patient, played);
    return played;
  };
  const client = async () => {
    while (next < count) {
      visits.push(await play(next++));
      onProgress?.(visits.length, count);
    }
  };
  await Promise.all(Array.from({ length: Math.min(clients, count) }, client));
  await day.close();
  return { visits: visits.sort((a, b) => a.no - b.no), tally, seconds: (performance.now() - from) / 1000 };
}

/** 9001 once a hospital, before its first visit; 9002 when all is over. */
function signIns(run: Run, tally: Tally) {
  const { timeouts = 0.02, insuredArea = "370600" } = run;
  const opened = new Map<Hospital, Promise<string>>();
  const dice = random(`${run.seed} day`);
  const plain = (one: Hospital): Talk => talkOf(one, tally, { dice, timeouts: 0, insuredArea, signInNo: "" });
  const open = async (one: Hospital) => (await plain(one).tell("9001", asks.signIn())).signIn.signInNo;
  return {
    async talk(one: Hospital, own: typeof dice): Promise<Talk> {
      const known = opened.get(one) ?? open(one);
      opened.set(one, known);
      return talkOf(one, tally, { dice: own, timeouts, insuredArea, signInNo: await known });
    },
    async close(): Promise<void> {
      for (const [one, signInNo] of opened) {
        await plain(one).tell("9002", { signOut: { signInNo: await signInNo, clerk: "001" } });
      }
    },
  };
}

const outpatientCodes = ["11", "11", "11", "13", "15"] as const;

async function playOne(no: number, stage: Stage): Promise<Visit> {
  const { dice, hospital } = stage;
  const { services, providerCode } = hospital;
  const opened = { no, providerCode };
  try {
    if (services.includes("inpatient") && dice.chance(services.includes("outpatient") ? 0.3 : 1)) {
      return { ...opened, ...(await playStay(stage)) };
    }
    const chronic = services.includes("chronic-outpatient") && dice.chance(0.15);
    const careCode = services.includes("pharmacy") ? "41" : chronic ? "14" : dice.pick(outpatientCodes);
    return { ...opened, ...(await playOutpatient(stage, careCode)) };
  } catch (error) {
    // One visit that breaks must not stop the others: it is told at the end, and the run is not clean.
    const fault = error instanceof Error ? error.message : String(error);
    return { ...opened, personNo: null, end: "failed", claims: [], faults: [fault] };
  }
}

/** Visits that did not end clean. */
export const failed = ({ visits }: Report): Visit[] => visits.filter((one) => one.end === "failed");

/** How long messages took, by transaction. */
export function timesOf({ tally }: Report): { transaction: TransactionNo; count: number; p50: number; p99: number }[] {
  return [...tally.times]
    .map(([transaction, times]) => {
      const sorted = [...times].sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return { transaction, count: sorted.length, p50: at(0.5), p99: at(0.99) };
    })
    .sort((a, b) => a.transaction.localeCompare(b.transaction));
}
