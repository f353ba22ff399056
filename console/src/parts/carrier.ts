import type { Reply } from "../api.ts";

type Carrier = NonNullable<Reply<"refunds-agency.decide">["carrier"]>;

/** 渠道 · how money came, and where it goes back to. */
export const carrierNames: Record<Carrier, { readonly came: string; readonly back: string }> = {
  wechat: { came: "微信支付", back: "退回付款的微信账户" },
  cash: { came: "窗口现金", back: "到窗口领现金" },
};
