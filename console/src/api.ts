import { QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Call, client, Refused, type Send } from "../../shared/api/client.ts";
import type { Answered, Asked } from "../../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../../shared/api/endpoints.ts";
import type { Day } from "../../shared/day.ts";
import { endSession, renew, session } from "./session.ts";

type Reply<N extends EndpointName> = Answered<Endpoints[N]>;
export type Officer = Reply<"officers.me">;
export type Board = Reply<"progress.board">;
export type Names = Reply<"progress.names">;
export type Villager = Names["people"][number];
export type VisitOutcome = Asked<Endpoints["progress.visit"]>["body"]["outcome"];
export type TrialBalance = Reply<"ledger.trial-balance">;

async function request(method: string, path: string, body: string | undefined): Promise<Response> {
  const user = await session.getUser();
  try {
    return await fetch(path, {
      method,
      headers: {
        ...(user && { authorization: `Bearer ${user.access_token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: body ?? null,
    });
  } catch {
    throw new Refused("offline", "现在连不上网络，请检查网络后再试。", 0);
  }
}

/** A token that ran out is renewed once without a word; where the issuer wants to see the officer, he signs in again. */
const send: Send = async ({ method, path, body }) => {
  let response = await request(method, path, body);
  if (response.status === 401 && (await renew())) response = await request(method, path, body);
  const answer: unknown = await response.json().catch(() => null);
  if (response.status === 401) {
    await endSession((answer as { message?: string } | null)?.message ?? "登录时间到了，请重新登录。");
  }
  return { status: response.status, body: answer };
};

/** 接口 · every call of the console. */
export const call: Call = client(__ROUTES__, send);

/** Is it the network or the system that failed, and not a no? Then it is worth another try. */
export const isFault = (error: Error): boolean =>
  !(error instanceof Refused) || error.status === 0 || error.status >= 500;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Offline is shown, not waited out in silence.
      networkMode: "always",
      refetchOnWindowFocus: false,
      retry: (failures, error) => isFault(error) && failures < 2,
      retryDelay: 800,
      staleTime: 60_000,
    },
    mutations: { networkMode: "always" },
  },
});

export const useToday = () =>
  useQuery({ queryKey: ["today"], queryFn: () => call("about.today"), refetchInterval: 60_000 });

export const useOfficer = () =>
  useQuery({
    queryKey: ["officer"],
    queryFn: () => call("officers.me"),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How often a board looks again while it is on the screen: a payment is seen within two seconds. */
const lookEvery = 1_500;

/** 参保进度 of a unit; looks again by itself. Once refused it rests. */
export const useBoard = (unit: string, year: number, { live }: { live: boolean }) =>
  useQuery({
    queryKey: ["board", unit, year],
    queryFn: () => call("progress.board", { params: { unit }, query: { year: String(year) } }),
    staleTime: 0,
    refetchInterval: ({ state }) => (live && !(state.error && !isFault(state.error)) ? lookEvery : false),
    refetchOnWindowFocus: live,
  });

/** 名单 of a village. Every reading of it is recorded, so it is read when asked for and not again by itself. */
export const useNames = (unit: string, year: number) =>
  useQuery({
    queryKey: ["names", unit, year],
    queryFn: () => call("progress.names", { params: { unit }, query: { year: String(year) } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** 登记走访 · the list is not read again: the answer takes its place in the row. */
export function useVisit(unit: string, year: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (visit: { personNo: string; outcome: VisitOutcome; note: string }) =>
      call("progress.visit", { body: { ...visit, year } }),
    onSuccess: (visit, { personNo }) =>
      client.setQueryData<Names>(
        ["names", unit, year],
        (names) =>
          names && {
            ...names,
            people: names.people.map((one) => (one.personNo === personNo ? { ...one, visit } : one)),
          },
      ),
  });
}

export const useTelephone = () =>
  useMutation({
    mutationFn: (asked: { personNo: string; reason: string }) => call("progress.telephone", { body: asked }),
  });

export function useTarget(unit: string, year: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (target: string) => call("progress.target", { params: { unit }, body: { year, target } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["board"] }),
  });
}

export const useTrialBalance = (from: Day, until: Day) =>
  useQuery({
    queryKey: ["trial-balance", from, until],
    queryFn: () => call("ledger.trial-balance", { query: { from, until } }),
    staleTime: 0,
  });

/** Turns the business day of a demonstration; everything on the screen is read again. */
export function useBusinessDay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (day: Day) => {
      const response = await request("POST", "/demonstration/business-day", JSON.stringify({ day }));
      if (!response.ok) throw new Refused("malformed", "业务日期没有改成，请再试一次。", response.status);
    },
    onSuccess: () => client.invalidateQueries(),
  });
}
