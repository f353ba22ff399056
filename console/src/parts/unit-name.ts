import { mayOpen } from "../access.ts";
import { once, useRead } from "../api.ts";
import { useMe, useYear } from "../desk.tsx";

/** 单位全名 · "福山区 东河镇 杏林村", where the officer may see the board that tells it. */
export function useUnitName(unit: string) {
  const me = useMe();
  return useRead(
    "progress.board",
    { params: { unit }, query: { year: String(useYear()) } },
    { ...once, enabled: mayOpen(me, "progress"), select: ({ path }) => path.map(({ name }) => name).join(" ") },
  );
}
