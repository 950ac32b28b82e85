import { useQuery } from '@tanstack/react-query';
import { trpc } from '#web/lib/trpc.ts';
import { SelectField } from '#web/ui/controls/field.tsx';

/** What the list goes by: one of the matchers that the server has. */
export function MatcherChoice({ value, onChange }: { readonly value: string | undefined; readonly onChange: (id: string | undefined) => void }) {
  const matchers = useQuery({ ...trpc.discovery.matchers.queryOptions(), staleTime: Infinity });
  const [first] = matchers.data ?? [];
  const chosen = matchers.data?.find(({ id }) => id === value) ?? first;
  return (
    <SelectField
      label="Goes by"
      hint={chosen?.goesBy ?? ' '}
      value={chosen?.id ?? ''}
      onChange={(event) => onChange(event.target.value === first?.id ? undefined : event.target.value)}
    >
      {matchers.data?.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
