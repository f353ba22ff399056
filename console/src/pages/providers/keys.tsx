import { CheckCircleFilled, KeyOutlined, StopFilled, StopOutlined } from "@ant-design/icons";
import { Alert, Button, Input, InputNumber, Modal, Radio, Typography } from "antd";
import { useState } from "react";
import {
  type KeyAlgorithm,
  liveKeys,
  longestOverlap,
  mostLiveKeys,
  usualOverlap,
} from "../../../../shared/provider/keys.ts";
import { useAct } from "../../api.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { momentShown } from "../../parts/moment.ts";
import { Empty, Wrong } from "../../parts/tell.tsx";
import type { Provider } from "./words.tsx";
import { readings } from "./words.tsx";

type Key = Provider["keys"][number];

const algorithmNames: Readonly<Record<KeyAlgorithm, string>> = { "HMAC-SM3": "共享密钥 HMAC-SM3", SM2: "公钥 SM2" };

/** 机构密钥 · with which a provider signs its messages; a new one takes over from the older ones. */
export function Keys({ provider }: { provider: Provider }) {
  const [isOpening, setOpening] = useState(false);
  const [ending, setEnding] = useState<Key | null>(null);
  const { keys, agreement } = provider;
  return (
    <section className="card panel" aria-label="机构密钥">
      <header className="panel-head">
        <h2>机构密钥</h2>
        <span className="muted">
          有效 {keys.filter(({ live }) => live).length} 把，最多 {mostLiveKeys} 把
        </span>
        {agreement.state === "in-force" && (
          <Button className="aside-right" icon={<KeyOutlined />} onClick={() => setOpening(true)}>
            发放新密钥
          </Button>
        )}
      </header>
      {keys.length === 0 ? (
        <Empty>还没有密钥。协议生效以后，由登记、导入和决定以外的另一位经办人员发放，机构的系统才能接入。</Empty>
      ) : (
        <ul className="entries">
          {keys.map((one) => (
            <li key={one.keyNo}>
              <div>
                <b className="number">{one.keyNo}</b> {algorithmNames[one.algorithm]}
                <div className="muted">
                  {momentShown(one.from)} 由{one.issuedBy}发放
                </div>
                {one.publicKey && <div className="muted public-key">{one.publicKey}</div>}
              </div>
              <span className={`status ${one.live ? "done" : "other"}`}>
                {one.live ? <CheckCircleFilled /> : <StopFilled />}
                {one.live ? "有效" : "已停用"}
                {one.until !== null && `，${one.live ? "到" : ""}${momentShown(one.until)}`}
              </span>
              {one.live && (
                <Button size="small" icon={<StopOutlined />} onClick={() => setEnding(one)}>
                  马上停用
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isOpening && <OpenDialog provider={provider} close={() => setOpening(false)} />}
      {ending && <EndDialog provider={provider} of={ending} close={() => setEnding(null)} />}
    </section>
  );
}

/** 发放新密钥 · the secret is on the screen once; whoever closes the dialog has noted it. */
function OpenDialog({ provider, close }: { provider: Provider; close: () => void }) {
  const open = useAct("providers.key", readings);
  const [algorithm, setAlgorithm] = useState<KeyAlgorithm>("HMAC-SM3");
  const [publicKey, setPublicKey] = useState("");
  const [overlapDays, setOverlapDays] = useState<number>(usualOverlap);
  const [reason, setReason] = useState("");
  const hasOlder = liveKeys(provider.keys, Date.now()).length > 0;
  const isGood = reason.trim().length >= 2 && (algorithm === "HMAC-SM3" || publicKey.trim().length === 130);
  if (open.data) return <Opened reply={open.data} close={close} />;
  const submit = () => {
    if (!isGood || open.isPending) return;
    const said = { reason: reason.trim(), version: provider.version, overlapDays };
    open.mutate({
      params: { code: provider.code },
      body: algorithm === "SM2" ? { algorithm, publicKey: publicKey.trim(), ...said } : { algorithm, ...said },
    });
  };
  return (
    <Modal
      open
      title={`给${provider.name}发放新密钥`}
      okText="发放密钥"
      cancelText="取消"
      width={560}
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: !isGood }}
      confirmLoading={open.isPending}
    >
      <div className="decision">
        <Radio.Group
          className="choices"
          aria-label="签名方式"
          value={algorithm}
          onChange={({ target }) => setAlgorithm(target.value)}
        >
          <Radio value="HMAC-SM3">
            共享密钥 HMAC-SM3
            <div className="muted">由系统生成，只显示这一次，请当面交给机构。</div>
          </Radio>
          <Radio value="SM2">
            机构自己的SM2公钥
            <div className="muted">私钥在机构手里，这里只登记公钥。</div>
          </Radio>
        </Radio.Group>
        {algorithm === "SM2" && (
          <>
            <label htmlFor="public-key">公钥（130位十六进制，以04开头）</label>
            <Input.TextArea
              id="public-key"
              rows={3}
              maxLength={200}
              value={publicKey}
              onChange={(event) => setPublicKey(event.target.value)}
            />
          </>
        )}
        {hasOlder && (
          <>
            <label htmlFor="overlap">原来的密钥再用几天（0 表示马上停用）</label>
            <InputNumber
              id="overlap"
              min={0}
              max={longestOverlap}
              precision={0}
              value={overlapDays}
              onChange={(days) => setOverlapDays(days ?? usualOverlap)}
            />
          </>
        )}
        <label htmlFor="key-reason">理由（会留下记录，至少2个字）</label>
        <Input
          id="key-reason"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={submit}
        />
        <Wrong error={open.error} />
      </div>
    </Modal>
  );
}

function Opened({
  reply,
  close,
}: {
  reply: { code: string; keyNo: string; secret: string | null };
  close: () => void;
}) {
  const { code, keyNo, secret } = reply;
  return (
    <Modal
      open
      title="密钥已经发放"
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={560}
      footer={
        <Button type="primary" onClick={close}>
          {secret === null ? "知道了" : "已经记下，不再显示"}
        </Button>
      }
    >
      <div className="decision">
        <span>密钥编号（报文里写成“机构编码.密钥编号”）</span>
        <Typography.Text copyable code>
          {`${code}.${keyNo}`}
        </Typography.Text>
        {secret !== null && (
          <>
            <span>密钥（32字节，十六进制）</span>
            <Typography.Text copyable code className="secret">
              {secret}
            </Typography.Text>
            <Alert type="warning" showIcon title="只显示这一次。丢了就停用它，再发一把新的。" />
          </>
        )}
      </div>
    </Modal>
  );
}

function EndDialog({ provider, of, close }: { provider: Provider; of: Key; close: () => void }) {
  const end = useAct("providers.end-key", readings);
  return (
    <DecisionDialog
      title={`马上停用密钥 ${of.keyNo}？`}
      will={<p>用它签名的报文从现在起都不再接受，不能撤销。机构没有别的有效密钥时，就不能结算了。</p>}
      reasons={["密钥泄露", "机构更换系统"]}
      least={2}
      verb="马上停用"
      isRefusal
      isPending={end.isPending}
      error={end.error}
      decide={(reason) =>
        end.mutate(
          { params: { code: provider.code, keyNo: of.keyNo }, body: { reason, version: provider.version } },
          { onSuccess: close },
        )
      }
      close={close}
    />
  );
}
