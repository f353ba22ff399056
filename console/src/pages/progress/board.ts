import { isFault, live, type Reply, useRead } from "../../api.ts";

/** 参保进度 of one unit. */
export type Board = Reply<"progress.board">;

/** How often a board looks again while it is on the screen: a payment is seen within two seconds. */
const lookEvery = 1_500;

/** 参保进度 of a unit; `watched`, it looks again by itself. Once refused it rests. */
export const useBoard = (unit: string, year: number, { watched }: { watched: boolean }) =>
  useRead(
    "progress.board",
    { params: { unit }, query: { year: String(year) } },
    {
      ...live,
      refetchInterval: ({ state }) => (watched && !(state.error && !isFault(state.error)) ? lookEvery : false),
      refetchOnWindowFocus: watched,
    },
  );
