/** One call that a sandbox vendor charges for. */
export interface PaidCall {
  readonly vendor: 'gemini' | 'stability' | 'fal';
  /** The vendor's own id of the request. */
  readonly requestId: string;
  readonly endpoint: string;
  readonly prompt: string;
  /** By the vendor's price list, computed without Segue's registry. */
  readonly usdMicros: number;
}

/** What the sandbox vendors charged, for comparison with Segue's ledger. It is never shortened. */
export interface PaidLog {
  readonly add: (call: PaidCall) => void;
  /** Oldest first. */
  readonly list: () => readonly PaidCall[];
}

/** Creates an empty log. */
export function createPaidLog(): PaidLog {
  const calls: PaidCall[] = [];
  return { add: (call) => void calls.push(call), list: () => calls };
}
