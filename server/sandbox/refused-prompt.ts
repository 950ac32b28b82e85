/** Prompts that every sandbox model refuses, so that a person can see what a refusal looks like. */
const REFUSED = /\b(?:gore|gory|nude|naked|beheading|terrorist)\b/i;

/** True for a prompt that real image models refuse. */
export function isRefusedPrompt(prompt: string): boolean {
  return REFUSED.test(prompt);
}
