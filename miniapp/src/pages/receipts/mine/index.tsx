import { View } from "@tarojs/components";
import { call, type Receipt } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press, Way } from "../../../parts/press.tsx";
import { Amount, Heading, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { receiptWords } from "../words.ts";

/** 票据 · one's own and the family's, year by year, the newest first. */
export default function Receipts() {
  const { answer, refused, again } = useAsk("receipts", () => call("receipts.mine"));
  const receipts = answer?.receipts ?? [];
  const years = [...new Set(receipts.map(({ benefitYear }) => benefitYear))];
  return (
    <Page>
      <Heading level={1}>票据</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && receipts.length === 0 && <Nothing />}
      {years.map((year) => (
        <OfYear key={year} year={year} receipts={receipts.filter(({ benefitYear }) => benefitYear === year)} />
      ))}
      {answer && (
        <View className="ways">
          <Way icon="check" title="查验票据真伪" about="谁都可以查，不用登录" onPress={() => go("receipts/verify")} />
        </View>
      )}
    </Page>
  );
}

function Nothing() {
  return (
    <View className="card">
      <View>还没有票据。在这里缴费参保以后，每一年的票据都会在这里。</View>
      <Button onPress={() => go("contributions/whom")}>去缴费</Button>
    </View>
  );
}

function OfYear({ year, receipts }: { year: number; receipts: readonly Receipt[] }) {
  return (
    <>
      <Heading>{year}年</Heading>
      {receipts.map((receipt) => (
        <Row key={receipt.number} receipt={receipt} />
      ))}
    </>
  );
}

function Row({ receipt: { number, name, self, state, amount } }: { receipt: Receipt }) {
  const { tone, name: called } = receiptWords(state);
  return (
    <Press className="card order" onPress={() => go("receipts/one", { number })}>
      <View className="fill">
        <View className="title">{self ? `${name}（自己）` : name}</View>
        <View className={`state ${tone}`}>
          <Icon name={tone} />
          <View className="fill">{called}</View>
        </View>
      </View>
      <Amount value={amount} />
      <Icon name="forward" />
    </Press>
  );
}
