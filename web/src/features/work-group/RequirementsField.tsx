// Requirements that a work group looks into: a programme is opened, and what it asks is chosen.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getProgramme, getProgrammes } from '../../api/programmes';
import type { Programme } from '../../api/shapes';
import { fieldId } from '../../ui/form/fields';
import { FieldError, type Errors } from '../../ui/form/inputs';
import { useSpeech } from '../../ui/LanguageContext';
import { Checks } from './Checks';

interface Props {
  /** PROGRAMME/REQUIREMENT of each. */
  value: string[];
  onChange: (value: string[]) => void;
  errors: Errors;
}

export function RequirementsField({ value, onChange, errors }: Props) {
  const { t } = useSpeech();
  const found = useQuery({ queryKey: ['programmes'], queryFn: getProgrammes });
  const programmes = found.data?.programmes ?? [];
  const id = fieldId('requirements');
  const error = errors.at('requirements');
  if (programmes.length === 0) return null;
  return (
    <fieldset
      className={error ? 'form-field faulty' : 'form-field'}
      id={id}
      tabIndex={-1}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend>
        {t('group.requirements')} <span className="quiet">{t('form.optional')}</span>
      </legend>
      <FieldError id={id} error={error} />
      {programmes.map((programme) => (
        <OneProgramme
          key={programme.programme}
          programme={programme}
          value={value}
          onChange={onChange}
        />
      ))}
    </fieldset>
  );
}

function OneProgramme(props: {
  programme: Programme;
  value: string[];
  onChange: (value: string[]) => void;
}) {
  const { pick } = useSpeech();
  const { programme, title } = props.programme;
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ['programme', programme],
    queryFn: () => getProgramme(programme),
    enabled: open,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{pick(title)}</summary>
      <Checks
        choices={(found.data?.requirements ?? [])
          .filter((each) => !each.dropped)
          .map((each) => ({
            code: `${programme}/${each.requirement}`,
            text: pick(each.title),
          }))}
        value={props.value}
        onChange={props.onChange}
      />
    </details>
  );
}
