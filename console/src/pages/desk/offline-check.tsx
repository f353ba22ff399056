import {
  CheckCircleFilled,
  CloseCircleFilled,
  CloudSyncOutlined,
  DisconnectOutlined,
  ReloadOutlined,
  WarningFilled,
  WifiOutlined,
} from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { type BusinessType, businessTypes, mostOfflineHours } from "../../../../shared/credential/credential.ts";
import { dayInShanghai, dayShown } from "../../../../shared/day.ts";
import { useOfflineDesk, type Verdict } from "./offline-desk.ts";
import { KeyFields } from "./provider-key.tsx";
import { purposesOf, ScanCode } from "./scan-code.tsx";
import "./desk.css";

/** Laid by so that this page opens without a network. */
async function layBy(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const base = import.meta.env.BASE_URL;
  await navigator.serviceWorker.register(`${base}worker.js`, { scope: `${base}offline.html` });
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const own = loaded.filter((name) => name.startsWith(window.location.origin + base) && !name.endsWith("worker.js"));
  await (await caches.open("shell")).addAll([`${base}offline.html`, ...new Set(own)]);
}

/** 离线验码 · a window that checks codes with the network off, and tells the uses when it is back. */
export function OfflineCheck() {
  const desk = useOfflineDesk();
  const { providerCode, online, trouble } = desk;
  useEffect(() => void layBy().catch(() => {}), []);
  return (
    <main className="page offline">
      <header className="page-head">
        <h1>离线验码{providerCode && <small className="number">{providerCode}</small>}</h1>
        <span className={`status ${online ? "done" : "attention"}`} role="status">
          {online ? <WifiOutlined /> : <DisconnectOutlined />}
          {online ? "现在有网络" : "现在没有网络，照样能验"}
        </span>
      </header>
      {trouble && (
        <p className="band stop" role="alert">
          {trouble}
        </p>
      )}
      <div className="offline-halves">
        <div className="desk-left">
          {providerCode ? <Check desk={desk} /> : <Begin desk={desk} />}
          {desk.verdict && <Outcome of={desk.verdict} next={desk.next} />}
        </div>
        <div className="desk-left">
          <ListAge desk={desk} />
          <Waiting desk={desk} />
          <Limits />
        </div>
      </div>
    </main>
  );
}

type Desk = ReturnType<typeof useOfflineDesk>;

/** Whose window this is; asked once, while there is a network. */
function Begin({ desk: { update } }: { desk: Desk }) {
  const [code, setCode] = useState("");
  return (
    <form
      className="card panel find"
      aria-label="哪家机构"
      onSubmit={(event) => {
        event.preventDefault();
        void update(code.trim().toUpperCase());
      }}
    >
      <h2>哪家机构的窗口</h2>
      <label htmlFor="offline-provider">机构编码</label>
      <Input
        id="offline-provider"
        size="large"
        maxLength={12}
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      <Button type="primary" size="large" htmlType="submit" disabled={code.trim() === ""}>
        下载今天的名单
      </Button>
      <p className="muted">第一次要有网络。名单的签名根第一次记住以后，不再接受别的。</p>
    </form>
  );
}

function Check({ desk: { providerCode, check } }: { desk: Desk }) {
  const options = purposesOf(providerCode);
  const [businessType, setType] = useState<BusinessType>(options[0]?.value ?? "01101");
  return (
    <section className="card panel find" aria-label="验码">
      <h2>请病人出示医保码</h2>
      <label htmlFor="offline-purpose">做什么用（病人以后会看到）</label>
      <Select id="offline-purpose" value={businessType} options={options} onChange={setType} />
      <ScanCode read={(text) => void check(text, businessType)} />
    </section>
  );
}

