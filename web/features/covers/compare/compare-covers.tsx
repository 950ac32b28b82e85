import { useState } from 'react';
import { fileSize } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { StepPart } from '../project/step-layout.tsx';
import { SpotifyMock } from './spotify-mock.tsx';
import type { CoverVersion } from './use-versions.ts';
import styles from './compare-covers.module.css';

interface CompareCoversProps {
  readonly versions: readonly CoverVersion[];
  readonly title: string;
  /** The asset of the cover as it is now. */
  readonly current: string | null;
  readonly isBusy: boolean;
  readonly onUse: (version: CoverVersion) => void;
}

/** Two finished covers beside each other at 640, 300 and 64 px. Nothing is shown before there are two. */
export function CompareCovers({ versions, title, current, isBusy, onUse }: CompareCoversProps) {
  const [isOpen, setOpen] = useState(false);
  const [sides, setSides] = useState<readonly [string | null, string | null]>([null, null]);
  if (versions.length < 2) return null;
  const find = (asset: string | null, fallback: CoverVersion | undefined) => versions.find((one) => one.asset === asset) ?? fallback;
  const [first, second] = [find(sides[0], versions[0]), find(sides[1], versions[1])];
  return (
    <StepPart
      title="Compare two"
      note={
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : `Compare ${versions.length} versions`}
        </Button>
      }
    >
      {isOpen ? (
        <div className={styles['sides']}>
          <Side
            name="A"
            version={first}
            {...{ versions, title, current, isBusy, onUse }}
            onPick={(asset) => setSides([asset, second?.asset ?? null])}
          />
          <Side
            name="B"
            version={second}
            {...{ versions, title, current, isBusy, onUse }}
            onPick={(asset) => setSides([first?.asset ?? null, asset])}
          />
        </div>
      ) : null}
    </StepPart>
  );
}

interface SideProps extends CompareCoversProps {
  readonly name: 'A' | 'B';
  readonly version: CoverVersion | undefined;
  readonly onPick: (asset: string) => void;
}

function Side({ name, version, versions, title, current, isBusy, onUse, onPick }: SideProps) {
  if (!version) return null;
  return (
    <section className={styles['side']} aria-label={`Version ${name}`}>
      <header>
        <h3>{name}</h3>
        <span>
          {version.contrast === null ? '' : `contrast ${version.contrast.toFixed(1)} : 1 · `}
          {fileSize(version.bytes)}
        </span>
      </header>
      <img src={version.url} alt={`Version ${name}`} width={640} height={640} />
      <SpotifyMock url={version.url} title={title} label={`Version ${name} in a list and a grid`} />
      <div className={styles['others']} role="group" aria-label={`Show as ${name}`}>
        {versions.map((one, at) => (
          <button key={one.asset} type="button" aria-pressed={one.asset === version.asset} onClick={() => onPick(one.asset)}>
            <img src={one.url} alt={`Version ${versions.length - at}`} width={44} height={44} />
          </button>
        ))}
      </div>
      {version.asset === current ? (
        <p className={styles['now']}>This is the cover now.</p>
      ) : (
        <Button working={isBusy ? 'Setting…' : false} onClick={() => onUse(version)}>
          Use {name}
        </Button>
      )}
    </section>
  );
}
