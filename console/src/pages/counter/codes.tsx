import { PrinterOutlined } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useAct } from "../../api.ts";
import { Wrong } from "../../parts/tell.tsx";
import { PaperCodeSlip } from "./slips.tsx";
import type { Visitor } from "./visitor.ts";

/** 纸质码 · for whoever has no phone: printed at once, good until the week ends, worth nothing without the identity card. */
export function PaperCodeCard({ visitor, print }: { visitor: Visitor; print: (slip: ReactNode) => void }) {
  const { person, seen } = visitor;
  const make = useAct("credentials-agency.paper");
  const { modal } = App.useApp();
  const ask = () =>
    modal.confirm({
      title: `给${person.name}打印纸质医保码？`,
      content: "以前打印的那一张马上作废。纸谁都能复印，所以医院读这张纸时还要再看一次身份证。",
      okText: "打印",
      cancelText: "先不打",
      onOk: () =>
        make.mutateAsync({ params: { personNo: person.personNo }, body: { seen: "identity-card" } }).then(
          (paper) => print(<PaperCodeSlip key={paper.paperNo} paper={paper} />),
          () => {},
        ),
    });
  return (
    <section className="card panel" aria-label="纸质医保码">
      <header className="card-head">
        <h2>打印纸质医保码</h2>
      </header>
      <p className="muted">
        没有手机的人用，到本周日为止有效，比手机上的码弱：只能和身份证一起用。
        {seen !== "identity-card" && "只有看过居民身份证才能打印。"}
      </p>
      <Wrong error={make.error} />
      <div className="card-actions">
        <Button icon={<PrinterOutlined />} disabled={seen !== "identity-card"} loading={make.isPending} onClick={ask}>
          打印
        </Button>
      </div>
    </section>
  );
}

/** 社会保障卡 · its number, copied from the card, so that a provider may find the person by it. */
export function SocialCard({ visitor: { person, seen } }: { visitor: Visitor }) {
  const { message } = App.useApp();
  const save = useAct("credentials-agency.card");
  const [typed, setTyped] = useState("");
  const number = typed.replace(/\s/g, "").toUpperCase();
  const isGood = /^[0-9A-Z]{6,20}$/.test(number) && seen === "social-card";
  const submit = () => {
    if (!isGood || save.isPending) return;
    save.mutate(
      { params: { personNo: person.personNo }, body: { number, seen: "social-card" } },
      {
        onSuccess: ({ card }) => {
          setTyped("");
          message.success(`登记的社会保障卡号是 ${card}`);
        },
      },
    );
  };
  return (
    <section className="card panel" aria-label="社会保障卡">
      <header className="card-head">
        <h2>登记社会保障卡号</h2>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor="social-card">卡号，照着卡片填</label>
        <Input
          id="social-card"
          className="number"
          autoComplete="off"
          maxLength={24}
          disabled={seen !== "social-card"}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {seen !== "social-card" && <p className="muted">看过的证件选“社会保障卡”才能登记。</p>}
        <Wrong error={save.error} />
        <div className="card-actions">
          <Button htmlType="submit" disabled={!isGood} loading={save.isPending}>
            登记
          </Button>
        </div>
      </form>
    </section>
  );
}
