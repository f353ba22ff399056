import { useMutation } from "@tanstack/react-query";
import { type Body, call, useReread } from "../../api.ts";
import { readings } from "./words.tsx";

/** What an officer may do to an agreement, and what each needs to be told. */
export type ProviderMove =
  | ({ event: "evaluate" } & Body<"providers.evaluate">)
  | ({ event: "decide" } & Body<"providers.decide">)
  | ({ event: "withdraw" | "suspend" | "resume" | "end" } & Body<"providers.end">);

/** Any of them, by the endpoint of its name. */
export function useProviderMove(code: string) {
  const reread = useReread();
  const params = { code };
  return useMutation({
    mutationFn: (move: ProviderMove) => {
      if (move.event === "evaluate") {
        const { event: _, ...body } = move;
        return call("providers.evaluate", { params, body });
      }
      if (move.event === "decide") {
        const { event: _, ...body } = move;
        return call("providers.decide", { params, body });
      }
      const { event, ...body } = move;
      return call(`providers.${event}`, { params, body });
    },
    onSettled: () => reread(readings),
  });
}
