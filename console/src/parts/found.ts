import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type AskedOf, call, keyOf, type Reply } from "../api.ts";

/** The searches whose finds are kept: by POST, for what is asked is personal and stays out of addresses. */
type Search = "claims-agency.claims" | "filings-agency.find";

/** 查询 · every search is recorded with its reason; what was found last is kept in memory alone, for the way back from one of it. */
export function useSearch<N extends Search>(name: N) {
  const kept = useQueryClient();
  const key = keyOf(name);
  const search = useMutation({
    mutationFn: (asked: AskedOf<N>) => call(name, asked),
    onSuccess: (found) => kept.setQueryData(key, found),
    onError: () => kept.removeQueries({ queryKey: key }),
  });
  const found = useQuery<Reply<N>>({ queryKey: key, queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY }).data;
  return { found, search };
}
