import { KeyOutlined } from "@ant-design/icons";
import { Button, Input, Segmented, Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { overHttp, type Sender } from "../../../../hospital/client.ts";
import type { Moment } from "../../../../shared/gateway/field.ts";
import { type Algorithm, algorithms } from "../../../../shared/gateway/signing.ts";
import { readProviderCode } from "../../../../shared/provider/provider.ts";

/** A provider and its key, as they are pasted in; they live in this page's memory and nowhere else. */
export interface Key {
  readonly code: string;
  readonly name: string;
  readonly keyNo: string;
  readonly algorithm: Algorithm;
  readonly secret: string;
}

const blank: Key = { code: "", name: "", keyNo: "", algorithm: "HMAC-SM3", secret: "" };
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Beijing's time of day by this computer's clock. */
export const clock = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 19);

/** A provider's system in this browser; `today`: the business day that its messages carry. */
export const senderOf = (key: Key, today = ""): Sender => ({
  providerCode: key.code,
  providerName: key.name || key.code,
  careArea: readProviderCode(key.code)?.county ?? "",
  keyNo: key.keyNo,
  algorithm: key.algorithm,
  secret: key.secret,
  now: Date.now,
  business: () => `${today} ${clock()}` as Moment,
  random: () => hex(crypto.getRandomValues(new Uint8Array(12))),
  post: overHttp(window.location.origin),
});

/** 机构密钥 · typed, pasted as a row, or on a demonstration chosen; whose window this is. */
export function KeyFields({
  title,
  verb,
  demonstration,
  busy,
  submit,
  children,
}: {
  title: string;
  verb: string;
  demonstration: boolean;
  busy: boolean;
  submit: (key: Key) => void;
  children?: ReactNode;
}) {
  const [shown, setShown] = useState<readonly Key[]>([]);
  const [key, setKey] = useState(blank);
  useEffect(() => {
    if (demonstration) demonstrationKeys().then(setShown, () => setShown([]));
  }, [demonstration]);
  const change = (news: Partial<Key>) => setKey((before) => ({ ...before, ...news }));
  const isGood =
    readProviderCode(key.code) !== null && key.keyNo.trim() !== "" && /^[0-9a-fA-F]{64}$/.test(key.secret.trim());
  const send = () => {
    if (isGood) submit({ ...key, keyNo: key.keyNo.trim(), secret: key.secret.trim().toLowerCase() });
  };
  return (
    <form
      className="card panel find desk-find"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2>{title}</h2>
      {shown.length > 0 && (
        <Select<string>
          autoFocus
          defaultOpen={false}
          showSearch={{ optionFilterProp: "label" }}
          aria-label="演示机构"
          placeholder="选一家演示机构，密钥自动填好"
          options={shown.map(({ code, name }) => ({ value: code, label: `${name}　${code}` }))}
          onChange={(code) => setKey(shown.find((one) => one.code === code) ?? blank)}
        />
      )}
      <label htmlFor="desk-code">机构编码</label>
      <Input
        id="desk-code"
        value={key.code}
        maxLength={200}
        placeholder="也可以把首页表格里的一整行粘贴在这里"
        onChange={({ target }) => change(rowOf(target.value) ?? { code: target.value.trim().toUpperCase() })}
      />
      <label htmlFor="desk-key-no">密钥编号</label>
      <Input
        id="desk-key-no"
        value={key.keyNo}
        maxLength={40}
        onChange={({ target }) => change({ keyNo: target.value })}
      />
      <label htmlFor="desk-secret">密钥（SM2填私钥，64位十六进制）</label>
      <Input.Password
        id="desk-secret"
        autoComplete="off"
        value={key.secret}
        maxLength={64}
        onChange={({ target }) => change({ secret: target.value })}
      />
      <span>签名方式</span>
      <Segmented<Algorithm>
        aria-label="签名方式"
        value={key.algorithm}
        options={[...algorithms]}
        onChange={(algorithm) => change({ algorithm })}
      />
      {children}
      <Button type="primary" size="large" htmlType="submit" icon={<KeyOutlined />} disabled={!isGood} loading={busy}>
        {verb}
      </Button>
      <p className="muted">密钥只在这一页的内存里，刷新就没有了。</p>
    </form>
  );
}

/** A row as it was copied: the code, the key's number and the secret, whatever stands between them. */
function rowOf(pasted: string): Key | null {
  const [, code = "", keyNo = "", secret = ""] =
    /([HP]\d{11})[\s.,;|]+(\w{4,40})[\s.,;|]+([0-9a-fA-F]{64})/.exec(pasted) ?? [];
  if (!code) return null;
  const name = pasted.slice(0, pasted.indexOf(code)).trim();
  return { ...blank, code, keyNo, secret, name };
}

/** The keys that a local start shows on its first page; none anywhere else. */
async function demonstrationKeys(): Promise<Key[]> {
  const page = await fetch("/").then((response) => response.text());
  const rows = [...new DOMParser().parseFromString(page, "text/html").querySelectorAll("tr")];
  return rows.flatMap((row) => {
    const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent?.trim() ?? "");
    return rowOf(cells.join(" ")) ?? [];
  });
}
