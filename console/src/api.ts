import {
  QueryClient,
  type QueryKey,
  type UseQueryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { client, Refused, refusedIn, type Send } from "../../shared/api/client.ts";
import type { Answered, Asked } from "../../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../../shared/api/endpoints.ts";
import { endSession, renew, session } from "./session.ts";

/** What an endpoint is asked: params, query and body, those that it has; `{}` where it has none. */
export type AskedOf<N extends EndpointName> = Asked<Endpoints[N]>;
/** The body alone. */
export type Body<N extends EndpointName> = AskedOf<N> extends { body: infer B } ? B : never;
/** What an endpoint answers with. */
export type Reply<N extends EndpointName> = Answered<Endpoints[N]>;

/** A request with the officer's token. */
export async function request(method: string, path: string, body: string | undefined): Promise<Response> {
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

/** A token that ran out is renewed once without a word; where the issuer wants to see the officer, they sign in again. */
const send: Send = async ({ method, path, body }) => {
  let response = await request(method, path, body);
  if (response.status === 401 && (await renew())) response = await request(method, path, body);
  const answer: unknown = await response.json().catch(() => null);
  if (response.status === 401) {
    const { code, message } = refusedIn({ status: 401, body: answer });
    await endSession(code === "fault" ? "登录时间到了，请重新登录。" : message);
  }
  return { status: response.status, body: answer };
};

/** A second, then three, and not everybody at once. */
const rest = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, (0.5 + Math.random()) * 1_000 * 3 ** (tries - 1)));

/** 接口 · every call of the console. */
export const call = client(__ROUTES__, send, rest) as <N extends EndpointName>(
  name: N,
  asked: AskedOf<N>,
) => Promise<Reply<N>>;

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
    },
    mutations: { networkMode: "always" },
  },
});

/** How a reading is kept and read again; `recorded` where nothing else is said. */
type How<N extends EndpointName, Shown> = Omit<UseQueryOptions<Reply<N>, Error, Shown>, "queryKey" | "queryFn">;
/** Every reading is recorded: read when it is opened, not again by itself, and nothing of it is kept afterwards. */
export const recorded = { staleTime: 0, gcTime: 0 } as const;
/** What does not change while somebody works. */
export const once = { staleTime: Number.POSITIVE_INFINITY } as const;
/** What changes under one's hands: shown as last read, and read again whenever it is opened. */
export const live = { staleTime: 0 } as const;
/** What changes seldom: good for a minute. */
export const briefly = { staleTime: 60_000 } as const;

/** Where a reading is kept: the endpoint, and what it was asked. The endpoint alone means all that was asked of it. */
export const keyOf = <N extends EndpointName>(name: N, ...asked: [] | [AskedOf<N>]): QueryKey => [name, ...asked];

/** 读 · what an endpoint answers, for as long as the page is open. */
export const useRead = <N extends EndpointName, Shown = Reply<N>>(
  name: N,
  asked: AskedOf<N>,
  how: How<N, Shown> = recorded,
) => useQuery<Reply<N>, Error, Shown>({ ...how, queryKey: keyOf(name, asked), queryFn: () => call(name, asked) });

/** 办 · calls an endpoint at a press; what others answered that is no longer so is read again, after a no as well. */
export function useAct<N extends EndpointName>(name: N, stale: readonly EndpointName[] = []) {
  const reread = useReread();
  return useMutation({
    mutationFn: (asked: AskedOf<N>) => call(name, asked),
    onSettled: () => reread(stale),
  });
}

/** What these endpoints answered is no longer so: what is on the screen of it is read again. */
export function useReread(): (stale: readonly EndpointName[]) => Promise<unknown> {
  const kept = useQueryClient();
  return (stale) => Promise.all(stale.map((name) => kept.invalidateQueries({ queryKey: keyOf(name) })));
}
