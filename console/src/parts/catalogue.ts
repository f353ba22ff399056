import { keepPreviousData } from "@tanstack/react-query";
import { type AskedOf, briefly, type Reply, useRead } from "../api.ts";

export type CatalogueItem = Reply<"catalogue.search">["items"][number];

/** 查医保目录; while the next answer is on its way the last one stays. */
export const useCatalogue = (query: AskedOf<"catalogue.search">["query"]) =>
  useRead("catalogue.search", { query }, { ...briefly, enabled: query.q !== "", placeholderData: keepPreviousData });
