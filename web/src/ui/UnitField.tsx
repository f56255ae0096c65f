// A field of a filter that holds a unit's code; what was chosen stands until another is.
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { getUnitAlone } from '../api/units';
import { asUnit, type UnitValue } from './form/reading';
import { UnitPicker } from './form/UnitPicker';
import { useHere } from './SessionContext';
import './form/form.css';

/** The name of a unit by its code; the code itself until that is known. */
export function useUnitName(code: string | undefined): string {
  const unit = useQuery({
    queryKey: ['unit-alone', code],
    queryFn: () => getUnitAlone(code ?? ''),
    enabled: Boolean(code),
    staleTime: 600_000,
    meta: { still: true },
  });
  return unit.data?.name ?? code ?? '';
}

export function UnitField(props: {
  label: string;
  code: string | undefined;
  /** Undefined where the field was emptied. */
  onChange: (code: string | undefined) => void;
}) {
  const id = useId();
  const name = useUnitName(props.code);
  const { session } = useHere();
  const [typed, setTyped] = useState<string | null>(null);
  const own = new Map(session?.posts.map(({ unit }) => [unit.code, unit]));
  function take(value: UnitValue) {
    const unit = asUnit(value);
    setTyped(typeof value === 'string' ? value : null);
    if (unit || value === null) props.onChange(unit?.code);
  }
  return (
    <div className="field unit-field">
      <label htmlFor={id}>{props.label}</label>
      <UnitPicker
        id={id}
        value={typed ?? (props.code ? { code: props.code, name } : null)}
        onChange={take}
        onLeave={() => setTyped(null)}
        offered={[...own.values()]}
      />
    </div>
  );
}
