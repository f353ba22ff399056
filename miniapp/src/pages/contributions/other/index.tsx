import { View } from "@tarojs/components";
import { IdentityFields, useIdentityFields } from "../../../parts/identity-fields.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Note } from "../../../parts/tell.tsx";
import { quotesOf } from "../../../quotes.ts";
import { returnTo } from "../../../route.ts";
import { payee, payeeKey, payees } from "../drafts.ts";

/** 加别人 · the name and the identity number of somebody whose contribution is to be paid; then back to who is chosen. */
export default function Other() {
  const typed = payee.use();
  const { fault, busy, submit } = useIdentityFields(typed, async ({ name, identityNumber }) => {
    const whom = { who: "other", name, identityNumber } as const;
    await quotesOf(whom);
    const { chosen, others } = payees.get();
    const key = payeeKey(whom);
    payees.change({
      others: [...others.filter((one) => payeeKey(one) !== key), whom],
      chosen: [...chosen.filter((one) => one !== key), key],
    });
    payee.clear();
    returnTo("contributions/whom");
  });
  return (
    <Page
      foot={
        <Button busy={busy} onPress={submit}>
          加上这个人
        </Button>
      }
    >
      <Heading level={1}>加谁？</Heading>
      <View className="muted">请对照他（她）的身份证或户口本填。</View>
      <View className="card">
        <IdentityFields typed={typed} fault={fault} onChange={payee.change} onDone={submit} />
      </View>
      {fault?.field === "form" && <Note tone="stop">{fault.words}</Note>}
    </Page>
  );
}
