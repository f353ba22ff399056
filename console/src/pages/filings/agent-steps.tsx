import { CheckCircleFilled, WarningFilled } from "@ant-design/icons";
import { Button, Radio, Select } from "antd";
import { useState } from "react";
import { addDays, type Day, dayShown } from "../../../../shared/day.ts";
import { destinationShown, destinations, destinationWith } from "../../../../shared/filing/places.ts";
import { useAct } from "../../api.ts";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { Reason } from "../../parts/reason.tsx";
import { nothingCopied, PaperFields, readCopied } from "../../parts/seen.tsx";
import { Wrong } from "../../parts/tell.tsx";
import { type Filing, FilingLines, type FilingOptions, type FilingsFound, kindWords, PersonFacts } from "./words.tsx";

const reasons = ["本人到窗口办备案", "入户走访代办备案", "子女替老人办备案"];

/** 替谁办 · copied from the paper that was shown, with the reason. */
export function FindStep({
  done,
}: {
  done: (found: FilingsFound, copied: { name: string; identityNumber: string }) => void;
}) {
  const find = useAct("filings-agency.find");
  const [copied, setCopied] = useState(nothingCopied);
  const [reason, setReason] = useState("");
  const read = readCopied(copied);
  const why = reason.trim();
  return (
    <form
      className="filing-find"
      onSubmit={(event) => {
        event.preventDefault();
        if (read && why.length >= 4 && !find.isPending)
          find.mutate(
            { body: { identityNumber: read.identityNumber, reason: why } },
            { onSuccess: (found) => done(found, read) },
          );
      }}
    >
      <PaperFields value={copied} change={setCopied} autoFocus />
      <Reason value={reason} change={setReason} usual={reasons} />
      <Wrong error={find.error} />
      <Button type="primary" htmlType="submit" disabled={!read || why.length < 4} loading={find.isPending}>
        找到这个人
      </Button>
      <p className="muted">只能替本辖区的人办。每次查找和理由都会留下记录，本人会收到消息。</p>
    </form>
  );
}

/** 为什么去外地 · who is found, and the kind that fits them. */
export function KindStep({
  found: { person, filings, options },
  kind,
  done,
}: {
  found: FilingsFound;
  kind: Filing["kind"] | undefined;
  done: (kind: Filing["kind"]) => void;
}) {
  const [chosen, choose] = useState(kind);
  // A treatment in an emergency counts as filed by law: nobody files for it.
  const offered = options.kinds.filter(({ group }) => group !== "emergency");
  const isCovered = options.cover.state === "covered";
  return (
    <div className="filing-halves">
      <form
        className="decision"
        aria-label="人员类别"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) done(chosen);
        }}
        onKeyDown={({ key }) => {
          const one = offered[Number(key) - 1];
          if (one) choose(one.kind);
        }}
      >
        <Radio.Group
          className="filing-kinds"
          aria-label="人员类别"
          value={chosen}
          onChange={({ target }) => choose(target.value)}
        >
          {offered.map((one, i) => (
            <Radio key={one.kind} value={one.kind} autoFocus={i === 0 && chosen === undefined}>
              <b>{one.name}</b> <kbd>{i + 1}</kbd>
              <div>{one.who}</div>
              <div className="muted">{kindWords(one).join("；")}</div>
            </Radio>
          ))}
        </Radio.Group>
        <p className="muted">急诊抢救视同已经备案，不用办：请他告诉医院按急诊办理。</p>
        <div>
          <Button type="primary" htmlType="submit" disabled={!chosen}>
            下一步
          </Button>
        </div>
      </form>
      <div>
        {!isCovered && (
          <p className="band attention" role="alert">
            <WarningFilled /> 今天没有待遇：备案要从待遇开始的那天起，没有待遇的备不了。
          </p>
        )}
        <PersonFacts person={person} options={options} />
        <h3 className="filing-his">以前的备案</h3>
        {filings.length === 0 ? (
          <p className="muted">还没有备案过。</p>
        ) : (
          <FilingLines filings={filings} below="filing-find" />
        )}
      </div>
    </div>
  );
}

/** Where to, and from which day on. */
export interface Placed {
  readonly destination: string;
  readonly from: Day;
}

const places = destinations.map((one) => ({ value: one.code, label: destinationShown(one) }));

/** 去哪里、从哪天起 · a city or municipality found by a part of its name, and a day within the bounds of today. */
export function PlaceStep({
  options,
  placed,
  today,
  done,
}: {
  options: FilingOptions;
  placed: Placed | undefined;
  today: Day;
  done: (placed: Placed) => void;
}) {
  const { earliest, latest } = options;
  const [destination, setDestination] = useState(placed?.destination);
  const [from, setFrom] = useState<Day>(placed?.from ?? today);
  const needless = destination !== undefined && isExempt(destination, options);
  return (
    <form
      className="decision"
      onSubmit={(event) => {
        event.preventDefault();
        if (destination && !needless) done({ destination, from });
      }}
    >
      <div className="fields filing-fields">
        <span className="wide">
          <label htmlFor="filing-destination">去哪个城市（打一两个字找）</label>
          <Select
            id="filing-destination"
            autoFocus
            showSearch={{ optionFilterProp: "label" }}
            placeholder="比如：杭州"
            options={places}
            {...(destination && { value: destination })}
            onChange={setDestination}
            notFoundContent="没有找到。县和区请找所在的市。"
          />
        </span>
        <span>
          <label htmlFor="filing-from">从哪天起</label>
          <DayPicker
            id="filing-from"
            allowClear={false}
            showNow={false}
            value={picked(from)}
            minDate={picked(earliest)}
            maxDate={picked(latest)}
            onChange={(day) => day && setFrom(day.on)}
          />
        </span>
      </div>
      <p className="muted">
        备案到城市，当地联网的定点医院都能去。可以选{dayShown(earliest)}到{dayShown(latest)}。
      </p>
      {from < today && (
        <p className="band attention">
          <WarningFilled /> 补办：从{dayShown(from)}算起，用于已经住院、还没有出院结算的。
        </p>
      )}
      {from > today && <p className="muted">{dayShown(addDays(from, -1))}以前看病，还是按没有备案算。</p>}
      {needless && (
        <p className="band done" role="alert">
          <CheckCircleFilled /> 在这里看病不用备案，待遇和平时一样。
        </p>
      )}
      <div>
        <Button type="primary" htmlType="submit" disabled={!destination || needless}>
          下一步
        </Button>
      </div>
    </form>
  );
}

/** Is nobody asked to file for a destination? Told before the person is asked for a code; the API decides again. */
function isExempt(code: string, { home, exempt }: FilingOptions): boolean {
  const [own, there] = [destinationWith(home.area), destinations.find((one) => one.code === code)];
  if (!own || !there) return false;
  if (own.code === there.code) return exempt.includes("in-city");
  return own.province === there.province && exempt.includes("in-province");
}
