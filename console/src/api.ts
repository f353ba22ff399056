import { QueryClient, skipToken, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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
type Body<N extends EndpointName> = Asked<Endpoints[N]> extends { body: infer B } ? B : never;
export type Found = Reply<"counter.find">;
export type PaperSeen = Body<"counter.code">["seen"];
export type Owed = Reply<"counter.owed">;
export type PersonLine = Reply<"counter.orders">["lines"][number];
export type CashOrder = Reply<"counter.order">;
export type Receipt = Reply<"counter.receipt">["receipts"][number];
export type Tie = Reply<"family-agency.review">;
export type Refund = Reply<"refunds-agency.decide">;
export type Reconciliation = Reply<"payments.differences">;
export type Provider = Reply<"providers.one">;
export type ProviderRow = Reply<"providers.list">["providers"][number];
export type ProviderFilter = Pick<Asked<Endpoints["providers.list"]>["query"], "state" | "kind" | "q">;
export type Suspense = Reply<"payments.suspense">["items"][number];
export type ClaimSearch = Body<"claims-agency.claims">;
export type ClaimRow = Reply<"claims-agency.claims">["claims"][number];
export type ClaimPage = Reply<"claims-agency.claim">;
export type ClaimLine = Reply<"claims-agency.lines">["lines"][number];
export type Dispute = Reply<"claims-agency.disputes">["disputes"][number];
export type DisputeCase = Reply<"claims-agency.dispute">;
export type CredentialFound = Reply<"credentials-agency.find">;
export type CodeUse = CredentialFound["uses"][number];
export type CodeCase = Reply<"credentials-agency.cases">["cases"][number];
export type ProviderUse = Reply<"credentials-agency.usage">["uses"][number];
export type PaperCode = Reply<"credentials-agency.paper">;
export type Filing = Reply<"filings-agency.one">["filing"];
export type FilingCase = Reply<"filings-agency.one">;
export type FilingsFound = Reply<"filings-agency.find">;
export type FilingOptions = FilingCase["options"];
export type FilingDecision = Body<"filings-agency.decide">;
export type FilingAsked = Body<"filings-agency.file">;
export type FilingExample = Reply<"filings-agency.example">;
export type FilingExampleAsked = Body<"filings-agency.example">;
export type FilingDestination = Reply<"filings-agency.where">["destinations"][number];
export type ApprovedFiling = Reply<"filings-agency.approve-many">["results"][number];
export type InquirySide = Asked<Endpoints["inquiries.list"]>["query"]["side"];
export type InquiryRow = Reply<"inquiries.list">["open"][number];
export type Inquiry = Reply<"inquiries.one">;
export type InquiryAsked = Body<"inquiries.ask">;
export type AccessSearch = Body<"claims-agency.access">;
export type Look = Reply<"claims-agency.access">["looks"][number];

export type CatalogueItem = Reply<"catalogue.search">["items"][number];
export type Listed = NonNullable<CatalogueItem["version"]>;
export type CatalogueRefusal = Reply<"catalogue.import">["refusals"][number];

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

/** 窗口找人 · every look is recorded; what was found is kept by the page, nothing of it in the address. */
export const useFind = () =>
  useMutation({ mutationFn: (body: Body<"counter.find">) => call("counter.find", { body }) });

export const useCounterCode = (personNo: string) =>
  useMutation({ mutationFn: (seen: PaperSeen) => call("counter.code", { params: { personNo }, body: { seen } }) });

export const useCounterTelephone = (personNo: string) =>
  useMutation({
    mutationFn: (body: Body<"counter.telephone">) => call("counter.telephone", { params: { personNo }, body }),
  });

export const useRecovery = (personNo: string) =>
  useMutation({ mutationFn: (seen: PaperSeen) => call("counter.recover", { params: { personNo }, body: { seen } }) });

/** 应缴 of whoever stands at the counter; every reading of it is recorded. */
export const useOwed = (personNo: string, { benefitYear, tier }: { benefitYear: number; tier: number }) =>
  useQuery({
    queryKey: ["owed", personNo, benefitYear, tier],
    queryFn: () => call("counter.owed", { params: { personNo }, body: { benefitYear, tier } }),
    staleTime: 0,
    gcTime: 0,
  });

/** 亲情账户 of whoever stands at the counter; every reading of it is recorded. */
export const usePersonTies = (personNo: string) =>
  useQuery({
    queryKey: ["ties", personNo],
    queryFn: () => call("counter.ties", { params: { personNo } }),
    staleTime: 0,
    gcTime: 0,
  });

/** 缴费记录 of one person; every reading of it is recorded. */
export const usePersonLines = (personNo: string) =>
  useQuery({
    queryKey: ["lines", personNo],
    queryFn: () => call("counter.orders", { params: { personNo } }),
    staleTime: 0,
    gcTime: 0,
  });

export const useCash = () => useDecision(["lines"], (body: Body<"counter.order">) => call("counter.order", { body }));

/** 票据 of an order of the counter, to be printed; that they were read is recorded. */
export const useReceipts = () =>
  useMutation({ mutationFn: (orderNo: string) => call("counter.receipt", { params: { orderNo } }) });

export const useGiveBack = () =>
  useMutation({
    mutationFn: ({ orderNo, seen }: { orderNo: string; seen: PaperSeen }) =>
      call("counter.give-back", { params: { orderNo }, body: { seen } }),
  });

/** 亲情账户待办 of the officer's unit; every reading of it is recorded. */
export const useTies = () =>
  useQuery({ queryKey: ["ties"], queryFn: () => call("family-agency.reviews"), staleTime: 0, gcTime: 0 });

/** A mutation after which lists are read again. */
function useDecision<A, R>(lists: readonly string[], mutationFn: (asked: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: [list] }))),
  });
}

