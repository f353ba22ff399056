import { useCallback, useRef, useState } from "react";
import type { Line } from "../../../hospital/arithmetic.ts";
import * as asks from "../../../hospital/asks.ts";
import { type Asked, newMessageNo, overHttp, type Sender, send, written } from "../../../hospital/client.ts";
import type { Day } from "../../../shared/day.ts";
import { codesOf } from "../../../shared/gateway/codes.ts";
import type { Moment } from "../../../shared/gateway/field.ts";
import type { Algorithm } from "../../../shared/gateway/signing.ts";
import { type Output, parseMessage, readAnswer, type TransactionNo } from "../../../shared/gateway/wire.ts";
import { readProviderCode } from "../../../shared/provider/provider.ts";

/** A provider and its key, as they are pasted in; they live in this page's memory and nowhere else. */
export interface Key {
  readonly code: string;
  readonly name: string;
  readonly keyNo: string;
  readonly algorithm: Algorithm;
  readonly secret: string;
}

/** 一条报文 · what was sent, what came back, and how long it took. */
export interface Exchange {
  readonly no: number;
  readonly transaction: string;
  readonly messageNo: string;
  readonly at: number;
  readonly ms: number;
  readonly asked: string;
  readonly answered: string | null;
  readonly outcome: "done" | "refused" | "unknown";
}

/** A no of the gateway, as it was said. */
export interface No {
  readonly transaction: TransactionNo;
  readonly code: string;
  readonly sentence: string;
}

export interface Patient {
  readonly identityNumber: string;
  readonly found: Output<"1101">;
  readonly benefit: Output<"2001">["benefits"][number] | null;
}
export interface Care {
  readonly inpatient: boolean;
  readonly careCode: string;
  readonly disease: { readonly code: string; readonly name: string };
  readonly admittedOn: Day;
}
export interface Encounter extends Care {
  readonly encounterNo: string;
  readonly localNo: string;
  readonly discharged: boolean;
  /** May no deposit be asked for, where the gateway said anything about it. */
  readonly depositWaived: boolean;
}
export interface DeskLine extends Line {
  readonly name: string;
}
export type Preview = Pick<Output<"2206">, "payments"> & {
  readonly settlement: Output<"2206">["settlement"] | Output<"2303">["settlement"];
};
export type Settled = Preview & { readonly claimNo: string };

/** 一次就诊 · what stands on the desk. */
export interface Visit {
  readonly patient: Patient | null;
  readonly encounter: Encounter | null;
  readonly lines: readonly DeskLine[];
  readonly preview: Preview | null;
  readonly settled: Settled | null;
}
const nobody: Visit = { patient: null, encounter: null, lines: [], preview: null, settled: null };

/** 险种, 医疗类别 and identities by the codes of the interface; the desk speaks for one area. */
export const codes = codesOf("370600");
const batchNo = "1";
const mostTries = 3;

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const clock = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 19);

/** A provider's system in this browser; `heard` is told of every message. */
function senderOf(key: Key, today: Day, heard: (exchange: Omit<Exchange, "no">) => void): Sender {
  const post = overHttp(window.location.origin);
  return {
    providerCode: key.code,
    providerName: key.name || key.code,
    careArea: readProviderCode(key.code)?.county ?? "",
    ...{ keyNo: key.keyNo, algorithm: key.algorithm, secret: key.secret },
    now: Date.now,
    business: () => `${today} ${clock()}` as Moment,
    random: () => hex(crypto.getRandomValues(new Uint8Array(12))),
    async post(body, headers) {
      const at = Date.now();
      const { transaction, messageNo } = parseMessage(body);
      const tell = (answered: string | null, outcome: Exchange["outcome"]) =>
        heard({ transaction, messageNo, at, ms: Date.now() - at, asked: body, answered, outcome });
      try {
        const reply = await post(body, headers);
        if (reply.status !== 200) tell(reply.body, "unknown");
        else tell(reply.body, readAnswer(reply.body).code === 0 ? "done" : "refused");
        return reply;
      } catch (error) {
        tell(null, "unknown");
        throw error;
      }
    },
  };
}

