import { View } from "@tarojs/components";
import { payment } from "../../drafts.ts";
import { Heading, Page, Way } from "../../parts.tsx";
import { go } from "../../route.ts";

/** 办事 · everything that can be done here. */
export default function Services() {
  const forOther = () => {
    payment.change({ who: "other", benefitYear: null, tier: null, repairYears: 0 });
    go("other");
  };
  return (
    <Page tab="services">
      <Heading level={1}>办事</Heading>
      <View className="ways">
        <Way icon="coin" title="缴费" about="先看清多少钱、哪天起能报销，再付钱" onPress={() => go("whom")} />
        <Way icon="people" title="给家人或别人缴费" about="知道姓名和身份证号就能缴" onPress={forOther} />
        <Way icon="list" title="我的缴费单" about="看结果，接着付，或者取消" onPress={() => go("orders")} />
      </View>
    </Page>
  );
}