export const useReview = () =>
  useDecision(["ties"], ({ tieNo, ...body }: { tieNo: string } & Body<"family-agency.review">) =>
    call("family-agency.review", { params: { tieNo }, body }),
  );

export const useConsent = () =>
  useDecision(["ties"], ({ tieNo, seen }: { tieNo: string; seen: PaperSeen }) =>
    call("family-agency.consent", { params: { tieNo }, body: { seen } }),
  );

export const useChildsNumber = () =>
  useDecision(["ties"], ({ tieNo, ...body }: { tieNo: string } & Body<"family-agency.identity-number">) =>
    call("family-agency.identity-number", { params: { tieNo }, body }),
  );

/** 退费待办 of a unit; every reading of it is recorded. */
export const useRefunds = (unit: string) =>
  useQuery({
    queryKey: ["refunds", unit],
    queryFn: () => call("refunds-agency.worklist", { query: { unit } }),
    staleTime: 0,
    gcTime: 0,
  });

export const useProposal = () =>
  useDecision(["refunds", "lines"], (body: Body<"refunds-agency.propose">) => call("refunds-agency.propose", { body }));

export const useRefundDecision = () =>
  useDecision(["refunds", "lines"], ({ refundNo, ...body }: { refundNo: string } & Body<"refunds-agency.decide">) =>
    call("refunds-agency.decide", { params: { refundNo }, body }),
  );

export const useRefundAgain = () =>
  useDecision(["refunds", "lines"], (refundNo: string) => call("refunds-agency.again", { params: { refundNo } }));

export const usePayOut = () =>
  useDecision(["refunds", "lines"], ({ refundNo, seen }: { refundNo: string; seen: PaperSeen }) =>
    call("counter.pay-out", { params: { refundNo }, body: { seen } }),
  );

export const useDifferences = () =>
  useQuery({ queryKey: ["differences"], queryFn: () => call("payments.differences"), staleTime: 0 });

export const useSuspense = () =>
  useQuery({ queryKey: ["suspense"], queryFn: () => call("payments.suspense"), staleTime: 0 });

export const useReturn = () =>
  useDecision(["suspense"], (suspenseNo: string) => call("payments.return", { params: { suspenseNo } }));

export const usePaymentSwitch = () =>
  useDecision(["today"], (body: Body<"payments.switch">) => call("payments.switch", { body }));

