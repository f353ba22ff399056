import { shown, type Yuan } from "../../shared/money.ts";
import { type Html, html, page } from "../page.ts";
import type { BookedTrade, Delivery } from "./book.ts";

/** What somebody at the cashier does: the last two let a tester see a notification come late, or never. */
export type Choice = "pay" | "pay-told-late" | "pay-untold" | "cancel";

export const choices: readonly Choice[] = ["pay", "pay-told-late", "pay-untold", "cancel"];

const style = html`<style>
main{max-width:480px}form{margin:0}
button.wide{width:100%;margin:8px 0 0;padding:12px 16px;font-size:20px;line-height:28px}
details{margin-top:24px}summary{min-height:48px;line-height:48px;cursor:pointer}
button.plain{width:100%;min-height:48px;margin:6px 0;padding:10px 16px;text-align:left;font-size:16px;line-height:26px}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px;margin:0}dd{margin:0;overflow-wrap:anywhere}
.card.who{text-align:center}
</style>`;

/** 收银台 · what is paid, to whom, one button; a tester's choices lie folded below. `back` leads to the merchant. */
export function cashierPage(
  trade: BookedTrade | null,
  around: { merchant: string; back: string; now: number; deliveries: readonly Delivery[]; cancelled: boolean },
): string {
  const { merchant, back, now, deliveries, cancelled } = around;
  if (!trade) return page("收银台", html`<h1>没有这张订单</h1><p>请回到居民医保重新打开支付。</p>`);
  const body = html`${style}<h1>收银台</h1><p class="note">演示环境，不会真的扣款。</p>
    <div class="card who"><div>${merchant}</div><div class="amount">${shown(trade.total as Yuan)}</div></div>
    <div class="card"><dl><dt class="muted">内容</dt><dd>${trade.description}</dd>
      <dt class="muted">单号</dt><dd>${trade.orderNo}</dd></dl></div>
    ${cancelled ? html`<p role="status">没有支付，也没有扣款。</p>` : html``}
    ${stateOf(trade, now, deliveries, back)}`;
  return page("收银台", body);
}

function stateOf(trade: BookedTrade, now: number, deliveries: readonly Delivery[], back: string): Html {
  const leave = html`<p><a class="button" id="back" href="${back}">返回居民医保</a></p>`;
  if (trade.state === "SUCCESS") return html`<p role="status">已支付。${toldOf(deliveries)}</p>${leave}`;
  if (trade.state === "REFUND") return html`<p role="status">已支付，后来申请了退款。</p>${leave}`;
  if (trade.state === "CLOSED") return html`<p role="status">订单已关闭，没有扣款。</p>${leave}`;
  if (trade.expiresAt <= now) return html`<p role="status">已超过支付时间，没有扣款。</p>${leave}`;
  return html`<form method="post"><button class="wide" id="pay" name="choice" value="pay">支付 ${shown(trade.total as Yuan)}</button>
    <p><a id="back" href="${back}">暂不支付，返回居民医保</a></p>
    <details><summary>测试选项</summary>
      <button class="plain" name="choice" value="pay-told-late">支付，但通知迟到</button>
      <button class="plain" name="choice" value="pay-untold">支付，但通知丢失（只有查询才能知道）</button>
      <button class="plain" name="choice" value="cancel">取消支付</button>
    </details></form>`;
}

function toldOf(deliveries: readonly Delivery[]): string {
  const last = deliveries.at(-1);
  if (!last) return "";
  const { state, attempts } = last;
  if (state === "delivered") return "已通知居民医保。";
  if (state === "lost") return "按测试选项，没有通知居民医保。";
  if (state === "given-up") return `通知了${attempts}次都没有收到应答，不再通知。`;
  return attempts > 0 ? `已通知${attempts}次，还没有收到应答，会继续通知。` : "还没有通知居民医保，稍后会通知。";
}
