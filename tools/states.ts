import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attachmentStates } from "../shared/attachment/attachment.ts";
import { orderStates } from "../shared/contribution/order.ts";
import { refundStates } from "../shared/contribution/refund.ts";
import { suspenseOwners, suspenseStates } from "../shared/contribution/suspense.ts";
import { caseStates } from "../shared/credential/case.ts";
import { credentialStates } from "../shared/credential/credential.ts";
import { disputeStates } from "../shared/dispute/dispute.ts";
import { tieStates } from "../shared/family/family.ts";
import { filingStates } from "../shared/filing/filing.ts";
import { inquiryStates } from "../shared/inquiry/inquiry.ts";
import type { Machine } from "../shared/machine.ts";
import { changeStates } from "../shared/proof/telephone-change.ts";
import { proposalStates } from "../shared/proposal/proposal.ts";
import { agreementStates } from "../shared/provider/agreement.ts";

type AnyMachine = Machine<string, string>;

/** The machines that are drawn: what each is of, where its table stands, and the state in which it begins. */
const drawn: readonly { title: string; file: string; machine: AnyMachine; begins: readonly string[] }[] = [
  {
    title: "缴费单 · an order",
    file: "contribution/order.ts",
    machine: orderStates as AnyMachine,
    begins: ["awaiting-payment"],
  },
  {
    title: "退费 · a refund",
    file: "contribution/refund.ts",
    machine: refundStates as AnyMachine,
    begins: ["requested"],
  },
  {
    title: "暂收款 · money in suspense",
    file: "contribution/suspense.ts",
    machine: suspenseStates as AnyMachine,
    begins: ["held"],
  },
  {
    title: "争议 · a dispute",
    file: "dispute/dispute.ts",
    machine: disputeStates as AnyMachine,
    begins: ["filed"],
  },
  {
    title: "异地就医备案 · a filing for care away",
    file: "filing/filing.ts",
    machine: filingStates as AnyMachine,
    begins: ["draft"],
  },
  {
    title: "亲情账户关系 · a family tie",
    file: "family/family.ts",
    machine: tieStates as AnyMachine,
    begins: ["asked", "review", "agreed"],
  },
  {
    title: "等待生效的换号 · a change of telephone that waits",
    file: "proof/telephone-change.ts",
    machine: changeStates as AnyMachine,
    begins: ["waiting"],
  },
  {
    title: "医保码 · a person's credential",
    file: "credential/credential.ts",
    machine: credentialStates as AnyMachine,
    begins: ["not-opened"],
  },
  {
    title: "用码疑点 · a doubted use of a code",
    file: "credential/case.ts",
    machine: caseStates as AnyMachine,
    begins: ["filed"],
  },
  {
    title: "协查 · an inquiry between agencies",
    file: "inquiry/inquiry.ts",
    machine: inquiryStates as AnyMachine,
    begins: ["asked", "calling"],
  },
  {
    title: "提议 · a proposal of a call that takes two hands",
    file: "proposal/proposal.ts",
    machine: proposalStates as AnyMachine,
    begins: ["waiting"],
  },
  {
    title: "附件 · a file that is handed in",
    file: "attachment/attachment.ts",
    machine: attachmentStates as AnyMachine,
    begins: ["offered"],
  },
  {
    title: "定点协议 · a provider's agreement",
    file: "provider/agreement.ts",
    machine: agreementStates as AnyMachine,
    begins: ["applied", "in-force"],
  },
];

/** Mermaid takes no hyphen in a name. */
const plain = (state: string) => state.replaceAll("-", "_");

function diagram(machine: AnyMachine, begins: readonly string[]): string[] {
  const states = Object.entries(machine);
  return [
    "```mermaid",
    "stateDiagram-v2",
    ...states.map(([state, { name }]) => `  state "${name} ${state}" as ${plain(state)}`),
    ...begins.map((state) => `  [*] --> ${plain(state)}`),
    ...states.flatMap(([state, { on }]) =>
      Object.entries(on).map(([event, next]) => `  ${plain(state)} --> ${plain(next!)}: ${event}`),
    ),
    ...states.filter(([, { on }]) => Object.keys(on).length === 0).map(([state]) => `  ${plain(state)} --> [*]`),
    "```",
  ];
}

function table(machine: AnyMachine): string[] {
  const row = ([state, { name, on }]: [string, AnyMachine[string]]) => {
    const moves = Object.entries(on).map(([event, next]) => `${event} → \`${next}\``);
    return `| \`${state}\` | ${name} | ${moves.join(" · ") || "over"} |`;
  };
  return ["| state | 状态 | what may happen to it |", "| --- | --- | --- |", ...Object.entries(machine).map(row)];
}

/** 状态表 · the document of every table of states, drawn from the tables themselves. */
export function statesDocument(): string {
  const owners = Object.entries(suspenseOwners).map(([owner, name]) => `\`${owner}\` ${name}`);
  return [
    "# States",
    "",
    "Drawn from the tables in the code, which are what the functions obey; `npm run states` writes this file, and a test holds it to them.",
    "An event that a state does not list cannot happen to it. A write names the state that it was read in, so of two at once one is told no.",
    `Money in suspense always has an owner, who has to do the next thing: ${owners.join(", ")}.`,
    ...drawn.flatMap(({ title, file, machine, begins }) => [
      "",
      `## ${title}`,
      "",
      `\`${file}\``,
      "",
      ...diagram(machine, begins),
      "",
      ...table(machine),
    ]),
    "",
  ].join("\n");
}

const path = join(import.meta.dirname, "..", "shared", "STATES.md");
/** The document as it stands. */
export const statesWritten = (): string => readFileSync(path, "utf8");

if (process.argv[1] === import.meta.filename) writeFileSync(path, statesDocument());
