// Sending a work group: its members, the units and matters, the while, and why it overlaps.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sendGroup } from '../../api/groups';
import { getKinds } from '../../api/ledger';
import type { GroupDone, MandateWish } from '../../api/shapes';
import { fieldId } from '../../ui/form/fields';
import { FormField } from '../../ui/form/FormField';
import { FieldError, type Errors } from '../../ui/form/inputs';
import { asList, readForm, type FormValues } from '../../ui/form/reading';
import { useSpeech } from '../../ui/LanguageContext';
import { useHere } from '../../ui/SessionContext';
import { Checks } from './Checks';
import { mandateFields } from './fields';
import { MembersField, type Member } from './MembersField';
import { RequirementsField } from './RequirementsField';
import { SendingForm } from '../../ui/form/SendingForm';
import { useSending } from '../../ui/form/useSending';
import { useSupervised } from './useSupervised';

const asCodes = (value: unknown) =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

export function MandateForm({ onDone }: { onDone: (answer: GroupDone) => void }) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const around = useSupervised();
  const fields = useMemo(() => mandateFields(ledger.today), [ledger.today]);
  function read(values: FormValues) {
    const { body, faults } = readForm(fields, values);
    const members = asList<Member>(values.members).map((member) => member.post);
    const kinds = asCodes(values.kinds);
    const requirements = asCodes(values.requirements);
    if (members.length === 0) faults.push({ field: 'members', word: 'group.faultMembers' });
    if (kinds.length + requirements.length === 0)
      faults.push({ field: 'kinds', word: 'group.faultKinds' });
    return {
      body: { ...body, members, kinds, requirements } as MandateWish,
      faults,
    };
  }
  const start = { kinds: ['problem'] };
  const form = useSending({ fields, start, read, send: sendGroup, onDone });
  return (
    <SendingForm form={form} word={t('group.sendNow')}>
      <p className="quiet">{t('group.hint')}</p>
      {fields.map((field) => (
        <div key={field.name}>
          <FormField
            field={field}
            value={form.values[field.name]}
            onChange={(change) => form.setValue(field.name, change)}
            errors={form.errors}
            around={around}
          />
          {field.name === 'name' ? (
            <MembersField
              value={asList<Member>(form.values.members)}
              onChange={(members) => form.setValue('members', () => members)}
              errors={form.errors}
            />
          ) : null}
          {field.name === 'units' ? (
            <>
              <KindsField
                value={asCodes(form.values.kinds)}
                onChange={(kinds) => form.setValue('kinds', () => kinds)}
                errors={form.errors}
              />
              <RequirementsField
                value={asCodes(form.values.requirements)}
                onChange={(names) => form.setValue('requirements', () => names)}
                errors={form.errors}
              />
            </>
          ) : null}
        </div>
      ))}
    </SendingForm>
  );
}

function KindsField(props: {
  value: string[];
  onChange: (value: string[]) => void;
  errors: Errors;
}) {
  const { t, pick } = useSpeech();
  const kinds = useQuery({ queryKey: ['kinds'], queryFn: getKinds });
  const id = fieldId('kinds');
  const error = props.errors.at('kinds');
  return (
    <fieldset
      className={error ? 'form-field faulty' : 'form-field'}
      id={id}
      tabIndex={-1}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend>{t('group.kinds')}</legend>
      <FieldError id={id} error={error} />
      <Checks
        choices={(kinds.data?.kinds ?? []).map((each) => ({
          code: each.kind,
          text: pick(each.title),
        }))}
        value={props.value}
        onChange={props.onChange}
      />
    </fieldset>
  );
}
