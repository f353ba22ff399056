import { View } from "@tarojs/components";
import Taro, { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { Button, Heading, Note, Page } from "../../parts.tsx";
import { arrive } from "../../route.ts";

/** 去支付 · how to pay in a browser, from WeChat; then the order's own page says whether the money came. */
export default function Cashier() {
  const { orderNo = "", cashier = "" } = useRouter().params;
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await Taro.setClipboardData({ data: decodeURIComponent(cashier) });
    setCopied(true);
  };
  return (
    <Page>
      <Heading level={1}>在手机浏览器里付款</Heading>
      <View className="card">
        <View>微信里还不能直接付款。请这样做：</View>
        <View>1. 点下面的按钮，复制付款地址。</View>
        <View>2. 打开手机浏览器，粘贴地址，付款。</View>
        <View>3. 回到这里，点“我付好了”。</View>
        {copied && <Note tone="done">付款地址已复制。</Note>}
        <Button onPress={() => void copy()}>复制付款地址</Button>
        <Button quiet onPress={() => arrive("result", { orderNo })}>
          我付好了
        </Button>
      </View>
    </Page>
  );
}
