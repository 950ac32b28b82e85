import type { EnergyArc, Flow } from '#shared/contracts/policies/policy.ts';
import { ENERGY_ARCS } from '#shared/domain/policies/document-vocabulary.ts';
import { useEditor, useProblemAt } from './editor-context.ts';
import controls from './controls.module.css';
import styles from './parts.module.css';
import { ENERGY_ARC_LABELS } from '../preview/policy-summary.ts';
import { RangeSlider } from '../rules/range-slider.tsx';

/** SVG path of each arc, in a 60 by 44 view box. */
const ARC_PATHS: Readonly<Record<EnergyArc, string>> = {
  free: 'M8 26h5M20 18h5M32 29h5M44 20h5',
  rise: 'M8 34C28 32 36 14 52 10',
  fall: 'M8 10C24 14 32 32 52 34',
  peak: 'M8 34C18 34 22 10 30 10S42 34 52 34',
  dip: 'M8 10C18 10 22 34 30 34S42 10 52 10',
  wave: 'M8 30C12 10 18 10 22 22S32 34 38 22S48 10 52 14',
};

/** Track order: energy arc, harmonic mixing and tempo matching. None of them changes which tracks are chosen. */
export function FlowPart() {
  const { policy, edit } = useEditor();
  const { flow } = policy;
  const problem = useProblemAt('flow');
  const set = (next: Partial<Flow>, key?: string) => edit({ ...policy, flow: { ...flow, ...next } }, key);
  return (
    <>
      <div className={styles['arcs']} role="radiogroup" aria-label="Energy arc" data-path="flow.energy">
        {ENERGY_ARCS.map((arc) => (
          <label key={arc}>
            <input type="radio" name="arc" checked={flow.energy === arc} onChange={() => set({ energy: arc })} />
            <svg viewBox="0 0 60 44" preserveAspectRatio="none" aria-hidden>
              <path d={ARC_PATHS[arc]} />
            </svg>
            <span>{ENERGY_ARC_LABELS[arc].name}</span>
          </label>
        ))}
      </div>
      <StrengthSlider name="Harmonic mixing" path="flow.harmonic" value={flow.harmonic} onChange={(harmonic) => set({ harmonic }, 'harmonic')} />
      <StrengthSlider name="Tempo matching" path="flow.tempo" value={flow.tempo} onChange={(tempo) => set({ tempo }, 'tempo')} />
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
    </>
  );
}

interface StrengthProps {
  readonly name: string;
  readonly path: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const MEDIUM_FROM = 0.34;
const HIGH_FROM = 0.67;

/** A slider for a strength from 0 (off) to 1. */
export function StrengthSlider({ name, path, value, onChange }: StrengthProps) {
  const valueText = value === 0 ? 'Off' : value < MEDIUM_FROM ? 'Low' : value < HIGH_FROM ? 'Medium' : 'High';
  return (
    <div className={styles['strength']} data-path={path}>
      <span>{name}</span>
      <RangeSlider min={0} max={1} step={0.05} filled={[0, value]} thumbs={[{ name, value, valueText }]} onChange={(_, next) => onChange(next)} />
      <span>{valueText}</span>
    </div>
  );
}
