import { endpoints } from "../../shared/api/hospitals.ts";
import { destinationOf, destinationShown } from "../../shared/filing/places.ts";
import { http } from "../http.ts";
import { hospitalReply, hospitalsAt } from "./store.ts";

/** GET /hospitals · 联网医院: hospitals at a destination whose agreement is in force, by name, level and service. */
export const handler = http(endpoints["hospitals.list"], async ({ query: { destination, ...wanted } }) => {
  const place = destinationOf(destination);
  const { hospitals, more } = await hospitalsAt(destination, wanted);
  return {
    destination: { code: place.code, name: destinationShown(place) },
    hospitals: hospitals.map(hospitalReply),
    more,
  };
});
