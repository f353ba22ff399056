import { View } from "@tarojs/components";
import { call, type Me } from "../../api.ts";
import { useAttempt } from "../../ask.ts";
import { Button } from "../../parts/press.tsx";
import { Heading, Note } from "../../parts/tell.tsx";
import { go } from "../../route.ts";

/** 还是这个手机号吗 · asks after the telephone on record, where it is time to; one press answers. */
export function StillYours({ contact, onConfirmed }: { contact: Me["contact"]; onConfirmed: () => void }) {
  const { busy, said, attempt } = useAttempt<"confirm">();
  if (!contact?.ask) return null;
  const { telephone } = contact;
  const confirm = () =>
    attempt("confirm", async () => {
      await call("proof.contact");
      onConfirmed();
    });
  const no = said("confirm");
  return (
    <View className="card">
      <Heading>{telephone ? "手机号还是这个吗？" : "还没有登记您的手机号"}</Heading>
      <View>{telephone ? `登记的是 ${telephone}。` : ""}医保有事时，要打这个电话找您。</View>
      {no && <Note tone="stop">{no}</Note>}
      {telephone ? (
        <>
          <Button quiet busy={busy === "confirm"} onPress={confirm}>
            还是这个
          </Button>
          <Button quiet onPress={() => go("account/telephone")}>
            换了，去改
          </Button>
        </>
      ) : (
        <Button quiet onPress={() => go("account/telephone")}>
          去登记
        </Button>
      )}
    </View>
  );
}
