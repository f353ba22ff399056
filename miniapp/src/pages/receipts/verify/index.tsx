import { View } from "@tarojs/components";
import { useState } from "react";
import { call, type Verified } from "../../../api.ts";
import { useAttempt } from "../../../ask.ts";
import { draft } from "../../../drafts.ts";
import { Field } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Amount, Fact, Heading, Note } from "../../../parts/tell.tsx";
import { dayWords, money } from "../../../words.ts";
import { carrierWords, inFours, receiptWords } from "../words.ts";

/** 查验票据 · what was typed there. */
const verifying = draft("verify", { number: "", checkCode: "" });

/** 查验票据真伪 · anybody who holds a receipt, signed in or not, sees what is true of it. */
export default function Verify() {
  const [found, setFound] = useState<Verified | null>(null);
  return (
    <Page>
      <Heading level={1}>查验票据真伪</Heading>
      {found ? <Found receipt={found} onAnother={() => setFound(null)} /> : <Ask onFound={setFound} />}
    </Page>
  );
}

function Ask({ onFound }: { onFound: (receipt: Verified) => void }) {
  const typed = verifying.use();
  const { busy, said, refuse, attempt } = useAttempt<"number" | "checkCode" | "verify">();
  const submit = () => {
    const [number, checkCode] = [typed.number.trim(), typed.checkCode.trim()];
    if (!number) return refuse("number", "请填票据号。");
    if (!checkCode) return refuse("checkCode", "请填校验码。");
    attempt("verify", async () => {
      onFound(await call("receipts.verify", { body: { number, checkCode } }));
      verifying.clear();
    });
  };
  return (
    <View className="card">
      <View>票据上有票据号和校验码，填在这里，就知道票据是不是真的、现在还算不算数。不用登录。</View>
      <Field
        label="票据号"
        hint="16位，前4位是年份；空格可以不打"
        maxlength={40}
        value={typed.number}
        fault={said("number")}
        onChange={(number) => verifying.change({ number })}
      />
      <Field
        label="校验码"
        hint="8位，不分大小写"
        maxlength={20}
        value={typed.checkCode}
        fault={said("checkCode") ?? said("verify")}
        onChange={(checkCode) => verifying.change({ checkCode })}
        onDone={submit}
      />
      <Button busy={busy === "verify"} onPress={submit}>
        查验
      </Button>
    </View>
  );
}

function Found({ receipt, onAnother }: { receipt: Verified; onAnother: () => void }) {
  const { tone, name } = receiptWords(receipt.state);
  return (
    <>
      <View className="card">
        <View className={`state ${tone}`}>
          <Icon name={tone} />
          <View className="fill">
            <View className="title">票据是真的，{name}</View>
            {receipt.state !== "valid" && <View>它不能再证明已经参保。</View>}
          </View>
        </View>
        <Fact name="姓名">{receipt.name}</Fact>
        <Fact name="哪一年">{receipt.benefitYear}年</Fact>
        <Fact name="个人付的">
          <Amount value={receipt.amount} />
        </Fact>
        {receipt.subsidised !== "0.00" && <Fact name="资助">{money(receipt.subsidised)}</Fact>}
        <Fact name="怎么付的">{carrierWords(receipt.carrier)}</Fact>
        {receipt.collectedAt && (
          <Fact name="收款窗口" wide>
            {receipt.collectedAt}
          </Fact>
        )}
        <Fact name="缴费日期">{dayWords(receipt.on)}</Fact>
        <Fact name="参保地">{receipt.areaName}</Fact>
        <Fact name="票据号" wide>
          <View className="code">{inFours(receipt.number)}</View>
        </Fact>
      </View>
      <Note tone="plain">请和手里的票据对一对：姓名、年份、金额都一样，才是这一张。</Note>
      <Button quiet onPress={onAnother}>
        再查一张
      </Button>
    </>
  );
}
