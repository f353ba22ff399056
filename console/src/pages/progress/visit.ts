import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type AskedOf, call, keyOf } from "../../api.ts";
import type { Names } from "./villager.tsx";

/** 登记走访 · the list is not read again: the answer takes its place in the row. */
export function useVisit(unit: string, year: number) {
  const kept = useQueryClient();
  return useMutation({
    mutationFn: (asked: AskedOf<"progress.visit">) => call("progress.visit", asked),
    onSuccess: (visit, { body: { personNo } }) =>
      kept.setQueryData<Names>(
        keyOf("progress.names", { params: { unit }, query: { year: String(year) } }),
        (names) =>
          names && {
            ...names,
            people: names.people.map((one) => (one.personNo === personNo ? { ...one, visit } : one)),
          },
      ),
  });
}
