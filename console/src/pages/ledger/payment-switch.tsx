import { CheckCircleFilled, PauseCircleFilled } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { useId, useState } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { live, type Reply, useAct, useRead } from "../../api.ts";
import { useTitle } from "../../desk.tsx";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import { Reread, Stale } from "../../parts/waits.tsx";
import "./ledger.css";

type Switches = Reply<"payments.switches">;
type Channel = Switches["channel"];
interface Turning {
  readonly open: boolean;
  readonly sentence: string;
}

const usual = ["支付渠道正在维修，请晚些时候再来。", "正在核对应缴金额，今天暂停缴费，明天恢复。"];
/** The call wants a sentence also here; nobody is shown it. */
const reopening = "恢复缴费。";
const stale = ["about.today", "payments.switches"] as const;

/** 缴费开关 · stops taking contributions of the own area at once, with one sentence for its people; the channel's, for all areas, by two hands. */
export default function PaymentSwitchPage() {
  const switches = useRead("payments.switches", {}, live);
  useTitle("缴费开关");
  if (switches.error && !switches.data) {
    return <Failure error={switches.error} retry={() => void switches.refetch()} />;
  }
  if (!switches.data) return <Waiting />;
  const { area, channel } = switches.data;
  return (
    <Page above="基金账" title="缴费开关" tools={<Reread of={switches} />}>
      <Stale of={switches} />
      <Stands what="本统筹区" turned={area} />
      <OwnArea open={area.open} />
      <Stands what="支付渠道（所有统筹区）" turned={channel} by={channel.agreedBy} />
      {channel.yours ? (
        <ChannelSwitch channel={channel} />
      ) : (
        <p className="muted">支付渠道由开商户号的统筹区管，要两位经办人员才能暂停或恢复。</p>
      )}
    </Page>
  );
}

function Stands({ what, turned, by = null }: { what: string; turned: Switches["area"]; by?: string | null }) {
  const { open, sentence, on } = turned;
  const hands = [turned.by, by].filter((one) => one !== null).join("、");
  return (
    <section className={open ? "card verdict good" : "card verdict bad"} role="status" aria-label={what}>
      <h2>
        {open ? <CheckCircleFilled /> : <PauseCircleFilled />} {what}：{open ? "正在收缴费" : "已经暂停缴费"}
      </h2>
      <p>{open ? "居民在手机上、在窗口都可以缴费。" : `居民看到的是：“${sentence}”`}</p>
      {hands && on && (
        <p className="muted">
          {dayShown(on)} {hands}
        </p>
      )}
    </section>
  );
}

function OwnArea({ open }: { open: boolean }) {
  const { message } = App.useApp();
  const turn = useAct("payments.switch", stale);
  const send = (body: Turning) =>
    turn.mutateAsync({ body }).then(() => void message.success(body.open ? "已经恢复缴费" : "已经暂停缴费"));
  const common = { error: turn.error, pending: turn.isPending, send };
  return open ? (
    <Close
      {...common}
      title="暂停缴费"
      sure="从现在起，本统筹区的人不能下缴费单、不能付款。"
      will={[
        "本统筹区的人，手机和窗口都不能再下单、付款，马上生效；别的统筹区不受影响。",
        "已经付出来的钱照样入账，退款照样退。",
        "查参保、查缴费、办其他事不受影响。",
      ]}
    />
  ) : (
    <Reopen {...common} title="恢复缴费" will="恢复后，大家马上可以缴费。暂停期间过期的缴费单要重新下。" />
  );
}

function ChannelSwitch({ channel }: { channel: Channel }) {
  const { message } = App.useApp();
  const propose = useAct("payments.propose-channel", stale);
  const send = (body: Turning) =>
    propose.mutateAsync({ body }).then(() => void message.success("已经提出，等另一位经办人员复核"));
  const common = { error: propose.error, pending: propose.isPending, send };
  return channel.open ? (
    <Close
      {...common}
      title="提出暂停支付渠道"
      sure="另一位经办人员复核以后，所有统筹区都不能下缴费单、不能付款。"
      will={["要另一位经办人员在“待复核”里同意才生效，一天内没有同意就作废。", "生效后所有统筹区都不能下单、付款。"]}
    />
  ) : (
    <Reopen {...common} title="提出恢复支付渠道" will="另一位经办人员复核以后，各统筹区马上可以缴费。" />
  );
}

interface Turns {
  readonly title: string;
  readonly error: Error | null;
  readonly pending: boolean;
  readonly send: (body: Turning) => Promise<unknown>;
}

function Close({ title, sure, will, error, pending, send }: Turns & { sure: string; will: readonly string[] }) {
  const { modal } = App.useApp();
  const [written, setWritten] = useState("");
  const id = useId();
  const sentence = written.trim();
  const isGood = sentence.length >= 4;
  const submit = () => {
    if (!isGood || pending) return;
    modal.confirm({
      title: `${title}？`,
      content: `${sure}居民会看到：“${sentence}”`,
      okText: title,
      cancelText: "不暂停",
      okButtonProps: { danger: true },
      onOk: () => send({ open: false, sentence }).catch(() => {}),
    });
  };
  return (
    <form
      className="card panel switch"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{title}</h2>
      <ul className="will">
        {will.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <label htmlFor={id}>给居民看的一句话：为什么停、什么时候恢复（4到100个字）</label>
      <div className="reasons">
        {usual.map((one) => (
          <Button key={one} size="small" onClick={() => setWritten(one)}>
            {one}
          </Button>
        ))}
      </div>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={100}
        showCount
        value={written}
        onChange={(event) => setWritten(event.target.value)}
      />
      <Wrong error={error} />
      <div className="card-actions">
        <Button danger htmlType="submit" disabled={!isGood} loading={pending}>
          {title}
        </Button>
      </div>
    </form>
  );
}

function Reopen({ title, will, error, pending, send }: Turns & { will: string }) {
  const { modal } = App.useApp();
  const ask = () =>
    modal.confirm({
      title: `${title}？`,
      content: will,
      okText: title,
      cancelText: "先不恢复",
      onOk: () => send({ open: true, sentence: reopening }).catch(() => {}),
    });
  return (
    <section className="card panel switch" aria-label={title}>
      <h2>{title}</h2>
      <p className="muted">{will}</p>
      <Wrong error={error} />
      <div className="card-actions">
        <Button type="primary" loading={pending} onClick={ask}>
          {title}
        </Button>
      </div>
    </section>
  );
}
