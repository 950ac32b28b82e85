import type { AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { fileSize, joinNames } from '#web/lib/words.ts';
import { price } from '../money.ts';
import { fileType } from './file-words.ts';
import styles from './asset-panel.module.css';

/** What is said elsewhere. */
const LEFT_OUT = new Set(['prompt', 'mask', 'seed', 'secondMood']);

/** The recipe and the file of an asset, as a list of facts. */
export function AssetFacts({ asset }: { readonly asset: AssetView }) {
  const { recipe, seed } = asset;
  const facts: readonly (readonly [string, string])[] = [
    ...(recipe ? [['Model', recipe.modelLabel] as const] : []),
    ...(asset.width && asset.height ? [['Size', `${asset.width} × ${asset.height}`] as const] : []),
    ...(seed === null ? [] : [['Seed', seed] as const]),
    ...(recipe && recipe.loras.length > 0 ? [['LoRA', joinNames(recipe.loras.map(({ name }) => name))] as const] : []),
    ...(recipe?.settings ?? []).flatMap(({ input, label, value }) => (LEFT_OUT.has(input) ? [] : [[label, value] as const])),
    ['File', `${fileType(asset.mediaType)}, ${fileSize(asset.bytes)}`],
    ...(recipe ? [['Cost', costWords(recipe)] as const] : []),
    ['Made', dayName(asset.createdAt)],
    ...(asset.collections.length > 0 ? [['In', joinNames(asset.collections.map(({ name }) => name))] as const] : []),
    ['Shared', { private: 'Only you', link: 'By link', public: 'On your page' }[asset.sharing]],
  ];
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function costWords({ chargeUsdMicros, outputs }: NonNullable<AssetView['recipe']>): string {
  if (chargeUsdMicros === null) return 'Not known yet';
  return outputs > 1 ? `${price(chargeUsdMicros)} for ${outputs}` : price(chargeUsdMicros);
}
