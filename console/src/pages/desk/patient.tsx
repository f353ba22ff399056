import { AutoComplete, Button, Input, type InputRef, Segmented, Select } from "antd";
import { useRef, useState } from "react";
import type { BusinessType } from "../../../../shared/credential/credential.ts";
import { paperPrefix } from "../../../../shared/credential/paper.ts";
import { fits } from "../../../../shared/credential/purpose.ts";
import { addDays, type Day, isDay } from "../../../../shared/day.ts";
import { readIdentityNumber } from "../../../../shared/person.ts";
import { type IdentityKind, identityNames } from "../../../../shared/policy/identity.ts";
import { useDesk } from "../../desk.tsx";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { useCatalogue } from "../../parts/catalogue.ts";
import { Fact } from "../../parts/facts.tsx";
import { codes, type Patient, type Play } from "./play.ts";
import { Refusal } from "./refusal.tsx";
import { purposesOf, ScanCode } from "./scan-code.tsx";

/** 读人 · whose certificate is shown: a 医保码, or the identity card. */
export function FindPatient({ play }: { play: Play }) {
  const [by, setBy] = useState<"card" | "code">("card");
  return (
    <section className="card panel find desk-find" aria-label="病人">
      <h2>请病人出示{by === "card" ? "身份证" : "医保码"}</h2>
      <Segmented<"card" | "code">
        aria-label="看什么证件"
        value={by}
        options={[
          { value: "card", label: "身份证" },
          { value: "code", label: "医保码" },
        ]}
        onChange={setBy}
      />
      {by === "card" ? <ByCard play={play} /> : <ByCode play={play} />}
    </section>
  );
}

function ByCard({ play }: { play: Play }) {
  const [typed, setTyped] = useState("");
  const input = useRef<InputRef>(null);
  const read = readIdentityNumber(typed);
  return (
    <form
      className="find"
      onSubmit={(event) => {
        event.preventDefault();
        if (read.ok) void play.identify(read.number);
      }}
    >
      <label htmlFor="desk-identity-number">身份证号</label>
      <Input
        id="desk-identity-number"
        ref={input}
        autoFocus
        size="large"
        maxLength={24}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Refusal play={play} />
      <Button type="primary" size="large" htmlType="submit" disabled={!read.ok} loading={play.isBusy}>
        读取（1101、2001）
      </Button>
    </form>
  );
}

function ByCode({ play }: { play: Play }) {
  const options = purposesOf(play.key?.code ?? "");
  const [businessType, setType] = useState<BusinessType>(options[0]?.value ?? "01101");
  const [paper, setPaper] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const card = readIdentityNumber(typed);
  const read = (text: string) => {
    setTyped("");
    if (text.startsWith(paperPrefix)) return setPaper(text);
    setPaper(null);
    void play.identifyByCode(text, businessType, null);
  };
  return (
    <div className="find">
      <label htmlFor="desk-purpose">做什么用（病人会看到）</label>
      <Select id="desk-purpose" value={businessType} options={options} onChange={setType} />
      <ScanCode read={read} busy={play.isBusy} />
      {paper !== null && (
        <form
          className="find"
          onSubmit={(event) => {
            event.preventDefault();
            if (card.ok) void play.identifyByCode(paper, businessType, card.number);
          }}
        >
          <p className="band attention">这是打印的纸质码，谁都能复印：请再看一次身份证，是同一个人才能用。</p>
          <label htmlFor="desk-paper-card">身份证号</label>
          <Input
            id="desk-paper-card"
            autoFocus
            size="large"
            maxLength={24}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="primary" size="large" htmlType="submit" disabled={!card.ok} loading={play.isBusy}>
            看过身份证，读码
          </Button>
        </form>
      )}
      <Refusal play={play} />
    </div>
  );
}

/** 结算用码 · a patient who came by code shows it once more to settle; a token is good for that and no longer than minutes. */
export function CodeToSettle({ play }: { play: Play }) {
  const [again, setAgain] = useState(false);
  if (!play.visit.patient?.shown || (!play.needsCode && play.visit.settleToken === null)) return null;
  const read = (text: string) => void play.readToSettle(text).then(() => setAgain(false));
  return (
    <section className="card panel find" aria-label="结算用码">
      <h2>{play.needsCode ? "请病人再出示一次医保码，用于结算" : "结算用的码已经读过"}</h2>
      {play.needsCode || again ? (
        <ScanCode read={read} busy={play.isBusy} />
      ) : (
        <p className="muted">
          几分钟内有效，过了请
          <button type="button" className="plain" onClick={() => setAgain(true)}>
            重新扫一次
          </button>
          。
        </p>
      )}
    </section>
  );
}

const sexes: Readonly<Record<string, string>> = { 1: "男", 2: "女" };
const coverStates: Readonly<Record<string, string>> = { 0: "没有参保", 1: "正常", 2: "暂停或等待", 4: "终止" };
const identityByCode = new Map(
  (Object.entries(codes.identity) as [IdentityKind, string][]).map(([kind, code]) => [code, identityNames[kind]]),
);

