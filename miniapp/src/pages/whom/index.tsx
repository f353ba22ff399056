import { View } from "@tarojs/components";
import { payment } from "../../drafts.ts";
import { Heading, Page, Way } from "../../parts.tsx";
import { go } from "../../route.ts";

/** 给谁缴费 · the first question of a contribution. */
export default function WhomPage() {
  const forSelf = () => {
    payment.change({ who: "self", benefitYear: null, tier: null, repairYears: 0 });
    go("year");
  };
  const forOther = () => {
    payment.change({ who: "other", benefitYear: null, tier: null, repairYears: 0 });
    go("other");
  };
  return (
    <Page>
      <Heading level={1}>给谁缴费？</Heading>
      <View className="ways">
        <Way icon="person" title="给我自己" onPress={forSelf} />
        <Way icon="people" title="给家人或别人" about="请准备好他（她）的姓名和身份证号" onPress={forOther} />
      </View>
    </Page>
  );
}
