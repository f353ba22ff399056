import { View } from "@tarojs/components";
import Taro from "@tarojs/taro";
import type { ReactNode } from "react";
import { offline } from "../api.ts";
import { useElder } from "../elder.ts";
import { back, go, goToTab } from "../route.ts";
import type { Tab } from "../screens.ts";
import { inBrowser } from "../store.ts";
import { today } from "../today.ts";
import { dayWords, hotline } from "../words.ts";
import { Icon } from "./icon.tsx";
import { Press, role } from "./press.tsx";

/** A page: the bars on top, what is on it, somebody to ask, the button at the bottom or the tabs. */
export function Page({ tab, foot, children }: { tab?: Tab; foot?: ReactNode; children: ReactNode }) {
  const [elder] = useElder();
  return (
    <View className={`page${elder ? " elder" : ""}`}>
      <Demonstration />
      <Disconnected />
      {inBrowser && !tab && (
        <View className="top">
          <Press className="text-button" onPress={back}>
            <Icon name="back" />
            返回
          </Press>
        </View>
      )}
      <View className="main">
        {children}
        <Hotline />
      </View>
      {foot && <View className="foot">{foot}</View>}
      {tab && <Tabs current={tab} />}
    </View>
  );
}

/** 演示 · says that this is one, and on which business day. */
function Demonstration() {
  const told = today.use();
  if (!told?.demonstration) return null;
  return (
    <View className="bar attention">
      <View className="fill">
        <View>演示数据，都是编造的</View>
        <View>业务日期 {dayWords(told.today)}</View>
      </View>
      {inBrowser && (
        <Press className="text-button" onPress={() => go("demonstration/business-day")}>
          改日期
        </Press>
      )}
    </View>
  );
}

function Disconnected() {
  return offline.use() ? (
    <View className="bar stop" {...role("status")}>
      <Icon name="stop" />
      <View className="fill">现在没有网络，看到的可能不是最新的。</View>
    </View>
  ) : null;
}

/** 打电话给服务热线. */
function Hotline() {
  const call = () => {
    if (inBrowser) window.location.href = `tel:${hotline}`;
    else void Taro.makePhoneCall({ phoneNumber: hotline });
  };
  return (
    <Press className="text-button" onPress={call}>
      <Icon name="telephone" />打{hotline}问一问
    </Press>
  );
}

const tabs = [
  { name: "home", title: "首页", icon: "home" },
  { name: "code", title: "医保码", icon: "qr" },
  { name: "services", title: "办事", icon: "grid" },
  { name: "me", title: "我的", icon: "person" },
] as const;

function Tabs({ current }: { current: Tab }) {
  return (
    <View className="tabs" {...role("navigation")}>
      {tabs.map(({ name, title, icon }) => (
        <Press
          key={name}
          kind="link"
          current={name === current}
          className={`tab${name === current ? " current" : ""}`}
          onPress={() => name !== current && goToTab(name)}
        >
          <Icon name={icon} />
          {title}
        </Press>
      ))}
    </View>
  );
}
