/**
 * 状态机 · a table of states, their Chinese names, and what each event makes of them. The table is the machine:
 * an event that a state does not list cannot happen to it.
 */
export type Machine<State extends string, Event extends string> = {
  readonly [S in State]: { readonly name: string; readonly on: { readonly [E in Event]?: State } };
};

/** The state after an event, or null where the table does not allow it. */
export function after<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: State,
  event: Event,
): State | null {
  return machine[state].on[event] ?? null;
}

/** The states from which an event is allowed. */
export function allowing<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  event: Event,
): State[] {
  return (Object.keys(machine) as State[]).filter((state) => machine[state].on[event] !== undefined);
}
