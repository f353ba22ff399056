import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Body, call, keyOf } from "../../api.ts";
import type { Inquiry } from "./words.tsx";

/** What an officer may do to an inquiry, and what each needs to be told. */
export type InquiryMove =
  | { event: "take" | "hand-back" }
  | ({ event: "log-call" } & Body<"inquiries.log-call">)
  | ({ event: "answer" } & Body<"inquiries.answer">)
  | ({ event: "withdraw" } & Body<"inquiries.withdraw">);

/** The answer takes the place of what was read; after a no it is read again, for somebody was faster. */
export function useInquiryMove(inquiryNo: string) {
  const kept = useQueryClient();
  const params = { inquiryNo };
  const key = keyOf("inquiries.one", { params });
  return useMutation({
    mutationFn: (move: InquiryMove): Promise<Inquiry> => {
      switch (move.event) {
        case "log-call": {
          const { event: _, ...body } = move;
          return call("inquiries.log-call", { params, body });
        }
        case "answer": {
          const { event: _, ...body } = move;
          return call("inquiries.answer", { params, body });
        }
        case "withdraw": {
          const { event: _, ...body } = move;
          return call("inquiries.withdraw", { params, body });
        }
        default:
          return call(`inquiries.${move.event}`, { params });
      }
    },
    onSuccess: (inquiry) => kept.setQueryData<Inquiry>(key, inquiry),
    onError: () => kept.invalidateQueries({ queryKey: key }),
  });
}
