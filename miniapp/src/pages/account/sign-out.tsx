import { View } from "@tarojs/components";
import { useState } from "react";
import { call, signOut } from "../../api.ts";
import { useAttempt } from "../../ask.ts";
import { clearDrafts } from "../../drafts.ts";
import { Button } from "../../parts/press.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { Note } from "../../parts/tell.tsx";
import { forgetQuotes } from "../../quotes.ts";
import { forgetCodes, type PhoneCode, phoneCodes } from "../credentials/phone-codes.ts";

/** 退出登录 · of this phone, or of every phone and computer. */
export function SignOut() {
  const [everywhere, ask] = useState(false);
  const { busy, said, attempt } = useAttempt<"here" | "account" | "person">();
  const here = () =>
    attempt("here", async () => {
      await takeOffCodes();
      forget();
    });
  // Whoever is told that all are out must be able to believe it: the server comes first.
  const all = (of: "account" | "person") =>
    attempt(of, async () => {
      await takeOffCodes();
      await call(`sign-in.sign-out-${of}`);
      forget();
    });
  const no = said("account") ?? said("person");
  return (
    <>
      <Button quiet busy={busy === "here"} onPress={here}>
        退出登录
      </Button>
      <Button quiet onPress={() => ask(true)}>
        退出所有设备
      </Button>
      <Sheet
        title={everywhere ? "退出所有设备？" : null}
        close="先不退出"
        act={
          <>
            <Button busy={busy === "account"} onPress={() => all("account")}>
              退出这个账号
            </Button>
            <Button quiet busy={busy === "person"} onPress={() => all("person")}>
              退出我的所有账号
            </Button>
          </>
        }
        onClose={() => ask(false)}
      >
        <View>手机丢了，或者在别人的手机上登录过，可以这样退出。这部手机也要重新登录。</View>
        <View>“我的所有账号”是绑定了您本人的微信和手机号，要先核验是您本人。</View>
        {no && <Note tone="stop">{no}</Note>}
      </Sheet>
    </>
  );
}

/** Its codes leave this phone; where the server cannot be told now, the person removes the phone from another one. */
const takeOffCodes = () => Promise.allSettled(phoneCodes.get().map(takenOff));

const takenOff = ({ tie, deviceNo }: PhoneCode) =>
  call("credentials.remove-phone", { params: { deviceNo }, query: tie === null ? {} : { tie } });

function forget(): void {
  void signOut();
  forgetCodes();
  clearDrafts();
  forgetQuotes();
}
