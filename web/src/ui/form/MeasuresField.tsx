// The measures of a plan: what, who, until when.
import { Button } from 'antd';
import { useSpeech } from '../LanguageContext';
import { fieldId, LIST_COUNT_MAX } from './fields';
import { DayInput, FieldError, GrowingText, type Around, type Errors } from './inputs';
import { asText, type MeasureValue } from './reading';
import { UnitPicker } from './UnitPicker';

const EMPTY: MeasureValue = { text: '', owner: null, due: '' };

export function MeasuresField(props: {
  name: string;
  value: MeasureValue[];
  onChange: (value: MeasureValue[]) => void;
  errors: Errors;
  around: Around;
}) {
  const { t } = useSpeech();
  const rows = props.value.length === 0 ? [EMPTY] : props.value;
  const change = (index: number, changes: Partial<MeasureValue>) =>
    props.onChange(rows.map((row, at) => (at === index ? { ...row, ...changes } : row)));
  return (
    <>
      <ol className="rows">
        {rows.map((row, index) => {
          const path = (part: string) => `${props.name}[${index}].${part}`;
          const number = { number: index + 1 };
          const part = (name: string) => {
            const error = props.errors.at(path(name));
            const id = fieldId(path(name));
            return {
              id,
              'aria-invalid': error ? true : undefined,
              'aria-describedby': error ? `${id}-error` : undefined,
            };
          };
          const wrong = (name: string) => (
            <FieldError id={fieldId(path(name))} error={props.errors.at(path(name))} />
          );
          return (
            <li key={index}>
              <div className="wide-part">
                <label htmlFor={fieldId(path('text'))}>{t('form.measureText', number)}</label>
                {wrong('text')}
                <GrowingText
                  {...part('text')}
                  rows={1}
                  rowsMax={6}
                  value={asText(row.text)}
                  onChange={(event) => change(index, { text: event.target.value })}
                />
              </div>
              <div>
                <label htmlFor={fieldId(path('owner'))}>{t('form.measureOwner')}</label>
                {wrong('owner')}
                <UnitPicker
                  {...part('owner')}
                  value={row.owner}
                  onChange={(owner) => change(index, { owner })}
                  offered={props.around.units}
                />
              </div>
              <div>
                <label htmlFor={fieldId(path('due'))}>{t('form.measureDue')}</label>
                {wrong('due')}
                <DayInput
                  {...part('due')}
                  min={props.around.today}
                  value={asText(row.due)}
                  onChange={(due) => change(index, { due })}
                />
              </div>
              {rows.length > 1 ? (
                <Button
                  type="text"
                  aria-label={t('form.removeMeasure', number)}
                  onClick={() => props.onChange(rows.filter((_, at) => at !== index))}
                >
                  {t('form.remove')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ol>
      <Button
        disabled={rows.length >= LIST_COUNT_MAX}
        onClick={() => props.onChange([...rows, EMPTY])}
      >
        {t('form.addMeasure')}
      </Button>
    </>
  );
}
