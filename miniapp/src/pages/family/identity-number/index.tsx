import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { call } from "../../../api.ts";
import { IdentityFields, useIdentityFields } from "../../../parts/identity-fields.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Note } from "../../../parts/tell.tsx";
import { forgetQuotes } from "../../../quotes.ts";
import { back } from "../../../route.ts";
import { identifying } from "../drafts.ts";

/** 补身份证号 · gives a child that was registered by birth certificate its number; what was paid stays the child's. */
export default function IdentityNumber() {
  const { tieNo = "" } = useRouter().params;
  const typed = identifying.use();
  const { fault, busy, submit } = useIdentityFields(typed, async (body) => {
    await call("family.identity-number", { params: { tieNo }, body });
    forgetQuotes();
    identifying.clear();
    back();
  });
  return (
    <Page
      foot={
        <Button busy={busy} onPress={submit}>
          补上身份证号
        </Button>
      }
    >
      <Heading level={1}>孩子的身份证号</Heading>
      <View className="muted">请对照户口本填。已经缴的费还是孩子的，不用重新缴。</View>
      <View className="card">
        <IdentityFields typed={typed} fault={fault} onChange={identifying.change} onDone={submit} />
      </View>
      {fault?.field === "form" && <Note tone="stop">{fault.words}</Note>}
    </Page>
  );
}
