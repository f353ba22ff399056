import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { call, type Receipt, Refused } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Amount, Fact, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { inBrowser } from "../../../store.ts";
import { dayWords, money } from "../../../words.ts";
import { carrierWords, inFours, receiptWords, subsidyWords } from "../words.ts";

async function ask(number: string): Promise<Receipt> {
  const { receipts } = await call("receipts.mine");
  const receipt = receipts.find((one) => one.number === number);
  if (!receipt) throw new Refused("not-found", "我们没有找到这张票据。", 404);
  return receipt;
}

/** 一张票据 · everything on it, to be shown or printed. */
export default function ReceiptPage() {
  const { number = "" } = useRouter().params;
  const { answer, refused, again } = useAsk(number, () => ask(number));
  return (
    <Page foot={answer && inBrowser && <Button onPress={() => window.print()}>打印</Button>}>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Paper receipt={answer} />}
      {answer && <HowToVerify />}
    </Page>
  );
}

function Paper({ receipt }: { receipt: Receipt }) {
  const { tone, name } = receiptWords(receipt.state);
  const { collector } = receipt;
  return (
    <View className="card paper">
      <Heading level={1}>城乡居民医保缴费票据</Heading>
      <View className={`state ${tone}`}>
        <Icon name={tone} />
        <View className="fill title">{name}</View>
      </View>
      <Fact name="姓名">{receipt.name}</Fact>
      <Fact name="哪一年">{receipt.benefitYear}年</Fact>
      <Fact name="个人付的">
        <Amount value={receipt.amount} />
      </Fact>
      {receipt.repairCost !== "0.00" && <Fact name="其中补缴断保">{money(receipt.repairCost)}</Fact>}
      {receipt.subsidised !== "0.00" && (
        <Fact name={subsidyWords(receipt.subsidisedBy)}>{money(receipt.subsidised)}</Fact>
      )}
      <Fact name="怎么付的">{carrierWords(receipt.carrier)}</Fact>
      {collector && <Fact name="收款人">{collector.name}</Fact>}
      {collector && (
        <Fact name="收款窗口" wide>
          {collector.unitName}
        </Fact>
      )}
      <Fact name="缴费日期">{dayWords(receipt.on)}</Fact>
      {receipt.state === "valid" && (
        <Fact name="保障期" wide>
          {dayWords(receipt.coverFrom)}到{dayWords(receipt.coverUntil)}
        </Fact>
      )}
      <Fact name="参保地" wide>
        {receipt.unitName}
      </Fact>
      <Fact name="票据号" wide>
        <View className="code">{inFours(receipt.number)}</View>
      </Fact>
      <Fact name="校验码" wide>
        <View className="code">{inFours(receipt.checkCode)}</View>
      </Fact>
    </View>
  );
}

function HowToVerify() {
  const site = inBrowser
    ? `打开 ${window.location.origin}${window.location.pathname}#/pages/receipts/verify/index ，`
    : "";
  return <Note tone="plain">别人要核实这张票据，{site}在“查验票据真伪”里输入票据号和校验码就行，不用登录。</Note>;
}