/** 病人 · what the gateway told of whoever stands here. */
export function PatientFacts({ patient: { found, benefit, filing }, play }: { patient: Patient; play: Play }) {
  const { person, covers, identities: own } = found;
  const cover = covers[0];
  return (
    <section className="card panel" aria-label="病人">
      <h2>
        {person.personName}
        <span className="aside">
          {sexes[person.sex]}　{Math.floor(person.ageTenths / 10)}岁
        </span>
      </h2>
      <dl className="facts desk-facts">
        <Fact title="人员编号">
          <span className="number">{person.personNo}</span>
        </Fact>
        <Fact title="证件号码">
          <span className="number">{person.certificateNo}</span>
        </Fact>
        <Fact title="参保状态">
          {coverStates[cover?.coverState ?? ""] ?? "—"}
          <span className="muted"> 参保地 {cover?.insuredArea}</span>
        </Fact>
        <Fact title="今天的待遇">
          {benefit?.entitledFlag === "1" ? (
            <span className="status done">可以享受</span>
          ) : (
            <span className="status stop">{benefit?.reason ?? "没有查到"}</span>
          )}
        </Fact>
        <Fact title="异地备案">
          {filing ? (
            <span className={`status ${filing.filed || filing.why === "home" ? "done" : "attention"}`}>
              {filing.sentence}
            </span>
          ) : (
            <span className="muted">没有查到</span>
          )}
          <Button size="small" disabled={play.isBusy} onClick={() => void play.askFiled()}>
            再查一次
          </Button>
        </Fact>
        <Fact title="身份">
          {own.length === 0
            ? "普通居民"
            : own.map((one) => identityByCode.get(one.identityCode) ?? one.identityCode).join("、")}
        </Fact>
      </dl>
    </section>
  );
}

const usual = { code: "J18.900", name: "肺炎" };
const careOptions = (inpatient: boolean) =>
  Object.entries(codes.care)
    .filter(([, care]) => care.inpatient === inpatient)
    .map(([value, { name }]) => ({ value, label: `${name}（${value}）` }));

/** 挂号或入院 · which care begins here, for what, and since when. */
export function BeginCare({ play }: { play: Play }) {
  const { today } = useDesk();
  const isPharmacy = play.key?.code.startsWith("P") ?? false;
  const admits = play.visit.patient?.shown && fits(play.visit.patient.shown.businessType, "2401");
  const [inpatient, setInpatient] = useState(admits === true);
  const [careCode, setCareCode] = useState(isPharmacy ? "41" : admits ? "21" : "11");
  const [disease, setDisease] = useState(usual);
  const [admittedOn, setAdmittedOn] = useState<Day>(addDays(today, -5));
  const start = () => void play.begin({ inpatient, careCode, disease, admittedOn: inpatient ? admittedOn : today });
  return (
    <form
      className="card panel desk-begin"
      aria-label="办理"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <div className="fields">
        <span>
          <span className="muted">办理</span>
          <Segmented<boolean>
            aria-label="门诊还是住院"
            disabled={isPharmacy}
            value={inpatient}
            options={[
              { value: false, label: isPharmacy ? "药店购药" : "门诊" },
              { value: true, label: "住院" },
            ]}
            onChange={(is) => {
              setInpatient(is);
              setCareCode(is ? "21" : "11");
            }}
          />
        </span>
        <span>
          <span className="muted">医疗类别</span>
          <Select aria-label="医疗类别" value={careCode} options={careOptions(inpatient)} onChange={setCareCode} />
        </span>
        {inpatient && (
          <span>
            <span className="muted">入院日期</span>
            <DayPicker
              aria-label="入院日期"
              allowClear={false}
              showNow={false}
              value={picked(admittedOn)}
              disabledDate={({ on }) => on > today || !isDay(on)}
              onChange={(one) => one && setAdmittedOn(one.on)}
            />
          </span>
        )}
        <span className="wide">
          <span className="muted">诊断</span>
          <DiseaseField value={disease} change={setDisease} />
        </span>
      </div>
      <Refusal play={play} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        className="desk-begin-button"
        loading={play.isBusy}
        disabled={!disease.code}
      >
        {inpatient ? "入院登记（2401）" : "挂号并上传诊断（2201、2203）"}
      </Button>
    </form>
  );
}

function DiseaseField({ value, change }: { value: typeof usual; change: (disease: typeof usual) => void }) {
  const [typed, setTyped] = useState(`${value.name} ${value.code}`);
  const found = useCatalogue({ q: typed.trim().slice(0, 60), kind: "disease" });
  return (
    <AutoComplete
      aria-label="诊断"
      value={typed}
      options={(found.data?.items ?? [])
        .slice(0, 12)
        .map(({ code, name }) => ({ value: code, label: `${name}　${code}` }))}
      onChange={(text: string) => setTyped(text)}
      onSelect={(code: string) => {
        const item = found.data?.items.find((one) => one.code === code);
        if (!item) return;
        change({ code, name: item.name });
        setTyped(`${item.name} ${code}`);
      }}
      onBlur={() => setTyped(`${value.name} ${value.code}`)}
    />
  );
}
