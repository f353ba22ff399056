/** 场数 · how many runs of what is long: `whole` where size is asked for (`npm run prove`), `few` beside everything else. */
export const runs = (whole: number, few: number): number => (process.env.WHOLE_SIZE ? whole : few);
