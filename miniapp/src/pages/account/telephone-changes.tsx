import { View } from "@tarojs/components";
import { call, type Me } from "../../api.ts";
import { useAttempt } from "../../ask.ts";
import { Button } from "../../parts/press.tsx";
import { Heading, Note } from "../../parts/tell.tsx";
import { momentWords } from "../../words.ts";

/** 等待生效的换号 · what waits and can be stopped from here, with one press: one's own, and what concerns the number signed in with. */
export function TelephoneChanges({ me, onStopped }: { me: Me; onStopped: () => void }) {
  const { busy, said, attempt } = useAttempt<string>();
  return me.telephoneChanges.map(({ changeNo, name, telephone, effectiveAt }) => {
    const stop = () =>
      attempt(changeNo, async () => {
        await call("proof.stop-telephone", { body: { changeNo } });
        onStopped();
      });
    const no = said(changeNo);
    return (
      <View key={changeNo} className="card">
        <Heading>有一个换手机号在等着生效</Heading>
        <Note tone="attention">
          {name}登记的手机号，要到{momentWords(effectiveAt)}
          {telephone ? `换成 ${telephone}` : "换成另一个"}。
        </Note>
        <View>不是本人申请的，或者号码写错了，请现在停止。停止以后，登记的手机号不变。</View>
        {no && <Note tone="stop">{no}</Note>}
        <Button busy={busy === changeNo} onPress={stop}>
          停止换号
        </Button>
      </View>
    );
  });
}
