import { Refusal } from "../../shared/refusal.ts";
import { refused } from "../http.ts";

/** Every path that no endpoint has · 没有这个地址. */
export const handler = async () => refused(new Refusal("no-such-endpoint"));
