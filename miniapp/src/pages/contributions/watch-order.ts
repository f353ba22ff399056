import { useEffect, useRef } from "react";
import { call, type Order } from "../../api.ts";
import { type Asked, useAsk } from "../../ask.ts";
import { expired } from "../../words.ts";

/** How often, and how long, an order that may just have been paid is looked at (milliseconds). */
const interval = 2_000;
const longest = 180_000;

/** 看结果 · an order, looked at again and again while it may just have been paid; `paid`: the phone says that it was. */
export function useOrder(orderNo: string, paid: boolean): Asked<Order> {
  const looks = useRef(0);
  const asked = useAsk(orderNo, () => look(orderNo, paid, looks.current++));
  const { answer, again } = asked;
  usePolling(answer?.state === "confirming" || (answer?.state === "awaiting-payment" && !expired(answer)), again);
  return asked;
}

/** Asks the channel at first and at every fifth look, in between whether it told the answer by itself. */
const look = (orderNo: string, paid: boolean, n: number): Promise<Order> =>
  n % 5 === 0
    ? call("contributions.confirm", { params: { orderNo }, body: { paid } })
    : call("contributions.order-state", { params: { orderNo } });

function usePolling(on: boolean, ask: () => void): void {
  useEffect(() => {
    if (!on) return;
    const until = Date.now() + longest;
    const polling = setInterval(() => (Date.now() < until ? ask() : clearInterval(polling)), interval);
    return () => clearInterval(polling);
  }, [on, ask]);
}
