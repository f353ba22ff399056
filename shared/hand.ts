/** 经手 · whose hands do things: the person, a guardian, an officer in their place, an officer, a provider, or the rule itself. */
export const hands = ["self", "guardian", "agent", "officer", "provider", "rule"] as const;
