import { X } from '@phosphor-icons/react/X';
import type { ModelInput } from '#shared/domain/studio/model.ts';
import { IconButton } from '#web/ui/controls/button.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { PictureSource } from './picture-source.tsx';
import styles from './uploads.module.css';

interface ImageInputProps {
  readonly input: ModelInput & { readonly kind: 'image' };
  /** Ids of pictures of the person's own. */
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** The pictures that a render starts from, with two ways to add one while there is room. */
export function ImageInput({ input, value, onChange }: ImageInputProps) {
  return (
    <fieldset className={styles['images']}>
      <legend>{input.max === 1 ? input.label : `${input.label}, at most ${input.max}`}</legend>
      {input.help ? <p className={styles['help']}>{input.help}</p> : null}
      {value.length > 0 ? (
        <ul className={styles['tiles']}>
          {value.map((id, at) => (
            <li key={id}>
              <HashedImage src={`/files/${id}/300`} thumbhash={null} alt={`Picture ${at + 1} to start from`} />
              <IconButton name={`Remove picture ${at + 1}`} onClick={() => onChange(value.filter((each) => each !== id))}>
                <X size={16} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      {value.length < input.max ? <PictureSource onChoose={(id) => onChange([...value.filter((each) => each !== id), id])} /> : null}
    </fieldset>
  );
}