/** 试用台 · everything that a hospital does at its window, message by message. */
export function useDeskPlay(today: Day) {
  const [key, setKey] = useState<Key | null>(null);
  const [signInNo, setSignInNo] = useState("");
  const [visit, setVisit] = useState<Visit>(nobody);
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  const [no, setNo] = useState<No | null>(null);
  const [isBusy, setBusy] = useState(false);
  const serial = useRef(0);
  const sender = useRef<Sender | null>(null);
  const heard = useCallback((exchange: Omit<Exchange, "no">) => {
    serial.current += 1;
    const numbered = { ...exchange, no: serial.current };
    setExchanges((before) => [numbered, ...before].slice(0, 200));
  }, []);

  /** One message; where no answer comes the same one again. Null where it is refused, which is then on the screen. */
  async function tell<T extends TransactionNo>(transaction: T, input: Asked<T>): Promise<Output<T> | null> {
    const by = sender.current;
    if (!by) return null;
    const message = written(by, transaction, input, {
      messageNo: newMessageNo(by),
      insuredArea: visit.patient ? (visit.patient.found.covers[0]?.insuredArea ?? "") : "",
      signInNo,
    });
    for (let attempt = 1; ; attempt++) {
      const said = await send(by, transaction, input, message);
      if (said.kind === "done") return said.output;
      if (said.kind === "unknown" && attempt < mostTries) continue;
      setNo(
        said.kind === "refused"
          ? { transaction, code: said.code, sentence: said.sentence }
          : { transaction, code: "", sentence: `发了${mostTries}次都没有答复（${said.why}），不知道办了没有。` },
      );
      return null;
    }
  }

  /** One thing at a time; what was refused before is no longer on the screen. */
  async function act(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setNo(null);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  }
  const change = (news: Partial<Visit>) => setVisit((before) => ({ ...before, ...news }));
  const who = () => ({
    personNo: visit.patient?.found.person.personNo ?? "",
    identityNumber: visit.patient?.identityNumber ?? "",
  });
  const at = (on: Day) => `${on} ${on === today ? clock() : "09:00:00"}` as Moment;
  const sums = (lines: readonly DeskLine[]) => {
    const sum = (name: "total" | "outsideCatalogue" | "overPriceCap" | "upfront") =>
      lines.reduce((all, line) => all + line[name], 0) as asks.Sums["total"];
    const [total, outsideCatalogue] = [sum("total"), sum("outsideCatalogue")];
    return { total, outsideCatalogue, overPriceCap: sum("overPriceCap"), upfront: sum("upfront") };
  };

  async function previewed({ encounterNo, inpatient, careCode }: Encounter, lines: readonly DeskLine[]): Promise<void> {
    if (lines.length === 0) return change({ lines, preview: null });
    change({ lines });
    const said = sums(lines);
    const preview = inpatient
      ? await tell("2303", asks.settleStay(who(), encounterNo, said))
      : await tell("2206", asks.previewOutpatient(who(), encounterNo, batchNo, careCode, said.total));
    change({ preview });
  }

  return {
    ...{ key, signInNo, visit, exchanges, no, isBusy },
    /** 9001 with a key; whoever has another takes this one back. */
    signIn: (own: Key) =>
      act(async () => {
        sender.current = senderOf(own, today, heard);
        const said = await tell("9001", asks.signIn());
        if (!said) return;
        setKey(own);
        setSignInNo(said.signIn.signInNo);
      }),
    signOut: () =>
      act(async () => {
        await tell("9002", { signOut: { signInNo, clerk: "001" } });
        sender.current = null;
        setKey(null);
        setSignInNo("");
        setVisit(nobody);
      }),
    next: () => {
      setVisit(nobody);
      setNo(null);
    },
    /** 1101 and 2001. */
    identify: (identityNumber: string) =>
      act(async () => {
        const found = await tell("1101", asks.identify(identityNumber));
        if (!found || !key) return;
        const input = asks.check(found.person.personNo, key.code, "11", at(today));
        const by = sender.current!;
        const area = found.covers[0]?.insuredArea ?? "";
        const said = await send(by, "2001", input, { insuredArea: area, signInNo });
        const benefit = said.kind === "done" ? (said.output.benefits[0] ?? null) : null;
        change({ patient: { identityNumber, found, benefit } });
      }),
    /** 2201 and 2203, or 2401. */
    begin: (care: Care) =>
      act(async () => {
        const localNo = `SY${Date.now().toString(36).toUpperCase()}`;
        const { inpatient, careCode, disease, admittedOn } = care;
        const opened = inpatient
          ? await tell("2401", asks.admit(who(), careCode, at(admittedOn), localNo, disease))
          : await tell("2201", asks.register(who(), at(today), localNo));
        if (!opened) return;
        const { encounterNo, kept } = opened.encounter;
        const encounter = { ...care, encounterNo, localNo, discharged: false, depositWaived: isWaived(kept) };
        change({ encounter });
        if (!inpatient) await tell("2203", asks.see(who().personNo, encounterNo, careCode, at(today), disease));
      }),
    /** 2204 or 2301 with one line, and the preview anew; false where the line was refused. */
    async charge(item: { code: string; name: string; price: number; quantity: number; on: Day }): Promise<boolean> {
      let isCharged = false;
      await act(async () => {
        const { encounter, lines } = visit;
        if (!encounter) return;
        const { encounterNo, inpatient, careCode, localNo } = encounter;
        const charge: asks.Charge = {
          serial: `${localNo}-${Date.now().toString(36)}`,
          ...{ itemCode: item.code, price: item.price, quantity: item.quantity },
          total: asks.lineTotal(item.price, item.quantity),
          at: at(item.on),
        };
        const { personNo } = who();
        const said = inpatient
          ? await tell("2301", asks.chargeStay(personNo, encounterNo, careCode, [charge]))
          : await tell("2204", asks.chargeOutpatient(personNo, encounterNo, batchNo, [charge]));
        const split = said?.lines[0];
        if (!split) return;
        isCharged = true;
        const line: DeskLine = {
          ...charge,
          name: item.name,
          ...{ total: split.total, classCode: split.classCode, priceCap: split.priceCap },
          upfrontShare: split.upfrontShare ?? 0,
          outsideCatalogue: split.outsideCatalogue ?? 0,
          overPriceCap: split.overPriceCap ?? 0,
          upfront: split.upfront ?? 0,
          inScope: split.inScope ?? 0,
          chargedAt: charge.at,
          original: null,
        };
        await previewed(encounter, [...lines, line]);
      });
      return isCharged;
    },
    /** 2302 of one line of a stay, or all lines: 2205 of a visit, 2302 of a stay. */
    withdraw: (serial: string | null) =>
      act(async () => {
        const { encounter, lines } = visit;
        if (!encounter) return;
        const { personNo } = who();
        const said = encounter.inpatient
          ? await tell("2302", asks.withdrawLine(personNo, encounter.encounterNo, serial ?? "0000"))
          : await tell("2205", asks.withdrawBatch(personNo, encounter.encounterNo, "0000"));
        if (said) await previewed(encounter, serial === null ? [] : lines.filter((one) => one.serial !== serial));
      }),
    /** 2207, or 2402 where it is still to be said and 2304. */
    settle: () =>
      act(async () => {
        const { encounter, lines } = visit;
        if (!encounter || lines.length === 0) return;
        const { encounterNo, inpatient, careCode } = encounter;
        if (inpatient && !encounter.discharged) {
          if (!(await tell("2402", asks.discharge(who().personNo, encounterNo, at(today))))) return;
          change({ encounter: { ...encounter, discharged: true } });
        }
        const said = inpatient
          ? await tell("2304", asks.settleStay(who(), encounterNo, sums(lines)))
          : await tell("2207", asks.settleOutpatient(who(), encounterNo, batchNo, careCode, sums(lines)));
        if (said) change({ settled: { ...said, claimNo: said.settlement.claimNo } });
      }),
    /** 2208 or 2305: the lines lie there as before. */
    reverse: () =>
      act(async () => {
        const { encounter, settled } = visit;
        if (!encounter || !settled) return;
        const asked = asks.reverse(who().personNo, encounter.encounterNo, settled.claimNo);
        const said = encounter.inpatient ? await tell("2305", asked) : await tell("2208", asked);
        if (said) change({ settled: null });
      }),
  };
}
export type Play = ReturnType<typeof useDeskPlay>;

/** 先诊疗后付费 is told as an extension: text that is JSON once more. */
function isWaived(kept: Readonly<Record<string, string>>): boolean {
  return Object.values(kept).some((one) => {
    try {
      const read: unknown = JSON.parse(JSON.parse(one));
      return typeof read === "object" && read !== null && "depositWaived" in read && read.depositWaived === true;
    } catch {
      return false;
    }
  });
}
