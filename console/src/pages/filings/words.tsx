import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  EditFilled,
  MinusCircleFilled,
  RollbackOutlined,
} from "@ant-design/icons";
import { Select } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import type { FilingState } from "../../../../shared/filing/filing.ts";
import { inArea, maySeeUnits } from "../../access.ts";
import { type Body, once, type Reply, useRead } from "../../api.ts";
import { useAddress, useDesk, useMe } from "../../desk.tsx";
import { benefitYearOn } from "../../figures.ts";
import { Fact } from "../../parts/facts.tsx";

/** 备案. */
export type Filing = Reply<"filings-agency.one">["filing"];
/** 备案, with what may be done to it. */
export type FilingCase = Reply<"filings-agency.one">;
/** 一个人的备案. */
export type FilingsFound = Reply<"filings-agency.find">;
export type FilingOptions = FilingCase["options"];
/** 代办备案 · what is sent. */
export type FilingAsked = Body<"filings-agency.file">;

const looks: Readonly<Record<FilingState, readonly [look: string, icon: ReactNode]>> = {
  draft: ["other", <EditFilled key="draft" />],
  submitted: ["attention", <ClockCircleFilled key="submitted" />],
  returned: ["attention", <RollbackOutlined key="returned" />],
  "awaiting-proof": ["done", <ClockCircleFilled key="awaiting-proof" />],
  "in-force": ["done", <CheckCircleFilled key="in-force" />],
  refused: ["stop", <CloseCircleFilled key="refused" />],
  changed: ["other", <MinusCircleFilled key="changed" />],
  ended: ["other", <MinusCircleFilled key="ended" />],
  expired: ["other", <MinusCircleFilled key="expired" />],
};

/** 备案状态 · the word with its colour and icon. */
export function FilingStateOf({ of: { state, stateName } }: { of: Pick<Filing, "state" | "stateName"> }) {
  const [look, icon] = looks[state];
  return (
    <span className={`status ${look}`}>
      {icon} {stateName}
    </span>
  );
}

/** 等什么 · what an officer is to look at. */
export const waitsWords: Readonly<Record<NonNullable<Filing["waits"]>, string>> = {
  application: "新的申请",
  proof: "补交的证明",
};

/** From when until when a filing is good. */
export const daysWords = ({ from, until }: Pick<Filing, "from" | "until">): string =>
  `${dayShown(from)}起，${until === null ? "长期有效" : `到${dayShown(until)}`}`;

/** Where the page of a filing lies, below the list that it was found in. */
export const filingPath = (
  { person, filingNo }: Pick<Filing, "person" | "filingNo">,
  below: "filings" | "filing-find" = "filings",
) => `/${below}/${person.personNo}/${filingNo}`;

/** 医保待遇 · today's cover in one sentence. */
function coverWords({ cover }: Pick<FilingOptions, "cover">): string {
  switch (cover.state) {
    case "covered":
      return `有待遇，到${dayShown(cover.until)}`;
    case "waiting":
      return `等待期，待遇从${dayShown(cover.from)}开始`;
    case "starts-later":
      return `已经参保，待遇从${dayShown(cover.from)}开始`;
    case "over":
      return `待遇到${dayShown(cover.until)}已经结束`;
    case "employee":
      return "参加职工医保，不在这里备案";
    case "not-enrolled":
      return `${cover.year}年没有参保`;
  }
}

/** 谁 · the person of a filing, as far as an officer is told. */
export function PersonFacts({ person, options }: { person: Filing["person"]; options: FilingOptions }) {
  const isCovered = options.cover.state === "covered";
  return (
    <dl className="facts">
      <Fact title="姓名">
        <b>{person.name}</b> <span className="number muted">{person.identityNumber}</span>
      </Fact>
      <Fact title="登记地">{person.unitName}</Fact>
      <Fact title="参保地">{options.home.name}</Fact>
      <Fact title="手机号">{person.telephone ?? <span className="muted">没有登记</span>}</Fact>
      <Fact title="医保待遇">
        <span className={`status ${isCovered ? "done" : "attention"}`}>
          {isCovered ? <CheckCircleFilled /> : <ClockCircleFilled />} {coverWords(options)}
        </span>
      </Fact>
    </dl>
  );
}

/** 一个人的备案 · one line each, the newest first; what can be opened is a link. */
export function FilingLines({ filings, below }: { filings: readonly Filing[]; below: "filings" | "filing-find" }) {
  return (
    <ul className="filing-lines">
      {filings.map((one) => (
        <li key={one.filingNo}>
          <Link data-row to={filingPath(one, below)}>
            {one.destination.name}
          </Link>
          <FilingStateOf of={one} />
          <span className="muted">
            {one.kindName}，{daysWords(one)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** 单位 · the unit of the address bar where it lies in the officer's area, else their own. */
export function useUnit(): string {
  const me = useMe();
  const written = useAddress()[0].get("unit") ?? "";
  return inArea(me, written) ? written : me.unit.code;
}

/** Chooses among the units of the officer's area, one step down at a time. */
export function UnitSelect() {
  const me = useMe();
  const { today } = useDesk();
  const [, change] = useAddress();
  const unit = useUnit();
  const may = maySeeUnits(me);
  const { data: board } = useRead(
    "progress.board",
    { params: { unit }, query: { year: String(benefitYearOn(today)) } },
    { ...once, enabled: may },
  );
  if (!may) return null;
  const units = board
    ? [...board.path.filter(({ code }) => inArea(me, code)), ...board.children.map((child) => child.unit)]
    : [me.unit];
  return (
    <Select
      aria-label="单位"
      className="filing-unit"
      value={unit}
      loading={!board}
      options={units.map(({ code, name }) => ({
        value: code,
        label: code === me.unit.code ? `${name}（全部）` : name,
      }))}
      onChange={(code) => change({ unit: code })}
    />
  );
}

/** 这一类要什么 · papers, commitment and how long it is good for, in words. */
export function kindWords({ papers, commitment, months }: FilingOptions["kinds"][number]): string[] {
  const follows = commitment.proofWithinMonths;
  return [
    papers.length === 0 ? "不要证明材料" : `要一种证明材料：${papers.map(({ name }) => name).join("；")}`,
    ...(papers.length === 0
      ? []
      : [commitment.accepted ? `可以签承诺书代替${follows ? `，${follows}个月内补交` : ""}` : "不能用承诺书代替"]),
    months === null ? "长期有效" : `${months}个月有效`,
  ];
}

/** The rules that a filing of a kind stands on: those named after it first, and none that is named after another. */
export function rulesOf({ rules }: FilingOptions, kind: Filing["kind"]): FilingOptions["rules"] {
  return [...rules.filter((one) => one.kind === kind), ...rules.filter((one) => one.kind === null)];
}

/** 规定 · what each rests on; what is assumed says so, and what differs by kind says that. */
export function FilingRules({ options, kind }: { options: FilingOptions; kind: Filing["kind"] }) {
  const rules = rulesOf(options, kind);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">规定</th>
          <th scope="col">怎么定的</th>
          <th scope="col">依据</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ name, text, from, cite, standing, note }) => (
          <tr key={`${name} ${text}`}>
            <th scope="row">{name}</th>
            <td>{text || "没有"}</td>
            <td>
              {standing === "assumed" ? <b className="assumed">暂定</b> : cite}
              {standing === "derived" && "（推算）"}
              <span className="muted">
                {standing !== "assumed" && `，${dayShown(from)}起`}
                {note && <div>{note}</div>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
