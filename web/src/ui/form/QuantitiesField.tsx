// Result quantities: as criterion they are chosen; when measured, they are those of the criterion.
import { Button, Input } from 'antd';
import { useSpeech } from '../LanguageContext';
import { RESULTS, resultWord, UNITS, unitWord } from '../quantities';
import { CodeChoice } from './CodeChoice';
import { fieldId, LIST_COUNT_MAX } from './fields';
import { DayInput, FieldError, type Errors } from './inputs';
import { asText, type QuantityValue } from './reading';

const EMPTY: QuantityValue = { id: '', unit: '', value: '', qualifier: 'exact', baseline: '' };
const QUALIFIERS = ['exact', 'over', 'about'] as const;
const BOUNDS = ['at_least', 'at_most'] as const;

interface Props {
  name: string;
  fixed: boolean; // the rows are given and only their values are asked for
  dated?: boolean; // each with the day as of which it is true
  value: QuantityValue[];
  onChange: (value: QuantityValue[]) => void;
  errors: Errors;
}

export function QuantitiesField(props: Props) {
  const { t } = useSpeech();
  const { value: rows, fixed } = props;
  if (fixed && rows.length === 0) return <p className="quiet">{t('form.measuredNone')}</p>;
  return (
    <>
      <ul className="rows">
        {rows.map((row, index) => (
          <Row key={index} {...props} row={row} index={index} />
        ))}
      </ul>
      {fixed ? null : (
        <Button
          disabled={rows.length >= LIST_COUNT_MAX}
          onClick={() => props.onChange([...rows, EMPTY])}
        >
          {t('form.addQuantity')}
        </Button>
      )}
    </>
  );
}

function Row(props: Props & { row: QuantityValue; index: number }) {
  const { t } = useSpeech();
  const { row, index, fixed, value: rows } = props;
  const path = (part: string) => `${props.name}[${index}].${part}`;
  const change = (changes: Partial<QuantityValue>) =>
    props.onChange(rows.map((each, at) => (at === index ? { ...each, ...changes } : each)));
  const plain = (part: string) => {
    const id = fieldId(path(part));
    const error = props.errors.at(path(part));
    return {
      id,
      'aria-invalid': error ? true : undefined,
      'aria-describedby': error ? `${id}-error` : undefined,
    };
  };
  const head = (part: string, label: string) => (
    <>
      <label htmlFor={fieldId(path(part))}>{label}</label>
      <FieldError id={fieldId(path(part))} error={props.errors.at(path(part))} />
    </>
  );
  const number = (part: 'value' | 'baseline', label: string) => (
    <div>
      {head(part, label)}
      <Input
        {...plain(part)}
        inputMode="numeric"
        maxLength={16}
        value={asText(row[part])}
        onChange={(event) => change({ [part]: event.target.value })}
      />
    </div>
  );
  const code = (part: 'id' | 'unit', label: string) => (
    <div>
      {head(part, label)}
      <CodeChoice
        {...plain(part)}
        codes={part === 'id' ? RESULTS : UNITS}
        word={(each) => (part === 'id' ? resultWord(each, t) : unitWord(each, t))}
        value={asText(row[part])}
        onChange={(next) => change({ [part]: next })}
      />
    </div>
  );
  const choice = (
    part: 'qualifier' | 'bound',
    label: string,
    words: readonly (readonly [string, string])[],
  ) => (
    <div>
      <label htmlFor={fieldId(path(part))}>{label}</label>
      <select
        id={fieldId(path(part))}
        value={row[part] ?? words[0]?.[0]}
        onChange={(event) => change({ [part]: event.target.value })}
      >
        {words.map(([each, word]) => (
          <option key={each} value={each}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <li>
      {fixed ? null : code('id', t('form.quantityName'))}
      {fixed
        ? null
        : choice(
            'bound',
            t('form.bound'),
            BOUNDS.map((each) => [each, t(`form.bound_${each}`)] as const),
          )}
      {number(
        'value',
        fixed ? `${resultWord(row.id, t)} (${unitWord(row.unit, t)})` : t('form.quantityValue'),
      )}
      {fixed ? null : code('unit', t('form.quantityUnit'))}
      {choice(
        'qualifier',
        t('form.qualifier'),
        QUALIFIERS.map((each) => [each, t(`form.qualifier_${each}`)] as const),
      )}
      {props.dated ? (
        <div>
          {head('as_of', t('form.asOf'))}
          <DayInput
            {...plain('as_of')}
            value={asText(row.as_of)}
            onChange={(as_of) => change({ as_of })}
          />
        </div>
      ) : null}
      {fixed ? null : number('baseline', t('form.baseline'))}
      {fixed ? null : (
        <Button
          type="text"
          aria-label={t('form.removeNamed', { name: resultWord(row.id, t) || String(index + 1) })}
          onClick={() => props.onChange(rows.filter((_, at) => at !== index))}
        >
          {t('form.remove')}
        </Button>
      )}
    </li>
  );
}
