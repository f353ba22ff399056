import { App, Checkbox, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import type { Day } from "../../../../shared/day.ts";
import { type Level, levels } from "../../../../shared/policy/table.ts";
import {
  faultOfFacts,
  type HospitalLevel,
  hospitalLevelNames,
  hospitalLevels,
  levelNames,
  type Ownership,
  ownerships,
  readProviderCode,
  type Service,
  serviceNames,
  services,
} from "../../../../shared/provider/provider.ts";
import { useAct } from "../../api.ts";
import { useDesk } from "../../desk.tsx";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { Wrong } from "../../parts/tell.tsx";
import type { Provider } from "./words.tsx";
import { readings } from "./words.tsx";

/** What both dialogs ask: the levels, the services, and where to find the provider. */
interface Terms {
  readonly real: HospitalLevel;
  readonly price: Level;
  readonly deductible: Level;
  readonly services: readonly Service[];
  readonly address: string;
  readonly telephone: string;
  readonly reason: string;
}

const nothing: Terms = {
  real: "11",
  price: "primary",
  deductible: "primary",
  services: [],
  address: "",
  telephone: "",
  reason: "",
};

const isWritten = ({ address, telephone, reason }: Terms): boolean =>
  address.trim().length >= 2 && /^[0-9+() -]{5,20}$/.test(telephone.trim()) && reason.trim().length >= 2;

const bodyOf = ({ real, price, deductible, services: opened, address, telephone, reason }: Terms) => ({
  levels: { real, price, deductible },
  services: [...opened],
  address: address.trim(),
  telephone: telephone.trim(),
  reason: reason.trim(),
});

/** 登记申请 · recorded here; evaluated and decided on by two others. */
export function ApplicationDialog({ close, recorded }: { close: () => void; recorded: (code: string) => void }) {
  const { message } = App.useApp();
  const apply = useAct("providers.apply", readings);
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [ownership, setOwnership] = useState<Ownership>("public");
  const [isReformed, setReformed] = useState(false);
  const [terms, setTerms] = useState(nothing);
  const written = code.trim().toUpperCase();
  const read = readProviderCode(written);
  const levelsAsked = { real: terms.real, price: terms.price, deductible: terms.deductible };
  const fault =
    read && terms.services.length > 0
      ? faultOfFacts({
          kind: read.kind,
          ownership,
          reformed: isReformed,
          levels: levelsAsked,
          services: terms.services,
        })
      : null;
  const isGood = read !== null && name.trim().length >= 2 && terms.services.length > 0 && !fault && isWritten(terms);
  const submit = () => {
    if (!isGood || apply.isPending) return;
    apply.mutate(
      { body: { code: written, name: name.trim(), ownership, reformed: isReformed, ...bodyOf(terms) } },
      {
        onSuccess: (provider) => {
          message.success(`已登记：${provider.name}，等${provider.evaluation.unitName ?? "评估单位"}评估`);
          recorded(provider.code);
        },
      },
    );
  };
  return (
    <Modal
      open
      title="登记定点申请"
      okText="登记申请"
      cancelText="取消"
      width={680}
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: !isGood }}
      confirmLoading={apply.isPending}
    >
      <div className="decision">
        <p className="muted">您登记以后，由另一位经办人员评估，再由第三位决定。公立和非公立按同样的条件。</p>
        <div className="fields">
          <span>
            <label htmlFor="provider-code">机构编码</label>
            <Input
              id="provider-code"
              autoFocus
              className="number"
              autoComplete="off"
              maxLength={14}
              status={code.trim().length >= 12 && !read ? "error" : ""}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </span>
          <span className="wide">
            <label htmlFor="provider-name">机构名称</label>
            <Input id="provider-name" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          </span>
        </div>
        <span className={code.trim().length >= 12 && !read ? "wrong" : "muted"}>
          编码是H（医疗机构）或P（药店）加6位区划和5位数字。
        </span>
        <div className="fields">
          <Radio.Group
            aria-label="所有制"
            value={ownership}
            options={Object.entries(ownerships).map(([value, label]) => ({ value, label }))}
            onChange={({ target }) => {
              setOwnership(target.value);
              if (target.value === "private") setReformed(false);
            }}
          />
          <Checkbox
            checked={isReformed}
            disabled={ownership === "private"}
            onChange={({ target }) => setReformed(target.checked)}
          >
            参加公立医院改革
          </Checkbox>
        </div>
        <TermsFields value={terms} change={setTerms} reasonTitle="申请说明" />
        {fault && <p className="wrong">{fault}。</p>}
        <Wrong error={apply.error} />
      </div>
    </Modal>
  );
}

