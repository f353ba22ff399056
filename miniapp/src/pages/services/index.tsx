import { View } from "@tarojs/components";
import { Page } from "../../parts/page.tsx";
import { Way } from "../../parts/press.tsx";
import { Heading } from "../../parts/tell.tsx";
import { go } from "../../route.ts";
import { toClaims } from "../claims/to-claims.ts";
import { toCalendar } from "../contributions/to-calendar.ts";
import { startFiling } from "../filings/drafts.ts";

/** 办事 · everything that can be done here. */
export default function Services() {
  return (
    <Page tab="services">
      <Heading level={1}>办事</Heading>
      <View className="ways">
        <Way icon="coin" title="缴费" about="给自己、家人或别人，可以一起付" onPress={() => go("contributions/whom")} />
        <Way icon="care" title="我的费用" about="每次看病谁付了多少，为什么" onPress={() => toClaims()} />
        <Way icon="place" title="异地就医备案" about="去外地看病、打工、长住前先办" onPress={() => startFiling()} />
        <Way icon="check" title="我的备案" about="自己和家人的，办到哪一步" onPress={() => go("filings/mine")} />
        <Way
          icon="qr"
          title="谁用过我的码"
          about="哪家医院、什么用途、什么时候"
          onPress={() => go("credentials/uses")}
        />
        <Way icon="people" title="亲情账户" about="添加家人，谁能替您办" onPress={() => go("family/members")} />
        <Way icon="person" title="登记新生儿" about="还没有身份证号的孩子" onPress={() => go("family/newborn")} />
        <Way icon="list" title="我的缴费单" about="看结果，接着付" onPress={() => go("contributions/orders")} />
        <Way icon="calendar" title="参保日历" about="哪个月有保障，今天缴会怎样" onPress={() => toCalendar()} />
        <Way icon="receipt" title="票据" about="自己和家人的，可以打印" onPress={() => go("receipts/mine")} />
        <Way icon="back-money" title="我的退费" about="看退到哪一步，撤回申请" onPress={() => go("refunds/mine")} />
        <Way icon="question" title="我的争议" about="不是我的费用，金额有疑问" onPress={() => go("claims/disputes")} />
        <Way
          icon="check"
          title="查验票据真伪"
          about="不用登录，输票据号和校验码"
          onPress={() => go("receipts/verify")}
        />
      </View>
    </Page>
  );
}
