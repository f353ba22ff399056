import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  PauseCircleFilled,
  RollbackOutlined,
  StopFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { EndpointName } from "../../../../shared/api/endpoints.ts";
import { type AgreementState, agreementStates } from "../../../../shared/provider/agreement.ts";
import { hospitalLevels, levelNames, services } from "../../../../shared/provider/provider.ts";
import type { Reply } from "../../api.ts";

/** What is read again after anything was done to a provider. */
export const readings = [
  "providers.list",
  "providers.one",
  "proposals.list",
] as const satisfies readonly EndpointName[];

/** 定点机构, whole. */
export type Provider = Reply<"providers.one">;
/** 定点机构, as a line of the list. */
export type ProviderRow = Reply<"providers.list">["providers"][number];

type Terms = NonNullable<ProviderRow["terms"]>;

/** 普通门诊、住院 */
export const servicesText = (opened: Terms["services"]): string => opened.map((one) => services[one]).join("、");

/** 三级甲等，限价按三级，起付线按三级 */
export const levelsText = ({ real, price, deductible }: Terms): string =>
  `${hospitalLevels[real].name}，限价按${levelNames[price]}，起付线按${levelNames[deductible]}`;

const looks: Readonly<Record<AgreementState, readonly [look: string, icon: ReactNode]>> = {
  applied: ["attention", <ClockCircleFilled key="waits" />],
  reviewed: ["attention", <ClockCircleFilled key="waits" />],
  "in-force": ["done", <CheckCircleFilled key="good" />],
  suspended: ["stop", <PauseCircleFilled key="rests" />],
  expired: ["stop", <StopFilled key="over" />],
  ended: ["other", <StopFilled key="over" />],
  refused: ["other", <CloseCircleFilled key="no" />],
  withdrawn: ["other", <RollbackOutlined key="back" />],
};
export const stateName = (state: AgreementState): string => agreementStates[state].name;

/** 协议状态 · the word, with its colour and its icon. */
export function StateOf({ agreement: { state } }: Pick<ProviderRow, "agreement">) {
  const [look, icon] = looks[state];
  return (
    <span className={`status ${look}`}>
      {icon} {stateName(state)}
    </span>
  );
}
