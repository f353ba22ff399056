import { View } from "@tarojs/components";
import { payment } from "../../drafts.ts";
import { Button, Heading, Note, Page } from "../../parts.tsx";
import { quotesOf } from "../../quotes.ts";
import { go } from "../../route.ts";
import { useWho, WhoFields } from "../../who.tsx";

/** 给家人或别人缴费 · the name and the identity number of somebody whose contribution is to be paid. */
export default function Other() {
  const typed = payment.use();
  const { fault, busy, submit } = useWho(typed, async ({ name, identityNumber }) => {
    await quotesOf({ who: "other", name, identityNumber });
    payment.change({ who: "other" });
    go("year");
  });
  return (
    <Page
      foot={
        <Button busy={busy} onPress={submit}>
          下一步
        </Button>
      }
    >
      <Heading level={1}>给谁缴费？</Heading>
      <View className="muted">请对照他（她）的身份证或户口本填。</View>
      <View className="card">
        <WhoFields typed={typed} fault={fault} onChange={payment.change} onDone={submit} />
      </View>
      {fault?.field === "form" && <Note tone="stop">{fault.words}</Note>}
    </Page>
  );
}
