import { View } from "@tarojs/components";
import { useEffect } from "react";
import { Note } from "../../parts/tell.tsx";
import { askToday, ownArea, today } from "../../today.ts";

/** Why contributions are not taken now, at all or in the own area, or null where they are. Those of others are refused with their area's sentence. */
export function usePaymentsClosed(): string | null {
  const told = today.use();
  const area = ownArea.use();
  const payments = told?.areas.find(({ code }) => code === area)?.payments ?? told?.payments;
  // Somebody may have stopped them since the app was opened. Without an answer, paying itself says so.
  useEffect(() => void askToday().catch(() => {}), []);
  return payments && !payments.open ? (payments.sentence ?? "现在暂停缴费。") : null;
}

/** 暂停缴费 · said wherever somebody is about to pay. */
export function PaymentsClosed() {
  const sentence = usePaymentsClosed();
  return (
    sentence && (
      <Note tone="attention">
        <View className="title">现在暂停缴费</View>
        <View>{sentence}</View>
        <View>已经参保的，不受影响。</View>
      </Note>
    )
  );
}