/** 查医保目录; while the next answer is on its way the last one stays. */
export const useCatalogue = (query: Asked<Endpoints["catalogue.search"]>["query"]) =>
  useQuery({
    queryKey: ["catalogue", "search", query],
    queryFn: () => call("catalogue.search", { query }),
    enabled: query.q !== "",
    placeholderData: (before) => before,
  });

export const useItem = (code: string) =>
  useQuery({ queryKey: ["catalogue", "item", code], queryFn: () => call("catalogue.item", { params: { code } }) });

export const useCatalogueCounts = () =>
  useQuery({ queryKey: ["catalogue", "imports"], queryFn: () => call("catalogue.imports"), staleTime: 0 });

/** 定点机构 of the officer's unit, page by page. */
export const useProviders = (filter: ProviderFilter) =>
  useInfiniteQuery({
    queryKey: ["providers", filter],
    queryFn: ({ pageParam }) =>
      call("providers.list", { query: { ...filter, ...(pageParam !== "" && { after: pageParam }) } }),
    initialPageParam: "",
    getNextPageParam: ({ providers, more }) => (more ? (providers.at(-1)?.code ?? null) : null),
    staleTime: 0,
  });

export const useProvider = (code: string) =>
  useQuery({ queryKey: ["provider", code], queryFn: () => call("providers.one", { params: { code } }), staleTime: 0 });

const providerLists = ["providers", "provider"] as const;

export const useApplication = () =>
  useDecision(providerLists, (body: Body<"providers.apply">) => call("providers.apply", { body }));

export const useProviderChange = (code: string) =>
  useDecision(providerLists, (body: Body<"providers.change">) => call("providers.change", { params: { code }, body }));

/** What an officer may do to an agreement, and what each needs to be told. */
export type ProviderMove =
  | ({ event: "evaluate" } & Body<"providers.evaluate">)
  | ({ event: "decide" } & Body<"providers.decide">)
  | ({ event: "withdraw" | "suspend" | "resume" | "end" } & Body<"providers.end">);

export const useProviderMove = (code: string) =>
  useDecision(providerLists, (move: ProviderMove) => {
    const params = { code };
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
  });

export const useNewKey = (code: string) =>
  useDecision(providerLists, (body: Body<"providers.key">) => call("providers.key", { params: { code }, body }));

export const useEndKey = (code: string) =>
  useDecision(providerLists, ({ keyNo, ...body }: { keyNo: string } & Body<"providers.end-key">) =>
    call("providers.end-key", { params: { code, keyNo }, body }),
  );

export const useProviderImport = () =>
  useDecision(providerLists, (body: Body<"providers.import">) => call("providers.import", { body }));

const claimsFound = ["claims-found"];

/** 查询费用 · every search is recorded with its reason; what was found is kept in memory alone, for the way back from a claim. */
export function useClaimSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ClaimSearch) => call("claims-agency.claims", { body }),
    onSuccess: (found) => client.setQueryData(claimsFound, found),
    onError: () => client.removeQueries({ queryKey: claimsFound }),
  });
}

