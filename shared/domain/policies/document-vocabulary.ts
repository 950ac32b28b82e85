/** The shapes that a list's energy can follow from the first track to the last. */
export const ENERGY_ARCS = ['free', 'rise', 'fall', 'peak', 'dip', 'wave'] as const;

/** Depth limit of a policy document: recursive code would overflow the stack long before JSON.parse does. */
export const POLICY_DEPTH_MAX = 20;
