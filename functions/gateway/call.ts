import { endpoints } from "../../shared/api/gateway.ts";
import { http } from "../http.ts";
import { answerMessage } from "./message.ts";

/** POST /gateway · 两定机构接口: one national message, signed by its provider, answered in the same envelope. */
export const handler = http(endpoints["gateway.call"], ({ message }) => answerMessage(message));