function Outcome({ of, next }: { of: Verdict; next: () => void }) {
  const again = (
    <Button size="large" onClick={next}>
      下一位
    </Button>
  );
  if (of.kind === "bad") {
    return (
      <section className="card panel offline-verdict stop" aria-label="验码结果" role="alert">
        <h2>
          <CloseCircleFilled /> 不能用
        </h2>
        <p>
          {of.sentence} <code>{of.code}</code>
        </p>
        {again}
      </section>
    );
  }
  const { shown, businessType } = of;
  return (
    <section
      className={`card panel offline-verdict ${shown.weak ? "attention" : "done"}`}
      aria-label="验码结果"
      role="status"
    >
      <h2>
        {shown.weak ? <WarningFilled /> : <CheckCircleFilled />}
        {shown.weak ? "纸质码是真的，还要看身份证" : "码是真的，现在有效"}
      </h2>
      <dl className="facts">
        <div>
          <dt>用途</dt>
          <dd>{businessTypes[businessType]}</dd>
        </div>
        <div>
          <dt>签发时医保到</dt>
          <dd>{shown.coverUntil ? dayShown(shown.coverUntil) : "没有待遇，请联网再查"}</dd>
        </div>
        <div>
          <dt>统筹区</dt>
          <dd className="number">{shown.area}</dd>
        </div>
      </dl>
      <p>
        {shown.weak
          ? "谁都能复印这张纸：请看身份证，照片和人一致才办。"
          : "码里没有姓名：要知道是谁，请看身份证，或有网络时再查。已经记下这次用码。"}
      </p>
      {again}
    </section>
  );
}

/** How old the list is; one that is too old is not used. */
function ListAge({ desk: { madeAt, online, providerCode, update } }: { desk: Desk }) {
  const hours = Math.max(0, Math.floor((Date.now() / 1000 - madeAt) / 3600));
  const isStale = madeAt > 0 && hours >= mostOfflineHours;
  const made = new Date(madeAt * 1000);
  return (
    <section className="card panel" aria-label="离线名单">
      <header className="panel-head">
        <h2>离线名单</h2>
        <Button
          className="aside-right"
          icon={<ReloadOutlined />}
          disabled={!online || !providerCode}
          onClick={() => void update(providerCode)}
        >
          更新
        </Button>
      </header>
      {madeAt === 0 ? (
        <p className="muted">还没有下载过。没有名单不能离线验码。</p>
      ) : (
        <p className={isStale ? "wrong" : ""}>
          {dayShown(dayInShanghai(made.getTime()))}{" "}
          {made.toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" })}
          签发，{hours === 0 ? "不到1小时" : `${hours}小时`}以前。
          {isStale ? `超过${mostOfflineHours}小时，不能再用，请联网更新。` : `${mostOfflineHours}小时以内能用。`}
        </p>
      )}
    </section>
  );
}

/** The uses that the agency does not know yet. */
function Waiting({ desk: { waiting, online, handed, tell } }: { desk: Desk }) {
  const [open, setOpen] = useState(false);
  const refused = handed.filter(({ result }) => result === "refused");
  return (
    <section className="card panel" aria-label="等着补报">
      <header className="panel-head">
        <h2>等着补报</h2>
        <span className="muted">{waiting.length} 次</span>
        <Button
          className="aside-right"
          icon={<CloudSyncOutlined />}
          disabled={!online || waiting.length === 0}
          onClick={() => setOpen(!open)}
        >
          补报
        </Button>
      </header>
      {waiting.length === 0 && <p className="muted">离线时验过的码记在这里，有网络以后补报，病人就能看到。</p>}
      <ul className="points">
        {waiting.slice(0, 20).map(({ at, businessType }) => (
          <li key={at}>
            {dayShown(dayInShanghai(at))}{" "}
            {new Date(at).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" })}　
            {businessTypes[businessType]}
          </li>
        ))}
      </ul>
      {handed.length > 0 && (
        <p className={refused.length > 0 ? "wrong" : "muted"} role="status">
          补报了{handed.length}次{refused.length > 0 && `，其中${refused.length}次不认：${refused[0]?.message ?? ""}`}。
        </p>
      )}
      {open && waiting.length > 0 && (
        <KeyFields
          title="用机构密钥补报"
          verb="补报"
          demonstration
          busy={false}
          submit={(key) => void tell(key).then(() => setOpen(false))}
        />
      )}
    </section>
  );
}

const Limits = () => (
  <section className="card panel" aria-label="离线验码管不住什么">
    <h2>离线验码管不住什么</h2>
    <ul className="points">
      <li>有人在另一头实时转发别人的码：码是真的，时间也对，这里看不出来。金额大的请核对身份证。</li>
      <li>同一个码同时在另一个没有网络的窗口用：补报以后才会发现。</li>
      <li>名单签发以后才挂失的：最多{mostOfflineHours}小时里还会通过。</li>
      <li>离线名单偶尔会把没有停用的码说成停用，请联网再查，或看身份证。</li>
    </ul>
  </section>
);