/** 变更登记 · levels and services from a day on, today or later; address and telephone at once. */
export function ChangeDialog({ provider, close }: { provider: Provider; close: () => void }) {
  const { message } = App.useApp();
  const { today } = useDesk();
  const change = useAct("providers.change", readings);
  const [from, setFrom] = useState<Day>(today);
  const standing = provider.allTerms.at(-1);
  const { address, telephone } = provider;
  const [terms, setTerms] = useState<Terms>({ ...nothing, ...standing, address, telephone });
  const levelsAsked = { real: terms.real, price: terms.price, deductible: terms.deductible };
  const fault = faultOfFacts({ ...provider, levels: levelsAsked, services: terms.services });
  const isGood = !fault && isWritten(terms);
  const submit = () => {
    if (!isGood || change.isPending) return;
    change.mutate(
      { params: { code: provider.code }, body: { ...bodyOf(terms), from, version: provider.version } },
      {
        onSuccess: () => {
          message.success("已提出变更，等另一位经办人员复核");
          close();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={`变更登记：${provider.name}`}
      okText="提出变更"
      cancelText="取消"
      width={680}
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: !isGood }}
      confirmLoading={change.isPending}
    >
      <div className="decision">
        <p className="muted">
          您提出以后，另一位经办人员在“待复核”里同意才生效。等级和服务从下面的日期起按新的算，以前的日子仍按原来的；地址和电话同意后马上改。
        </p>
        <label htmlFor="terms-from">从哪天起</label>
        <DayPicker
          id="terms-from"
          allowClear={false}
          minDate={picked(today)}
          value={picked(from)}
          onChange={(day) => day && setFrom(day.on)}
        />
        <TermsFields value={terms} change={setTerms} reasonTitle="变更理由" />
        {fault && <p className="wrong">{fault}。</p>}
        <Wrong error={change.error} />
      </div>
    </Modal>
  );
}

function TermsFields({
  value,
  change,
  reasonTitle,
}: {
  value: Terms;
  change: (terms: Terms) => void;
  reasonTitle: string;
}) {
  const set = (changes: Partial<Terms>) => change({ ...value, ...changes });
  return (
    <>
      <div className="fields">
        <span>
          <label htmlFor="level-real">医院等级</label>
          <Select
            id="level-real"
            value={value.real}
            options={hospitalLevelNames.map((one) => ({ value: one, label: hospitalLevels[one].name }))}
            onChange={(real) => set({ real })}
          />
        </span>
        <span>
          <label htmlFor="level-price">限价等级</label>
          <Select
            id="level-price"
            value={value.price}
            options={levels.map((one) => ({ value: one, label: levelNames[one] }))}
            onChange={(price) => set({ price })}
          />
        </span>
        <span>
          <label htmlFor="level-deductible">起付线等级</label>
          <Select
            id="level-deductible"
            value={value.deductible}
            options={levels.map((one) => ({ value: one, label: levelNames[one] }))}
            onChange={(deductible) => set({ deductible })}
          />
        </span>
      </div>
      <span>开通服务</span>
      <Checkbox.Group
        aria-label="开通服务"
        value={[...value.services]}
        options={serviceNames.map((one) => ({ value: one, label: services[one] }))}
        onChange={(opened) => set({ services: serviceNames.filter((one) => opened.includes(one)) })}
      />
      <div className="fields">
        <span className="wide">
          <label htmlFor="provider-address">地址</label>
          <Input
            id="provider-address"
            maxLength={200}
            value={value.address}
            onChange={(event) => set({ address: event.target.value })}
          />
        </span>
        <span>
          <label htmlFor="provider-telephone">电话</label>
          <Input
            id="provider-telephone"
            maxLength={20}
            value={value.telephone}
            onChange={(event) => set({ telephone: event.target.value })}
          />
        </span>
      </div>
      <label htmlFor="provider-reason">{reasonTitle}（会留下记录，至少2个字）</label>
      <Input
        id="provider-reason"
        maxLength={200}
        value={value.reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
    </>
  );
}