/** What was found last, or nothing. */
export const useClaimsFound = () =>
  useQuery<Reply<"claims-agency.claims">>({
    queryKey: claimsFound,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** 一笔费用; every reading of it is recorded. */
export const useClaim = (personNo: string, claimNo: string) =>
  useQuery({
    queryKey: ["claim", claimNo],
    queryFn: () => call("claims-agency.claim", { params: { personNo, claimNo } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** 费用明细, page by page; every reading of a page is recorded. */
export const useClaimLines = (personNo: string, claimNo: string, q: string) =>
  useInfiniteQuery({
    queryKey: ["claim-lines", claimNo, q],
    queryFn: ({ pageParam }) =>
      call("claims-agency.lines", {
        params: { personNo, claimNo },
        query: { ...(q && { q }), ...(pageParam && { after: pageParam }) },
      }),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** 争议待办 of a unit; every reading of it is recorded. */
export const useDisputes = (unit: string) =>
  useQuery({
    queryKey: ["disputes", unit],
    queryFn: () => call("claims-agency.disputes", { query: { unit } }),
    staleTime: 0,
    gcTime: 0,
  });

export const useDispute = (disputeNo: string) =>
  useQuery({
    queryKey: ["dispute", disputeNo],
    queryFn: () => call("claims-agency.dispute", { params: { disputeNo } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const useDisputeMove = (disputeNo: string) =>
  useDecision(["dispute"], (event: "take" | "hand-back") => call(`claims-agency.${event}`, { params: { disputeNo } }));

export const useDisputeDecision = (disputeNo: string) =>
  useDecision(["dispute"], (body: Body<"claims-agency.decide">) =>
    call("claims-agency.decide", { params: { disputeNo }, body }),
  );

/** 查一个人的医保码 · every look is recorded with its reason; what was found stays with the page. */
export const useCredentialSearch = () =>
  useMutation({ mutationFn: (body: Body<"credentials-agency.find">) => call("credentials-agency.find", { body }) });

/** 挂失、解除挂失 by an officer, for a reason that the person's history keeps. */
export const useCredentialMove = (personNo: string) =>
  useDecision(["code-cases"], ({ what, reason }: { what: "hold" | "release"; reason: string }) =>
    call(`credentials-agency.${what}`, { params: { personNo }, body: { reason } }),
  );

/** 用码疑点待办 of a unit; every reading of it is recorded. */
export const useCodeCases = (unit: string) =>
  useQuery({
    queryKey: ["code-cases", unit],
    queryFn: () => call("credentials-agency.cases", { query: { unit } }),
    staleTime: 0,
    gcTime: 0,
  });

export const useCaseDecision = (caseNo: string) =>
  useDecision(["code-cases"], (body: Body<"credentials-agency.decide">) =>
    call("credentials-agency.decide", { params: { caseNo }, body }),
  );

/** 一家机构一天读过的码; every reading of it is recorded. */
export const useCodeUsage = (code: string, on: Day) =>
  useQuery({
    queryKey: ["code-usage", code, on],
    queryFn: () => call("credentials-agency.usage", { params: { code }, query: { on } }),
    enabled: code !== "",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const usePaperCode = (personNo: string) =>
  useMutation({
    mutationFn: () => call("credentials-agency.paper", { params: { personNo }, body: { seen: "identity-card" } }),
  });

export const useSocialCard = (personNo: string) =>
  useMutation({
    mutationFn: (number: string) =>
      call("credentials-agency.card", { params: { personNo }, body: { number, seen: "social-card" } }),
  });

/** 备案待办 of a unit; every reading of it is recorded. */
export const useFilings = (unit: string) =>
  useQuery({
    queryKey: ["filings", unit],
    queryFn: () => call("filings-agency.list", { query: { unit } }),
    staleTime: 0,
    gcTime: 0,
  });

/** 一个备案; every reading of it is recorded. */
export const useFiling = (personNo: string, filingNo: string) =>
  useQuery({
    queryKey: ["filing", personNo, filingNo],
    queryFn: () => call("filings-agency.one", { params: { personNo, filingNo } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const useFilingDecision = ({ personNo, filingNo }: { personNo: string; filingNo: string }) =>
  useDecision(["filing", "filings"], (body: FilingDecision) =>
    call("filings-agency.decide", { params: { personNo, filingNo }, body }),
  );

export const useFilingApprovals = () =>
  useDecision(["filings"], (body: Body<"filings-agency.approve-many">) =>
    call("filings-agency.approve-many", { body }),
  );

/** 去哪里看病 · where the filings of a unit go. */
export const useFilingDestinations = (unit: string) =>
  useQuery({
    queryKey: ["filing-destinations", unit],
    queryFn: () => call("filings-agency.where", { query: { unit } }),
    staleTime: 0,
  });

const filingsFound = ["filings-found"];

/** 查一个人的备案 · every search is recorded with its reason; what was found is kept in memory alone, for the way back from a filing. */
export function useFilingSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<"filings-agency.find">) => call("filings-agency.find", { body }),
    onSuccess: (found) => client.setQueryData(filingsFound, found),
    onError: () => client.removeQueries({ queryKey: filingsFound }),
  });
}

/** What was found last, or nothing. */
export const useFilingsFound = () =>
  useQuery<FilingsFound>({ queryKey: filingsFound, queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY });

/** 代办找人 · recorded with its reason; who was found stays with the page. */
export const useFilingPerson = () =>
  useMutation({ mutationFn: (body: Body<"filings-agency.find">) => call("filings-agency.find", { body }) });

/** 备案前后对比 for somebody; while the next answer is on its way the last one stays. */
export const useFilingExample = (personNo: string, asked: FilingExampleAsked) =>
  useQuery({
    queryKey: ["filing-example", personNo, asked],
    queryFn: () => call("filings-agency.example", { params: { personNo }, body: asked }),
    placeholderData: (before) => before,
    gcTime: 0,
  });

export const useFilingConsent = (personNo: string) =>
  useMutation({ mutationFn: () => call("filings-agency.consent", { params: { personNo } }) });

export const useFile = () => useDecision(["filings"], (body: FilingAsked) => call("filings-agency.file", { body }));

/** 看材料 · the address is good for some minutes; every look is recorded. */
export const useAttachment = (attachmentNo: string) =>
  useQuery({
    queryKey: ["attachment", attachmentNo],
    queryFn: () => call("attachments-agency.look", { params: { attachmentNo } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** 下级单位 · a unit of the officer's area with those above and below it. */
export const useUnits = (unit: string, year: number, may: boolean) =>
  useQuery({
    queryKey: ["units", unit, year],
    queryFn: () => call("progress.board", { params: { unit }, query: { year: String(year) } }),
    enabled: may,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** 协查待办 of one side; every reading of it is recorded. */
export const useInquiries = (side: InquirySide) =>
  useQuery({
    queryKey: ["inquiries", side],
    queryFn: () => call("inquiries.list", { query: { side } }),
    staleTime: 0,
    gcTime: 0,
  });

/** 一个协查; every reading of it is recorded. */
export const useInquiry = (inquiryNo: string) =>
  useQuery({
    queryKey: ["inquiry", inquiryNo],
    queryFn: () => call("inquiries.one", { params: { inquiryNo } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** The agencies in the system that can be asked. */
export const useAgencies = () =>
  useQuery({
    queryKey: ["agencies"],
    queryFn: () => call("inquiries.agencies"),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useInquiryAsk = () => useMutation({ mutationFn: (body: InquiryAsked) => call("inquiries.ask", { body }) });

/** What an officer may do to an inquiry, and what each needs to be told. */
export type InquiryMove =
  | { event: "take" | "hand-back" }
  | ({ event: "log-call" } & Body<"inquiries.log-call">)
  | ({ event: "answer" } & Body<"inquiries.answer">)
  | ({ event: "withdraw" } & Body<"inquiries.withdraw">);

/** The answer takes the place of what was read; after a no it is read again, for somebody was faster. */
export function useInquiryMove(inquiryNo: string) {
  const client = useQueryClient();
  const params = { inquiryNo };
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
    onSuccess: (inquiry) => client.setQueryData<Inquiry>(["inquiry", inquiryNo], inquiry),
    onError: () => client.invalidateQueries({ queryKey: ["inquiry", inquiryNo] }),
  });
}

/** 查阅记录 · that it was read is recorded too. */
export const useAccessSearch = () =>
  useMutation({ mutationFn: (body: AccessSearch) => call("claims-agency.access", { body }) });

/** 单位全名 · "福山区 东河镇 杏林村", where the officer may see the board that tells it. */
export const useUnitName = (unit: string, year: number, may: boolean) =>
  useQuery({
    queryKey: ["unit-name", unit, year],
    queryFn: async () => {
      const { path } = await call("progress.board", { params: { unit }, query: { year: String(year) } });
      return path.map(({ name }) => name).join(" ");
    },
    enabled: may,
    staleTime: Number.POSITIVE_INFINITY,
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
