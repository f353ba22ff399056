import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { useEffect } from "react";
import { call, Refused } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { qrDrawing } from "../../../parts/qr.ts";
import { Amount, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { arrive } from "../../../route.ts";
import { today } from "../../../today.ts";
import { useOrder } from "../watch-order.ts";
import "./scan.scss";

async function askCode(orderNo: string): Promise<string> {
  const opened = await call("contributions.pay", { params: { orderNo }, body: { how: "native" } });
  if (opened.how !== "native") throw new Refused("fault", "没有拿到付款码，请再试一次。", 0);
  return opened.code;
}

/** 扫码支付 · on a computer: a code for WeChat's camera; the page goes on by itself when the money has come. */
export default function Scan() {
  const { orderNo = "" } = useRouter().params;
  const { answer: order } = useOrder(orderNo, false);
  const { answer: code, refused, again } = useAsk(`code ${orderNo}`, () => askCode(orderNo));
  const open = !order || order.state === "awaiting-payment";
  const told = (query?: Record<string, string>) => arrive("contributions/result", { orderNo, ...query });
  useEffect(() => {
    if (!open) arrive("contributions/result", { orderNo });
  }, [open, orderNo]);
  return (
    <Page>
      <Heading level={1}>用微信扫码支付</Heading>
      {open && refused && !code && <Problem refused={refused} onRetry={again} />}
      {!refused && !code && <Skeleton />}
      {code && (
        <View className="card center">
          {order && <Amount large value={order.total} />}
          <View className="qr">
            <img className="payment-code" src={qrDrawing(code)} alt="付款码" />
          </View>
          <View>打开手机微信，点“扫一扫”，对准这个码。</View>
          <Note tone="waiting">付好以后，这一页会自己更新。</Note>
          <Cashier code={code} />
        </View>
      )}
      <View className="ways-on">
        <Button quiet onPress={() => told({ paid: "1" })}>
          我付好了
        </Button>
        <Press className="text-button" onPress={() => told()}>
          先不付，看缴费单
        </Press>
      </View>
    </Page>
  );
}

/** In the demonstration the code is the address of the cashier's page. */
function Cashier({ code }: { code: string }) {
  if (!today.use()?.demonstration) return null;
  return (
    <Press className="text-button" kind="link" onPress={() => window.open(code, "_blank")}>
      演示：在本机打开收银台
    </Press>
  );
}
