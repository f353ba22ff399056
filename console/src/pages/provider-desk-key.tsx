import { KeyOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { type Algorithm, algorithms } from "../../../shared/gateway/signing.ts";
import { readProviderCode } from "../../../shared/provider/provider.ts";
import { useDesk } from "../desk.tsx";
import type { Key, Play } from "./provider-desk-play.ts";
import { Refusal } from "./provider-desk-refusal.tsx";

const blank: Key = { code: "", name: "", keyNo: "", algorithm: "HMAC-SM3", secret: "" };

/** 选机构 · whose window this is: a key pasted in, or on a demonstration one of its own. */
export function KeyForm({ play }: { play: Play }) {
  const { demonstration } = useDesk();
  const shown = useQuery({ queryKey: ["demonstration-keys"], queryFn: demonstrationKeys, enabled: demonstration });
  const [key, setKey] = useState(blank);
  const change = (news: Partial<Key>) => setKey((before) => ({ ...before, ...news }));
  const isGood =
    readProviderCode(key.code) !== null && key.keyNo.trim() !== "" && /^[0-9a-fA-F]{64}$/.test(key.secret.trim());
  const submit = () => {
    if (!isGood) return;
    const { keyNo, secret } = key;
    void play.signIn({ ...key, keyNo: keyNo.trim(), secret: secret.trim().toLowerCase() });
  };
  return (
    <form
      className="card panel find desk-find"
      aria-label="选机构"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>哪家机构的窗口</h2>
      {shown.data && shown.data.length > 0 && (
        <Select<string>
          autoFocus
          defaultOpen={false}
          showSearch={{ optionFilterProp: "label" }}
          aria-label="演示机构"
          placeholder="选一家演示机构，密钥自动填好"
          options={shown.data.map(({ code, name }) => ({ value: code, label: `${name}　${code}` }))}
          onChange={(code) => setKey(shown.data.find((one) => one.code === code) ?? blank)}
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
      <Refusal play={play} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        icon={<KeyOutlined />}
        disabled={!isGood}
        loading={play.isBusy}
      >
        签到（9001）
      </Button>
      <p className="muted">密钥只在这一页的内存里，刷新就没有了。这里发的是真的报文，结算的是真的费用。</p>
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
