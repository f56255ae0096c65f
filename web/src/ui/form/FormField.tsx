// One field: its label, what to write there, what is wrong with it, and the widget.
import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { Unit } from '../../api/shapes';
import { useSpeech } from '../LanguageContext';
import { CheckersField } from './CheckersField';
import { EvidenceField } from './EvidenceField';
import { fieldId, type Field } from './fields';
import { Choice, DayInput, FieldError, GrowingText, type Around, type Errors } from './inputs';
import { ItemField } from './ItemField';
import { MeasuresField } from './MeasuresField';
import { MilestonesField } from './MilestonesField';
import { PartsField } from './PartsField';
import { QuantitiesField } from './QuantitiesField';
import {
  asList,
  asText,
  type CheckerValue,
  type FileValue,
  type MeasureValue,
  type MilestoneValue,
  type PartValue,
  type QuantityValue,
} from './reading';
import { UnitPicker, UnitsPicker } from './UnitPicker';

interface Props {
  field: Field;
  value: unknown;
  onChange: (change: (before: unknown) => unknown) => void;
  errors: Errors;
  around: Around;
}

// These have many inputs: the label names the group.
const GROUPS = ['checkers', 'evidence', 'measures', 'milestones', 'parts', 'quantities', 'units'];

export function FormField({ field, value, onChange, errors, around }: Props) {
  const { t } = useSpeech();
  const id = fieldId(field.name);
  const error = errors.at(field.name);
  const label = (
    <>
      {field.label ? t(field.label) : field.name}
      {field.required ? null : <span className="quiet"> {t('form.optional')}</span>}
    </>
  );
  const hint = field.hint ? (
    <p className="quiet" id={`${id}-hint`}>
      {t(field.hint)}
    </p>
  ) : null;
  const described = [field.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].join(' ').trim();
  const widget = (
    <Widget {...{ field, value, onChange, errors, around }} id={id} described={described} />
  );
  const wrong = <FieldError id={id} error={error} />;
  const box = error ? 'form-field faulty' : 'form-field';
  if (GROUPS.includes(field.widget))
    return (
      <fieldset className={box} id={id} tabIndex={-1} aria-describedby={described || undefined}>
        <legend>{label}</legend>
        {hint}
        {wrong}
        {widget}
      </fieldset>
    );
  if (field.widget === 'yes')
    return (
      <div className={box}>
        {wrong}
        {widget}
      </div>
    );
  return (
    <div className={box}>
      <label htmlFor={id}>{label}</label>
      {hint}
      {wrong}
      {widget}
    </div>
  );
}

function Widget(props: Props & { id: string; described: string }): ReactNode {
  const { field, value, onChange, errors, around, id, described } = props;
  const { t } = useSpeech();
  const invalid = errors.at(field.name) !== undefined;
  const plain = {
    id,
    'aria-describedby': described || undefined,
    'aria-invalid': invalid || undefined,
    'aria-required': field.required || undefined,
  };
  const set = (next: unknown) => onChange(() => next);
  switch (field.widget) {
    case 'checkers':
      return <CheckersField value={asList<CheckerValue>(value)} onChange={set} around={around} />;
    case 'choice':
    case 'part':
    case 'verdict':
      return (
        <Choice {...plain} options={field.options ?? []} value={asText(value)} onChange={set} />
      );
    case 'day':
      return (
        <DayInput
          {...plain}
          min={field.earliest}
          max={field.latest}
          value={asText(value)}
          onChange={set}
        />
      );
    case 'evidence':
      return (
        <EvidenceField
          value={asList<FileValue>(value)}
          onChange={(change) => onChange((before) => change(asList<FileValue>(before)))}
          errors={errors}
          around={around}
        />
      );
    case 'item':
      return <ItemField {...plain} value={asText(value)} onChange={set} />;
    case 'line':
      return (
        <Input
          {...plain}
          status={invalid ? 'error' : ''}
          value={asText(value)}
          count={{ max: field.charsMax ?? 200, show: (field.charsMax ?? 0) > 64 }}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'measure':
      return (
        <select {...plain} value={asText(value)} onChange={(event) => set(event.target.value)}>
          <option value="">{t('form.measureNone')}</option>
          {around.measures.map((each) => (
            <option key={each.measure} value={String(each.measure)}>
              {t('form.measureOption', {
                number: each.measure,
                text: each.text ?? t('form.destroyed'),
              })}
              {each.done ? ` ✓` : ''}
            </option>
          ))}
        </select>
      );
    case 'measures':
      return (
        <MeasuresField
          name={field.name}
          value={asList<MeasureValue>(value)}
          onChange={set}
          errors={errors}
          around={around}
        />
      );
    case 'milestones':
      return (
        <MilestonesField
          name={field.name}
          value={asList<MilestoneValue>(value)}
          onChange={set}
          errors={errors}
          around={around}
        />
      );
    case 'number':
    case 'yuan':
      return (
        <Input
          {...plain}
          className="short"
          inputMode={field.widget === 'yuan' ? 'decimal' : 'numeric'}
          value={asText(value)}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'parts':
      return (
        <PartsField
          name={field.name === 'shares' ? 'shares' : 'parts'}
          value={asList<PartValue>(value)}
          onChange={set}
          errors={errors}
          around={around}
        />
      );
    case 'quantities':
      return (
        <QuantitiesField
          name={field.name}
          fixed={field.name === 'measured' || field.name === 'actuals'}
          dated={field.name === 'actuals'}
          value={asList<QuantityValue>(value)}
          onChange={set}
          errors={errors}
        />
      );
    case 'text':
      return (
        <GrowingText
          {...plain}
          status={invalid ? 'error' : ''}
          rows={3}
          rowsMax={12}
          value={asText(value)}
          count={{ max: field.charsMax ?? 4000, show: asText(value).length > 200 }}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'unit':
      return <UnitPicker {...plain} value={value} onChange={set} offered={around.units} />;
    case 'units':
      return (
        <UnitsPicker
          name={field.name}
          value={asList<Unit>(value)}
          onChange={set}
          offered={around.units}
        />
      );
    case 'yes':
      return (
        <label className="check">
          <input
            {...plain}
            aria-required={undefined}
            type="checkbox"
            checked={value === true}
            onChange={(event) => set(event.target.checked)}
          />
          {field.label ? t(field.label) : field.name}
        </label>
      );
  }
}
