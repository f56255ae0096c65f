// Rows that each give a unit something to do until a day: parts of supporting units, and shares.
import { Button } from 'antd';
import { useSpeech } from '../LanguageContext';
import { fieldId, LIST_COUNT_MAX, TITLE_CHARS_MAX } from './fields';
import { DayInput, FieldError, GrowingText, type Around, type Errors } from './inputs';
import { asText, type PartValue } from './reading';
import { UnitPicker } from './UnitPicker';

const EMPTY: PartValue = { unit: null, text: '', due: '' };

interface Props {
  name: 'parts' | 'shares';
  value: PartValue[];
  onChange: (value: PartValue[]) => void;
  errors: Errors;
  around: Around;
}

export function PartsField(props: Props) {
  const { t } = useSpeech();
  const rows = props.value.length === 0 ? [EMPTY] : props.value;
  return (
    <>
      <ol className="rows">
        {rows.map((row, index) => (
          <Row
            key={index}
            {...props}
            row={row}
            index={index}
            onlyOne={rows.length === 1}
            onRow={(changes) =>
              props.onChange(
                rows.map((each, at) => (at === index ? { ...each, ...changes } : each)),
              )
            }
            onRemove={() => props.onChange(rows.filter((_, at) => at !== index))}
          />
        ))}
      </ol>
      <Button
        disabled={rows.length >= LIST_COUNT_MAX}
        onClick={() => props.onChange([...rows, EMPTY])}
      >
        {t(props.name === 'shares' ? 'form.addShare' : 'form.addPart')}
      </Button>
    </>
  );
}

interface RowProps extends Props {
  row: PartValue;
  index: number;
  onlyOne: boolean;
  onRow: (changes: Partial<PartValue>) => void;
  onRemove: () => void;
}

function Row({ name, row, index, onlyOne, onRow, onRemove, errors, around }: RowProps) {
  const { t } = useSpeech();
  // The members of a row are called as the API calls them, so that a refusal finds its input.
  const shares = name === 'shares';
  const unitName = shares ? 'lead' : 'unit';
  const textName = shares ? 'title' : 'text';
  const number = { number: index + 1 };
  const path = (part: string) => `${name}[${index}].${part}`;
  const part = (of: string) => {
    const id = fieldId(path(of));
    const error = errors.at(path(of));
    return {
      id,
      'aria-invalid': error ? true : undefined,
      'aria-describedby': error ? `${id}-error` : undefined,
    };
  };
  const wrong = (of: string) => <FieldError id={fieldId(path(of))} error={errors.at(path(of))} />;
  return (
    <li>
      <div className="wide-part">
        <label htmlFor={fieldId(path(textName))}>
          {t(shares ? 'form.shareTitle' : 'form.partText', number)}
        </label>
        {wrong(textName)}
        <GrowingText
          {...part(textName)}
          rows={1}
          rowsMax={6}
          maxLength={shares ? TITLE_CHARS_MAX : undefined}
          value={asText(row.text)}
          onChange={(event) => onRow({ text: event.target.value })}
        />
      </div>
      <div>
        <label htmlFor={fieldId(path(unitName))}>
          {t(shares ? 'form.shareUnit' : 'form.partUnit')}
        </label>
        {wrong(unitName)}
        <UnitPicker
          {...part(unitName)}
          value={row.unit}
          onChange={(unit) => onRow({ unit })}
          offered={around.units}
        />
      </div>
      {shares ? (
        <div>
          <label htmlFor={fieldId(path('unit'))}>
            {t('form.sharePlace')} <span className="quiet">{t('form.optional')}</span>
          </label>
          {wrong('unit')}
          <UnitPicker
            {...part('unit')}
            value={row.place ?? null}
            onChange={(place) => onRow({ place })}
            offered={around.units}
          />
        </div>
      ) : null}
      <div>
        <label htmlFor={fieldId(path('due'))}>{t('form.measureDue')}</label>
        {wrong('due')}
        <DayInput
          {...part('due')}
          min={around.today}
          value={asText(row.due)}
          onChange={(due) => onRow({ due })}
        />
      </div>
      {onlyOne ? null : (
        <Button type="text" aria-label={t('form.removePart', number)} onClick={onRemove}>
          {t('form.remove')}
        </Button>
      )}
    </li>
  );
}
