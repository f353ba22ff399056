import { useCallback, useRef, useState } from "react";
import type { Line } from "../../../../hospital/arithmetic.ts";
import * as asks from "../../../../hospital/asks.ts";
import { type Asked, newMessageNo, type Sender, send, written } from "../../../../hospital/client.ts";
import { readCode } from "../../../../hospital/codes.ts";
import { askFiling } from "../../../../hospital/filings.ts";
import { type BusinessType, businessTypes } from "../../../../shared/credential/credential.ts";
import { fits } from "../../../../shared/credential/purpose.ts";
import type { Day } from "../../../../shared/day.ts";
import { codesOf } from "../../../../shared/gateway/codes.ts";
import type { Moment } from "../../../../shared/gateway/field.ts";
import type { FilingAnswered } from "../../../../shared/gateway/filing-query.ts";
import { parseMessage, readAnswer } from "../../../../shared/gateway/messages.ts";
import { codeQueryNo, type Output, type TransactionNo } from "../../../../shared/gateway/wire.ts";
import { clock, type Key, senderOf } from "./provider-key.tsx";

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
interface No {
  readonly transaction: string;
  readonly code: string;
  readonly sentence: string;
}

export interface Patient {
  readonly identityNumber: string;
  readonly found: Output<"1101">;
  readonly benefit: Output<"2001">["benefits"][number] | null;
  /** 异地备案: as what care here counts today; null where it was not told. */
  readonly filing: FilingAnswered | null;
  /** What was read for, where a 医保码 was shown in place of the identity card, and the token that came of it. */
  readonly shown: { readonly businessType: BusinessType; readonly ecToken: string } | null;
}
interface Care {
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
interface Visit {
  readonly patient: Patient | null;
  readonly encounter: Encounter | null;
  /** The token of a code that was read for settling. */
  readonly settleToken: string | null;
  readonly lines: readonly DeskLine[];
  readonly preview: Preview | null;
  readonly settled: Settled | null;
}
const nobody: Visit = { patient: null, encounter: null, settleToken: null, lines: [], preview: null, settled: null };

/** 险种, 医疗类别 and identities by the codes of the interface; the desk speaks for one area. */
export const codes = codesOf("370600");
const batchNo = "1";
const mostTries = 3;

/** A provider's system whose every message is told to `heard`; reading a code is none of them. */
function heardSender(key: Key, today: Day, heard: (exchange: Omit<Exchange, "no">) => void): Sender {
  const own = senderOf(key, today);
  return {
    ...own,
    async post(body, headers, path) {
      if (path !== undefined) return own.post(body, headers, path);
      const at = Date.now();
      const { transaction, messageNo } = parseMessage(body);
      const tell = (answered: string | null, outcome: Exchange["outcome"]) =>
        heard({ transaction, messageNo, at, ms: Date.now() - at, asked: body, answered, outcome });
      try {
        const reply = await own.post(body, headers);
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
    ecToken: visit.patient?.shown?.ecToken ?? null,
  });
  /** The certificate that settling takes: the identity card, or a code read for it; null: it is still to be read. */
  const settler = (token = visit.settleToken) => {
    const shown = visit.patient?.shown;
    if (!shown || fits(shown.businessType, "2207")) return who();
    return token ? { ...who(), ecToken: token } : null;
  };
  const at = (on: Day) => `${on} ${on === today ? clock() : "09:00:00"}` as Moment;
  const sums = (lines: readonly DeskLine[]) => {
    const sum = (name: "total" | "outsideCatalogue" | "overPriceCap" | "upfront") =>
      lines.reduce((all, line) => all + line[name], 0) as asks.Sums["total"];
    const [total, outsideCatalogue] = [sum("total"), sum("outsideCatalogue")];
    return { total, outsideCatalogue, overPriceCap: sum("overPriceCap"), upfront: sum("upfront") };
  };

  async function previewed(
    { encounterNo, inpatient, careCode }: Encounter,
    lines: readonly DeskLine[],
    by = settler(),
  ): Promise<void> {
    if (lines.length === 0 || !by) return change({ lines, preview: null });
    change({ lines });
    const said = sums(lines);
    const preview = inpatient
      ? await tell("2303", asks.settleStay(by, encounterNo, said))
      : await tell("2206", asks.previewOutpatient(by, encounterNo, batchNo, careCode, said.total));
    change({ preview });
  }

  /** 医保码解码 for a business type; null where it is refused, which is then on the screen. */
  async function decoded(asked: Parameters<typeof readCode>[1]): Promise<string | null> {
    const by = sender.current;
    if (!by) return null;
    const at = Date.now();
    const told = { exchange: { asked: "", answered: null as string | null } };
    const read = await readCode(by, asked, (asked, answered) => {
      told.exchange = { asked, answered };
    });
    heard({
      transaction: codeQueryNo,
      messageNo: businessTypes[asked.businessType],
      at,
      ms: Date.now() - at,
      ...told.exchange,
      outcome: read.kind,
    });
    if (read.kind === "done") return read.person.ecToken;
    setNo({
      transaction: codeQueryNo,
      code: read.kind === "refused" ? read.code : "",
      sentence: read.kind === "refused" ? read.sentence : read.why,
    });
    return null;
  }

  /** 1101 and 2001. */
  async function found(input: Asked<"1101">, shown: Patient["shown"]): Promise<void> {
    const found = await tell("1101", input);
    const by = sender.current;
    if (!found || !key || !by) return;
    const area = found.covers[0]?.insuredArea ?? "";
    const asked = asks.check(found.person.personNo, key.code, "11", at(today));
    const said = await send(by, "2001", asked, { insuredArea: area, signInNo });
    const benefit = said.kind === "done" ? (said.output.benefits[0] ?? null) : null;
    const filing = await filed(found.person.personNo);
    change({ patient: { identityNumber: found.person.certificateNo, found, benefit, filing, shown } });
  }

  /** 异地备案查询: as what care here would count; null where it was not told. */
  async function filed(personNo: string): Promise<FilingAnswered | null> {
    const by = sender.current;
    if (!by) return null;
    const at = Date.now();
    const told = { exchange: { asked: "", answered: null as string | null } };
    const read = await askFiling(by, { personNo }, (asked, answered) => {
      told.exchange = { asked, answered };
    });
    const exchange = { transaction: "异地备案查询", messageNo: personNo, at, ms: Date.now() - at };
    heard({ ...exchange, ...told.exchange, outcome: read.kind });
    return read.kind === "done" ? read.counted : null;
  }

  return {
    key,
    signInNo,
    visit,
    exchanges,
    no,
    isBusy,
    /** 9001 with a key; whoever has another takes this one back. */
    signIn: (own: Key) =>
      act(async () => {
        sender.current = heardSender(own, today, heard);
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
    identify: (identityNumber: string) => act(() => found(asks.identify(identityNumber), null)),
    /** The same by a 医保码, which is read for one business type; of a printed one with the identity card. */
    identifyByCode: (text: string, businessType: BusinessType, identityNumber: string | null) =>
      act(async () => {
        const ecToken = await decoded({ text, businessType, identityNumber });
        if (ecToken) await found(asks.identifyByCode(ecToken), { businessType, ecToken });
      }),
    /** 异地备案 asked once more, as it may be filed while a stay goes on; the preview follows. */
    askFiled: () =>
      act(async () => {
        const { patient, encounter, lines } = visit;
        if (!patient) return;
        change({ patient: { ...patient, filing: await filed(patient.found.person.personNo) } });
        if (encounter) await previewed(encounter, lines);
      }),
    /** Must a code still be read before anything is settled? */
    needsCode: settler() === null,
    /** A code read for settling; the preview follows. */
    readToSettle: (text: string) =>
      act(async () => {
        const { encounter, lines, patient } = visit;
        if (!encounter) return;
        const identityNumber = patient?.identityNumber ?? null;
        const token = await decoded({ text, businessType: "01301", identityNumber });
        if (!token) return;
        change({ settleToken: token });
        await previewed(encounter, lines, settler(token));
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
        const { code: itemCode, price, quantity } = item;
        const [serial, total] = [`${localNo}-${Date.now().toString(36)}`, asks.lineTotal(price, quantity)];
        const charge: asks.Charge = { serial, itemCode, price, quantity, total, at: at(item.on) };
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
          total: split.total,
          classCode: split.classCode,
          priceCap: split.priceCap,
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
        const by = settler();
        if (!by) return;
        if (inpatient && !encounter.discharged) {
          if (!(await tell("2402", asks.discharge(who().personNo, encounterNo, at(today))))) return;
          change({ encounter: { ...encounter, discharged: true } });
        }
        const said = inpatient
          ? await tell("2304", asks.settleStay(by, encounterNo, sums(lines)))
          : await tell("2207", asks.settleOutpatient(by, encounterNo, batchNo, careCode, sums(lines)));
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
