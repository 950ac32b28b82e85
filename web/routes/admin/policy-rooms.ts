/** Writing, comparing and simulating policies: a chunk of its own, because most of an operator's days pass without it. */
export { NewPolicyPage, PolicyPage } from './policy-page.tsx';
export { SimulationPage } from './simulation-page.tsx';
