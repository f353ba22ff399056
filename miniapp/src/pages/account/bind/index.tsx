import { View } from "@tarojs/components";
import { call } from "../../../api.ts";
import { IdentityFields, useIdentityFields } from "../../../parts/identity-fields.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Note } from "../../../parts/tell.tsx";
import { forgetQuotes } from "../../../quotes.ts";
import { back } from "../../../route.ts";
import { binding } from "../drafts.ts";

/** 确认您是谁 · binds the account to a person of the register, once; then back to where one was. */
export default function Bind() {
  const typed = binding.use();
  const { fault, busy, submit } = useIdentityFields(typed, async (body) => {
    await call("residents.bind", { body });
    forgetQuotes();
    binding.clear();
    back();
  });
  return (
    <Page
      foot={
        <Button busy={busy} onPress={submit}>
          确认是我
        </Button>
      }
    >
      <Heading level={1}>您是谁？</Heading>
      <View className="muted">只填一次。请对照您自己的身份证填。</View>
      <View className="card">
        <IdentityFields typed={typed} fault={fault} onChange={binding.change} onDone={submit} />
      </View>
      {fault?.field === "form" && <Note tone="stop">{fault.words}</Note>}
    </Page>
  );
}
