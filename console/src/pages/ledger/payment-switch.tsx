import { CheckCircleFilled, PauseCircleFilled } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useAct } from "../../api.ts";
import { useTitle, useToday } from "../../desk.tsx";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import "./ledger.css";

const usual = ["支付渠道正在维修，请晚些时候再来。", "正在核对应缴金额，今天暂停缴费，明天恢复。"];

/** 缴费开关 · stops taking contributions everywhere at once, with one sentence for everybody; and takes them again. */
export default function PaymentSwitchPage() {
  const about = useToday();
  useTitle("缴费开关");
  if (about.error && !about.data) return <Failure error={about.error} retry={() => void about.refetch()} />;
  if (!about.data) return <Waiting />;
  const { open, sentence } = about.data.payments;
  return (
    <Page above="基金账" title="缴费开关">
      <section className={open ? "card verdict good" : "card verdict bad"} role="status">
        <h2>
          {open ? <CheckCircleFilled /> : <PauseCircleFilled />} {open ? "正在收缴费" : "已经暂停缴费"}
        </h2>
        <p>{open ? "居民在手机上、在窗口都可以缴费。" : `居民看到的是：“${sentence}”`}</p>
      </section>
      {open ? <Close /> : <Reopen />}
    </Page>
  );
}

function Close() {
  const { message, modal } = App.useApp();
  const turn = useAct("payments.switch", ["about.today"]);
  const [sentence, setSentence] = useState("");
  const isGood = sentence.trim().length >= 4;
  const submit = () => {
    if (!isGood || turn.isPending) return;
    modal.confirm({
      title: "暂停所有缴费？",
      content: `从现在起，谁都不能下缴费单、不能付款。居民会看到：“${sentence.trim()}”`,
      okText: "暂停缴费",
      cancelText: "不暂停",
      okButtonProps: { danger: true },
      onOk: () =>
        turn.mutateAsync({ body: { open: false, sentence: sentence.trim() } }).then(
          () => {
            message.success("已经暂停缴费");
          },
          () => {},
        ),
    });
  };
  return (
    <form
      className="card panel switch"
      aria-label="暂停缴费"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>暂停缴费</h2>
      <ul className="will">
        <li>手机和窗口都不能再下单、付款，马上生效。</li>
        <li>已经付出来的钱照样入账，退款照样退。</li>
        <li>查参保、查缴费、办其他事不受影响。</li>
      </ul>
      <label htmlFor="sentence">给居民看的一句话：为什么停、什么时候恢复（4到100个字）</label>
      <div className="reasons">
        {usual.map((one) => (
          <Button key={one} size="small" onClick={() => setSentence(one)}>
            {one}
          </Button>
        ))}
      </div>
      <Input.TextArea
        id="sentence"
        rows={2}
        maxLength={100}
        showCount
        value={sentence}
        onChange={(event) => setSentence(event.target.value)}
      />
      <Wrong error={turn.error} />
      <div className="card-actions">
        <Button danger htmlType="submit" disabled={!isGood} loading={turn.isPending}>
          暂停缴费
        </Button>
      </div>
    </form>
  );
}

/** The call wants a sentence also here; nobody is shown it. */
const reopening = "恢复缴费。";

function Reopen() {
  const { message, modal } = App.useApp();
  const turn = useAct("payments.switch", ["about.today"]);
  const ask = () =>
    modal.confirm({
      title: "恢复缴费？",
      content: "居民马上可以在手机上和窗口缴费。",
      okText: "恢复缴费",
      cancelText: "先不恢复",
      onOk: () =>
        turn.mutateAsync({ body: { open: true, sentence: reopening } }).then(
          () => {
            message.success("已经恢复缴费");
          },
          () => {},
        ),
    });
  return (
    <section className="card panel switch" aria-label="恢复缴费">
      <h2>恢复缴费</h2>
      <p className="muted">恢复后，大家马上可以缴费。暂停期间过期的缴费单要重新下。</p>
      <Wrong error={turn.error} />
      <div className="card-actions">
        <Button type="primary" loading={turn.isPending} onClick={ask}>
          恢复缴费
        </Button>
      </div>
    </section>
  );
}
