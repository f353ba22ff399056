import { Refusal } from "../../shared/refusal.ts";
import { refused } from "../answer.ts";

/** Every path that no endpoint has · 没有这个地址. */
export const handler = async () => refused(new Refusal("no-such-endpoint"));
