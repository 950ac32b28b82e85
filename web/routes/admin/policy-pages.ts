/** Entry of the lazy chunk for editing, comparing and simulating policies: large and seldom needed. */
export { NewPolicyPage, PolicyPage } from './policy-page.tsx';
export { SimulationPage } from './simulation-page.tsx';
