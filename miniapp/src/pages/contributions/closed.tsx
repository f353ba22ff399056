import { View } from "@tarojs/components";
import { useEffect } from "react";
import { Note } from "../../parts/tell.tsx";
import { askToday, today } from "../../today.ts";

/** Why contributions are not taken now, or null where they are. */
export function usePaymentsClosed(): string | null {
  const payments = today.use()?.payments;
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
